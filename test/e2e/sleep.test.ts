import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { CDPSession } from 'puppeteer-core';
import { Pair } from '../support/pair.js';
import { withChromium } from '../support/with-chromium.js';

describe('a page that sleeps', () => {
  const here = withChromium();
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
});
