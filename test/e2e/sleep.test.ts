import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, CDPSession } from 'puppeteer-core';
import { launchBrowser } from '../support/browsers.js';
import { Pair } from '../support/pair.js';
import { startStack, type Stack } from '../support/stack.js';

describe('a page that sleeps', () => {
  let stack: Stack;
  let browser: Browser;
  let pair: Pair | null = null;

  before(async () => {
    stack = await startStack();
    browser = await launchBrowser('chromium');
  });
  after(async () => {
    await browser?.close();
    await stack?.close();
  });
  afterEach(async () => {
    await pair?.close();
    pair = null;
  });

  const open = async (): Promise<Pair> => (pair = await Pair.open(stack, { caller: browser, callee: browser }));

  it('rings again once it is back from the back-forward cache, in the same session', async () => {
    const { caller, callee } = await open();
    const session = await callee.page.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => Reflect.set(window, 'wasKept', persisted));
      return window.service.snapshot.session;
    });
    await callee.page.goto(stack.site.page('Another page.'));
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
