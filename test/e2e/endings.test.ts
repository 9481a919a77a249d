import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { EndReason } from '../../src/index.js';
import { launchBrowser } from '../support/browsers.js';
import { CallPage } from '../support/call-page.js';
import { Pair, type Side } from '../support/pair.js';
import { startStack, type Stack } from '../support/stack.js';
import { WsClient } from '../support/ws-client.js';

const API_KEY = 'the key of this test';

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
    stack = await startStack({ apiKey: API_KEY });
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

  it('not-allowed: the callee has blocked the caller, and hears nothing of it, then or later', async () => {
    const pair = await open();
    const { caller, callee, ids } = pair;
    const device = await WsClient.join(stack.origin, ids.callee);
    await device.request('block', { user: ids.caller, blocked: true });
    await caller.words(`${ids.callee} is not here right now`);
    await caller.press('call-button');
    await caller.words(`You cannot call ${ids.callee}`);
    const { reason, by } = await caller.ending();
    assert.deepEqual([reason, by], ['not-allowed', 'server']);
    await caller.untilQuiet();
    assert.deepEqual(await callee.phases(), ['offline', 'idle']);
    assert.deepEqual(await callee.call('callHistory'), []);
    await device.close();
  });

  it('unreachable: nobody of the callee was ever there', async () => {
    const tag = `<omni-call server="${stack.origin}" user-id="pam" callee="nobody" ring-timeout="1"></omni-call>`;
    const caller = await page(tag);
    await caller.press('call-button');
    await caller.message('RINGBACK_EVENT');
    const { reason, by } = await caller.ending();
    assert.deepEqual([reason, by], ['unreachable', 'server']);
    await caller.words('Try again when they are back.');
    await caller.untilQuiet();
  });

  it('media-failed: a browser that can neither hear nor see, which the other side is told', async () => {
    const [caller, callee] = await Promise.all([
      page(`<omni-call server="${stack.origin}" user-id="hal" callee="ivy"></omni-call>`),
      page(
        `<script>Object.defineProperty(navigator, 'mediaDevices', { value: undefined });</script>
        <omni-incoming server="${stack.origin}" user-id="ivy"></omni-incoming>`,
      ),
    ]);
    await Promise.all([caller.phase('idle'), callee.phase('idle')]);
    await caller.press('call-button');
    await callee.press('answer-button');
    await callee.words('This browser cannot make calls. Try another one.');
    await caller.words('Sound and picture could not be sent');
    for (const each of [caller, callee]) {
      const { reason, by } = await each.ending();
      assert.deepEqual([reason, by], ['media-failed', 'ivy']);
      await each.untilQuiet();
    }
  });

  it('ended-by-server: the host ends it', async () => {
    const pair = await open();
    const { caller, callee } = pair;
    await pair.reach('connected');
    const ended = await fetch(`${stack.origin}/api/v1/calls/${await caller.session()}/end`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}` },
    });
    assert.ok(ended.ok, String(ended.status));
    await Promise.all([caller, callee].map((each) => each.words('The call was ended by the service')));
    const { reason, by } = await pair.ending();
    assert.deepEqual([reason, by], ['ended-by-server', 'server']);
  });

  it('cancelled while the callee was away: the page says so when it is opened, and calls back', async () => {
    const caller = await page(`<omni-call server="${stack.origin}" user-id="joy" callee="ken"></omni-call>`);
    await caller.phase('idle');
    await caller.press('call-button');
    await caller.phase('ringback');
    await caller.press('hangup-button');
    await caller.words('Call cancelled');
    const callee = await page(`<omni-incoming server="${stack.origin}" user-id="ken"></omni-incoming>`);
    await callee.words('Missed call from joy');
    await callee.press('callback-button');
    await callee.phase('ringback');
    await caller.press('answer-button');
    await Promise.all([caller.phase('connected'), callee.phase('connected')]);
    await callee.press('hangup-button');
    await Promise.all([caller.ending(), callee.ending()]);
    assert.deepEqual(await callee.page.evaluate(() => window.service.snapshot.missed), []);
    await Promise.all([caller.untilQuiet(), callee.untilQuiet(), stack.untilNoRoom()]);
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
