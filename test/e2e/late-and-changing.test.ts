import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchBrowser, openPage } from '../support/browsers.js';
import { CallPage } from '../support/call-page.js';
import { untilMoves, untilSilence, untilSound } from '../support/media-probe.js';
import { Pair, type Side } from '../support/pair.js';
import { startStack, type Stack } from '../support/stack.js';

describe('a callee who comes late, and a call that changes', () => {
  let stack: Stack;
  let browser: Browser;
  let strict: Browser;
  let opened: { close(): Promise<void> }[] = [];
  let people = 0;

  before(async () => {
    stack = await startStack();
    [browser, strict] = await Promise.all([launchBrowser('chromium'), launchBrowser('chromium', true)]);
  });
  after(async () => {
    await Promise.all([browser?.close(), strict?.close()]);
    await stack?.close();
  });
  afterEach(async () => {
    await Promise.all(opened.map((each) => each.close()));
    opened = [];
  });

  const page = async (tag: string): Promise<CallPage> => {
    const opening = await CallPage.open(browser, stack.site.page(tag));
    opened.push({ close: () => opening.drop() });
    return opening;
  };
  const pairOf = async (attributes: Partial<Record<Side, string>>): Promise<Pair> => {
    const pair = await Pair.open(stack, { caller: browser, callee: browser }, attributes);
    opened.push(pair);
    return pair;
  };
  const names = (): { caller: string; callee: string } => {
    people += 1;
    return { caller: `Eve ${people}`, callee: `Fay ${people}` };
  };
  const callerTag = ({ caller, callee }: { caller: string; callee: string }): string =>
    `<omni-call server="${stack.origin}" user-id="${caller}" callee="${callee}" ring-timeout="30"></omni-call>`;
  const linkTag = ({ caller, callee }: { caller: string; callee: string }): string =>
    `<omni-call server="${stack.origin}" user-id="${callee}" caller="${caller}"></omni-call>`;

  it('rings a callee who comes online while the offer is open, with the time that is left', async () => {
    const ids = names();
    const caller = await page(callerTag(ids));
    await caller.phase('idle');
    await caller.press('call-button');
    await caller.phase('ringback');
    const callee = await page(`<omni-incoming server="${stack.origin}" user-id="${ids.callee}"></omni-incoming>`);
    await callee.phase('ringing');
    const left = await Promise.all(
      [caller, callee].map(({ page }) => page.evaluate(() => window.service.snapshot.call?.ringEndsAt ?? 0)),
    );
    const [atCaller = 0, atCallee = 0] = left;
    assert.ok(Math.abs(atCaller - atCallee) < 1000, `both count down to the same moment: ${left.join(', ')}`);
    await callee.press('answer-button');
    await Promise.all([caller.phase('connected'), callee.phase('connected')]);
    await caller.press('hangup-button');
    await Promise.all([caller.untilQuiet(), callee.untilQuiet(), stack.untilNoRoom()]);
  });

  it('answers from a link, with one click', async () => {
    const ids = names();
    const caller = await page(callerTag(ids));
    await caller.phase('idle');
    await caller.press('call-button');
    await caller.phase('ringback');
    const callee = await page(linkTag(ids));
    await callee.press('answer-button');
    await Promise.all([caller.phase('connected'), callee.phase('connected')]);
    await untilMoves(await callee.remoteVideo());
    await callee.press('hangup-button');
    await Promise.all([caller.untilQuiet(), callee.untilQuiet(), stack.untilNoRoom()]);
  });

  it('says to one who comes too late that it is over, and by whom', async () => {
    const ids = names();
    const caller = await page(callerTag(ids));
    await caller.phase('idle');
    await caller.press('call-button');
    await caller.phase('ringback');
    await caller.press('hangup-button');
    await caller.ending();
    const callee = await page(linkTag(ids));
    await callee.phase('idle');
    await callee.press('answer-button');
    const { reason, by } = await callee.ending();
    assert.deepEqual([reason, by], ['cancelled', ids.caller]);
    await callee.words(`Missed call from ${ids.caller}`);
    assert.equal(await callee.page.evaluate(() => window.watch.captured.length), 0, 'no camera opens for it');
  });

  it('turns a voice call into a video call, one side at a time', async () => {
    const pair = await pairOf({ caller: 'call-type="audiocall"' });
    const { caller, callee } = pair;
    await pair.reach('connected');
    await Promise.all([untilSound(caller.page), untilSound(callee.page)]);
    for (const each of [caller, callee]) assert.deepEqual(await each.openDevices(), ['audio']);
    await caller.press('mute-video-button');
    await untilMoves(await callee.remoteVideo());
    assert.deepEqual(await callee.openDevices(), ['audio'], "the other side's camera waits for its owner");
    await callee.press('mute-video-button');
    await untilMoves(await caller.remoteVideo());
    for (const each of [caller, callee]) assert.deepEqual(await each.openDevices(), ['audio', 'video']);
    await callee.press('hangup-button');
    assert.equal((await pair.ending()).reason, 'completed');
  });

  for (const attributes of ['', 'no-prepare']) {
    it(`turns a voice call into a video call while the callee is still on the way to the room: ${attributes || 'prepared'}`, async () => {
      const pair = await pairOf({ caller: 'call-type="audiocall"', callee: attributes });
      const { caller, callee } = pair;
      await pair.reach('ringing');
      const before = await stack.rooms();
      await callee.press('answer-button');
      await Promise.all([caller.call('setUnmute', 'video'), callee.begin('setUnmute', 'video')]);
      await pair.untilConnected();
      await Promise.all([untilMoves(await callee.remoteVideo()), untilMoves(await caller.remoteVideo())]);
      for (const each of [caller, callee]) {
        assert.ok(!(await each.phases()).includes('reconnecting'), 'nobody lost the room for it');
      }
      assert.deepEqual(await stack.rooms(), before, 'it is the room of before');
      await callee.press('hangup-button');
      assert.equal((await pair.ending()).reason, 'completed');
    });
  }

  it('answers a video call with voice only', async () => {
    const pair = await pairOf({});
    const { caller, callee } = pair;
    await pair.reach('ringing');
    await callee.press('answer-audio-button');
    await pair.untilConnected();
    await Promise.all([untilMoves(await callee.remoteVideo()), untilSound(caller.page)]);
    assert.deepEqual(await callee.openDevices(), ['audio']);
    assert.equal(
      await caller.page.evaluate(() => window.service.snapshot.remote.camera),
      null,
      'the caller is shown no picture',
    );
    await caller.press('hangup-button');
    assert.equal((await pair.ending()).reason, 'completed');
  });

  it('shows what the caller passed, and texts, as text only', async () => {
    const pair = await pairOf({});
    const { caller, callee, ids } = pair;
    const markup = '<img src=x onerror="window.broken = true">';
    await caller.begin('offerCall', 'videocall', ids.callee, false, { data: { subject: markup } });
    await callee.phase('ringing');
    await callee.words(markup);
    await callee.press('answer-button');
    await pair.untilConnected();
    await caller.call('sendMessage', markup);
    assert.equal((await callee.message('MESSAGE_EVENT')).message, markup);
    await callee.press('messages-button');
    await callee.words(markup);
    assert.equal(await callee.page.evaluate(() => 'broken' in window), false);
    await caller.press('hangup-button');
    assert.equal((await pair.ending()).reason, 'completed');
  });

  it('shows that the ringtone is blocked, and one tap mends it', async () => {
    const ids = names();
    const tag = `<omni-incoming server="${stack.origin}" user-id="${ids.callee}"></omni-incoming>`;
    const untouched = await openPage(strict, stack.site.page(tag));
    opened.push({ close: () => untouched.close() });
    const devtools = await untouched.createCDPSession();
    /** Puppeteer's own \`evaluate\` counts as a touch of the page. */
    const ask = async (expression: string): Promise<unknown> =>
      (await devtools.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value;
    const blocked = ask(
      `new Promise((resolve) => {
        window.seen = [];
        document.addEventListener('omni-ringtone-blocked', ({ blocked }) => resolve(seen.push(blocked)));
      })`,
    );
    const caller = await page(callerTag(ids));
    await caller.phase('idle');
    await caller.press('call-button');
    await blocked;
    const place = await ask(
      `(() => {
        const { x, y, width, height } = document.querySelector('omni-incoming').shadowRoot
          .querySelector('.mend').getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2, loudness: window.watch.loudness() };
      })()`,
    );
    const { x, y, loudness } = place as { x: number; y: number; loudness: number };
    assert.equal(loudness, 0);
    await untouched.mouse.click(x, y);
    const callee = CallPage.of(untouched);
    await callee.untilAudible();
    assert.deepEqual(await ask('window.seen'), [true, false]);
    await caller.press('hangup-button');
    assert.equal((await callee.ending()).reason, 'cancelled');
    await Promise.all([caller.untilQuiet(), callee.untilQuiet(), stack.untilNoRoom()]);
  });

  it('plays the ringtone that the page names, or none', async () => {
    const silent = await pairOf({ callee: 'ringtone="none"' });
    await silent.reach('ringing');
    assert.equal(await silent.callee.sounds(), false);
    await silent.caller.press('hangup-button');
    await silent.ending();
    const named = await pairOf({ callee: `ringtone="${stack.site.tone}"` });
    await named.reach('ringing');
    await named.callee.untilAudible();
    assert.deepEqual(await named.callee.page.evaluate(() => window.watch.playing()), [stack.site.tone]);
    await named.callee.press('decline-button');
    assert.equal((await named.ending()).reason, 'declined');
    assert.deepEqual(await named.callee.page.evaluate(() => window.watch.playing()), []);
  });

  it('says in the title and, where the page is hidden, by a notification who calls, until the ring ends', async () => {
    const pair = await pairOf({ callee: 'notify' });
    const { caller, callee, ids } = pair;
    const context = callee.page.browserContext();
    await context.setPermission(new URL(callee.page.url()).origin, {
      permission: { name: 'notifications' },
      state: 'granted',
    });
    // Another tab of the same window before it.
    const before = await context.newPage();
    await before.bringToFront();
    await callee.untilPage('the page is hidden', () => document.hidden);
    const words = `${ids.caller} is calling you by video`;
    await pair.reach('ringing');
    await callee.untilPage('the title says who calls', () => document.title.includes('is calling you'));
    await callee.untilPage('a notification', () => window.watch.notifications.length === 1);
    assert.deepEqual(await callee.page.evaluate(() => window.watch.notifications.map(({ title }) => title)), [words]);
    await callee.page.evaluate(() => window.watch.notifications[0]?.dispatchEvent(new Event('click')));
    assert.equal(await callee.page.evaluate(() => window.watch.focused), 1, 'a click brings the tab forward');
    await caller.press('hangup-button');
    assert.equal((await pair.ending()).reason, 'cancelled');
    assert.equal(await callee.page.title(), 'A page');
    assert.equal(await callee.page.evaluate(() => window.watch.notifications.length), 0);
    await untilSilence(callee.page);
    await before.close();
  });
});
