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
/** Bytes that 200 calls may leave behind. */
const MOST = 2_000_000;
/** Of nodes and listeners, in all: no more than one or two of something that is made when it is first needed. */
const FLAT = 2;

describe('many calls on one page', () => {
  // As fast as they go.
  const here = withChromium({ offersPerMinute: 10_000 });

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

  it(`leave nothing behind: ${CALLS}, from either side`, { timeout: 60_000 + CALLS * 6_000 }, async (test) => {
    const [ann, ben] = await Promise.all([open('Ann', 'Ben'), open('Ben', 'Ann')]);
    const both = [ann.call, ben.call];
    const phase = (wanted: string) =>
      Promise.all(
        both.map(({ page }) =>
          page.waitForFunction((phase) => window.service.snapshot.phase === phase, { polling: 20 }, wanted),
        ),
      );
    const seesPicture = (each: CallPage) => each.until('a picture', ({ remote }) => remote.camera !== null);

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
    const end = await ann.probe.held();
    const since = (key: keyof Held): number => end[key] - (begin?.[key] ?? NaN);
    const grown: Held = {
      nodes: since('nodes'),
      listeners: since('listeners'),
      heap: since('heap'),
      made: since('made'),
    };
    const figures = { calls: CALLS, begin, end, grown };
    test.diagnostic(JSON.stringify(figures));
    if (process.env.LEAK_FIGURES) writeFileSync(process.env.LEAK_FIGURES, `${JSON.stringify(figures, null, 1)}\n`);
    assert.ok(grown.nodes <= FLAT, `${grown.nodes} nodes more`);
    assert.ok(grown.listeners <= FLAT, `${grown.listeners} listeners more`);
    assert.ok(grown.heap < MOST, `${grown.heap} bytes more`);
    // What a few calls leave behind, 200 leave as often.
    assert.ok(grown.made < (MOST / 200) * CALLS, `${grown.made} bytes more of objects`);
  });
});
