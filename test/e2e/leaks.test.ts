import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { CallPage } from '../support/call-page.js';
import { LeakProbe, type Held } from '../support/leak-probe.js';
import { withChromium } from '../support/with-chromium.js';

/** `npm run leaks` makes 200. */
const CALLS = Number(process.env.LEAK_CALLS ?? 8);
/** Calls until all code is loaded and compiled, and every cache is filled. */
const WARM_UP = 4;
const MB = 1_000_000;
/** Milliseconds by which the last call must have been let go of. */
const LET_GO = 15_000;

describe('many calls on one page', () => {
  const here = withChromium();

  /** A page of somebody who calls and is called. */
  const open = async (user: string, other: string): Promise<{ call: CallPage; probe: LeakProbe }> => {
    const context = await here.browser.createBrowserContext();
    const page = await context.newPage({ type: 'window' });
    await page.evaluateOnNewDocument('globalThis.__name ??= (target) => target;');
    const probe = await LeakProbe.on(page);
    const tag = `server="${here.stack.origin}" user-id="${user}" silent`;
    await page.goto(
      here.stack.site.page(`<omni-call ${tag} callee="${other}"></omni-call>
        <omni-incoming ${tag} ringtone="none" auto-answer></omni-incoming>`),
    );
    const call = CallPage.of(page);
    await call.ready();
    await call.until('a session', ({ phase }) => phase === 'idle');
    return { call, probe };
  };

  it(`leave nothing behind: ${CALLS}, from either side`, { timeout: 20_000 + CALLS * 6_000 }, async (test) => {
    const [ann, ben] = await Promise.all([open('Ann', 'Ben'), open('Ben', 'Ann')]);
    const both = [ann.call, ben.call];
    const phase = (wanted: string) =>
      Promise.all(
        both.map(({ page }) =>
          page.waitForFunction((phase) => window.service.snapshot.phase === phase, { polling: 20 }, wanted),
        ),
      );
    const seesPicture = ({ page }: CallPage) =>
      page.waitForFunction(() => window.service.snapshot.remote.camera !== null, { polling: 20 });

    let begin: Held | null = null;
    for (let count = 0; count < WARM_UP + CALLS; count++) {
      if (count === WARM_UP) begin = await ann.probe.held();
      const [from, to] = count % 2 === 0 ? [ann, ben] : [ben, ann];
      await from.call.call('offerCall', 'videocall', from === ann ? 'Ben' : 'Ann');
      await phase('connected');
      await Promise.all(both.map(seesPicture));
      await (count % 4 < 2 ? from : to).call.call('leave');
      await phase('ended');
      assert.deepEqual(
        await Promise.all([ann.probe.liveTracks(), ben.probe.liveTracks()]),
        [0, 0],
        `call ${count + 1}`,
      );
      for (const { page } of both) await page.evaluate(() => window.service.dismiss());
    }
    assert.ok(begin);
    const since = begin;
    const measure = async (): Promise<{ end: Held; grown: Held }> => {
      const end = await ann.probe.held();
      const [nodes, listeners, heap] = (['nodes', 'listeners', 'heap'] as const).map((key) => end[key] - since[key]);
      return { end, grown: { nodes, listeners, heap } as Held };
    };
    let { end, grown } = await measure();
    // The last call may still be held by a promise or a timer of LiveKit's.
    for (const limit = Date.now() + LET_GO; grown.listeners > 40 && Date.now() < limit;)
      ({ end, grown } = await measure());
    const figures = { calls: CALLS, begin, end, grown };
    test.diagnostic(JSON.stringify(figures));
    if (process.env.LEAK_FIGURES) writeFileSync(process.env.LEAK_FIGURES, `${JSON.stringify(figures, null, 1)}\n`);
    assert.ok(grown.nodes <= 60, `${grown.nodes} nodes more`);
    assert.ok(grown.listeners <= 40, `${grown.listeners} listeners more`);
    assert.ok(grown.heap < 2 * MB, `${(grown.heap / MB).toFixed(2)} MB more`);
  });
});
