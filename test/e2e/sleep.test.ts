import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, CDPSession } from 'puppeteer-core';
import { launchBrowser } from '../support/browsers.js';
import { Pair, SIDES, type Side } from '../support/pair.js';
import { withChromium } from '../support/with-chromium.js';

describe('a page that sleeps', () => {
  const here = withChromium({ resumeGrace: 8 });
  let pair: Pair | null = null;

  afterEach(async () => {
    await pair?.close();
    pair = null;
  });

  const open = async (): Promise<Pair> =>
    (pair = await Pair.open(here.stack, { caller: here.browser, callee: here.browser }));

  it('rings again once it is back from the back-forward cache, in the same session', async () => {
    const { caller, callee } = await open();
    const session = await callee.page.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => Reflect.set(window, 'wasKept', persisted));
      return window.service.snapshot.session;
    });
    await callee.page.goto(here.stack.site.page('Another page.'));
    await callee.page.goBack();
    await callee.phase('idle');
    assert.equal(
      await callee.page.evaluate(() => Reflect.get(window, 'wasKept') as boolean),
      true,
      'it was in the cache',
    );
    assert.equal(await callee.page.evaluate(() => window.service.snapshot.session), session);
    await caller.press('call-button');
    await callee.phase('ringing');
    await callee.press('decline-button');
    await caller.words('declined the call');
  });

  describe('frozen by the browser in a call', () => {
    const setState = (devtools: CDPSession, state: 'frozen' | 'active'): Promise<void> =>
      devtools.send('Page.setWebLifecycleState', { state });

    it('knows when it wakes that it is over', async () => {
      const { caller, callee, ids } = await open();
      await pair?.reach('connected');
      const devtools = await callee.page.createCDPSession();
      await setState(devtools, 'frozen');
      await caller.press('hangup-button');
      await caller.phase('ended');
      await setState(devtools, 'active');
      const ending = await pair?.ending();
      assert.deepEqual([ending?.reason, ending?.by], ['completed', ids.caller]);
    });
  });

  describe('with its whole browser, as when a laptop is closed', () => {
    let sleeper: Browser;
    before(async () => (sleeper = await launchBrowser('chromium')));
    after(() => sleeper?.close());

    /** All of its processes are one group. */
    const signal = (name: NodeJS.Signals): boolean =>
      process.kill(-(sleeper.process()?.pid ?? assert.fail('it does not run')), name);

    /** Two calls: of the one the caller is there, of the other the callee. */
    let calls: readonly { side: Side; pair: Pair }[] = [];
    const inEach = (work: (side: Side, pair: Pair) => Promise<unknown>): Promise<unknown> =>
      Promise.all(calls.map(({ side, pair }) => work(side, pair)));
    beforeEach(async () => {
      calls = await Promise.all(
        SIDES.map(async (side) => {
          const browsers = { caller: here.browser, callee: here.browser, [side]: sleeper };
          return { side, pair: await Pair.open(here.stack, browsers) };
        }),
      );
      await inEach((_, pair) => pair.reach('connected'));
    });
    afterEach(async () => {
      signal('SIGCONT');
      await inEach((_, pair) => pair.close());
    });

    it('is in the same call when it wakes', async () => {
      const sessions = await Promise.all(calls.map(({ pair }) => pair.session()));
      signal('SIGSTOP');
      await inEach((side, pair) => pair.other(side).words('lost the connection. Waiting…'));
      signal('SIGCONT');
      await Promise.all(calls.map(({ pair }, index) => pair.goesOn('connected', sessions[index] ?? '')));
    });

    it('finds the call over when it wakes too late', async () => {
      signal('SIGSTOP');
      await inEach((side, pair) => pair.other(side).ending());
      signal('SIGCONT');
      await inEach(async (side, pair) => {
        const { reason, by } = await pair.ending();
        assert.deepEqual([reason, by], ['connection-lost', pair.ids[side]]);
      });
    });
  });
});
