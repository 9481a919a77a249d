import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, CDPSession } from 'puppeteer-core';
import { launchBrowser } from '../support/browsers.js';
import { untilMoves, untilSound } from '../support/media-probe.js';
import { Pair, SIDES } from '../support/pair.js';
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
    afterEach(() => signal('SIGCONT'));

    for (const side of SIDES) {
      it(`is in the same call when it wakes: the ${side}`, async () => {
        const browsers = { caller: here.browser, callee: here.browser, [side]: sleeper };
        pair = await Pair.open(here.stack, browsers);
        const { caller, callee } = pair;
        await pair.reach('connected');
        const session = await caller.session();
        signal('SIGSTOP');
        await pair.other(side).words('lost the connection. Waiting…');
        signal('SIGCONT');
        await pair.untilConnected();
        assert.deepEqual([await caller.session(), await callee.session()], [session, session]);
        const shown = await Promise.all([caller.remoteVideo(), callee.remoteVideo()]);
        await Promise.all(shown.map(untilMoves));
        await Promise.all([untilSound(caller.page), untilSound(callee.page)]);
        await pair.other(side).press('hangup-button');
        assert.equal((await pair.ending()).reason, 'completed');
      });

      it(`finds the call over when it wakes too late: the ${side}`, async () => {
        const browsers = { caller: here.browser, callee: here.browser, [side]: sleeper };
        pair = await Pair.open(here.stack, browsers);
        await pair.reach('connected');
        signal('SIGSTOP');
        await pair.other(side).ending();
        signal('SIGCONT');
        const { reason, by } = await pair.ending();
        assert.deepEqual([reason, by], ['connection-lost', pair.ids[side]]);
      });
    }
  });
});
