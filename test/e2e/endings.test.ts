import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { EndReason } from '../../src/index.js';
import { launchBrowser } from '../support/browsers.js';
import { CallPage } from '../support/call-page.js';
import { Pair, type Side } from '../support/pair.js';
import { startStack, type Stack } from '../support/stack.js';

interface Row {
  readonly reason: EndReason;
  readonly when: string;
  readonly attributes?: Partial<Record<Side, string>>;
  readonly stage: 'ringing' | 'connected';
  readonly end: (pair: Pair) => Promise<void>;
  /** Who ended it. */
  readonly by: Side | 'server';
  /** What each is told; `%` stands for the other one's name. */
  readonly words: Record<Side, string>;
  /** Whether the end of it is heard. */
  readonly sounds: Record<Side, boolean>;
}

const rows: readonly Row[] = [
  {
    reason: 'declined',
    when: 'the callee says no',
    stage: 'ringing',
    end: ({ callee }) => callee.press('decline-button'),
    by: 'callee',
    words: { caller: '% declined the call', callee: 'You declined the call' },
    sounds: { caller: true, callee: false },
  },
  {
    reason: 'cancelled',
    when: 'the caller hangs up before the answer',
    stage: 'ringing',
    end: ({ caller }) => caller.press('hangup-button'),
    by: 'caller',
    words: { caller: 'Call cancelled', callee: 'Missed call from %' },
    sounds: { caller: true, callee: false },
  },
  {
    reason: 'no-answer',
    when: 'nobody answers in time',
    attributes: { caller: 'ring-timeout="2"' },
    stage: 'ringing',
    end: async () => undefined,
    by: 'server',
    words: { caller: '% did not answer', callee: 'Missed call from %' },
    sounds: { caller: true, callee: false },
  },
  {
    reason: 'completed',
    when: 'the caller hangs up',
    stage: 'connected',
    end: ({ caller }) => caller.press('hangup-button'),
    by: 'caller',
    words: { caller: 'You hung up.', callee: '% hung up.' },
    sounds: { caller: true, callee: true },
  },
  {
    reason: 'completed',
    when: 'the callee hangs up',
    attributes: { caller: 'silent', callee: 'silent' },
    stage: 'connected',
    end: ({ callee }) => callee.press('hangup-button'),
    by: 'callee',
    words: { caller: '% hung up.', callee: 'You hung up.' },
    sounds: { caller: false, callee: false },
  },
];

describe('how a call ends', () => {
  let stack: Stack;
  let browser: Browser;
  let strict: Browser;
  let opened: { close(): Promise<void> }[] = [];

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

  const open = async (attributes: Row['attributes'] = {}, browsers = { caller: browser, callee: browser }) => {
    const pair = await Pair.open(stack, browsers, attributes);
    opened.push(pair);
    return pair;
  };
  const page = async (body: string, where = browser): Promise<CallPage> => {
    const opening = await CallPage.open(where, stack.site.page(body));
    opened.push({ close: () => opening.drop() });
    return opening;
  };

  for (const { reason, when, attributes, stage, end, by, words, sounds } of rows) {
    it(`${reason}: ${when}`, async () => {
      const pair = await open(attributes);
      const { caller, callee, ids } = pair;
      await pair.reach('ringing');
      assert.equal(await caller.sounds(), attributes?.caller !== 'silent', 'the caller hears it ring');
      if (stage === 'connected') {
        await callee.press('answer-button');
        await pair.untilConnected();
        await Promise.all([caller.untilSilent(), callee.untilSilent()]);
      }
      const heard = Promise.all([caller, callee].map((each) => each.untilEndSounds()));
      await end(pair);
      await Promise.all([
        caller.words(words.caller.replace('%', ids.callee)),
        callee.words(words.callee.replace('%', ids.caller)),
      ]);
      assert.deepEqual(await heard, [sounds.caller, sounds.callee], 'who hears the end of it');
      const ending = await pair.ending();
      assert.deepEqual([ending.reason, ending.by], [reason, by === 'server' ? 'server' : ids[by]]);
    });
  }

  it('busy: the callee is in another call, on whichever device', async () => {
    const pair = await open();
    await pair.reach('connected');
    const { callee } = pair.ids;
    // One more device of the callee's, which is in no call.
    const other = await page(`<omni-incoming server="${stack.origin}" user-id="${callee}"></omni-incoming>`);
    await other.phase('idle');
    const third = await page(`<omni-call server="${stack.origin}" user-id="third" callee="${callee}"></omni-call>`);
    await third.words(`${callee} is in a call`);
    await third.press('call-button');
    await third.words(`${callee} is in another call`);
    const { reason, by } = await third.ending();
    assert.deepEqual([reason, by], ['busy', callee]);
    assert.deepEqual(await other.phases(), ['offline', 'idle'], 'the other device does not ring');
    await third.untilQuiet();
    await pair.caller.press('hangup-button');
    await pair.ending();
  });

  it('permission-denied: there is nothing to send, which the other side is told', async () => {
    const pair = await open({}, { caller: browser, callee: strict });
    const { caller, callee, ids } = pair;
    await pair.reach('ringing');
    await callee.press('answer-button');
    await callee.words('Camera and microphone are not allowed');
    await caller.words(`${ids.callee} could not use a camera or microphone`);
    const { reason, by } = await pair.ending();
    assert.deepEqual([reason, by], ['permission-denied', ids.callee]);
  });

  it('goes on with what there is when only the camera is denied', async () => {
    const pair = await open({}, { caller: browser, callee: strict });
    const { caller, callee } = pair;
    await callee.page.browserContext().setPermission(new URL(callee.page.url()).origin, {
      permission: { name: 'microphone' },
      state: 'granted',
    });
    await pair.reach('ringing');
    await callee.press('answer-button');
    await pair.untilConnected();
    await callee.words('Your camera is blocked.');
    assert.deepEqual(await callee.openDevices(), ['audio']);
    await caller.until(
      'no picture of the callee',
      ({ remote }) => remote.camera === null && remote.microphone !== null,
    );
    await caller.press('hangup-button');
    assert.equal((await pair.ending()).reason, 'completed');
  });
});
