import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { CallPage } from '../support/call-page.js';
import { Pair } from '../support/pair.js';
import { listenTo, said } from '../support/spoken-words.js';
import { withChromium } from '../support/with-chromium.js';

describe('what a screen reader says of a call', () => {
  const here = withChromium();
  let pair: Pair;

  afterEach(() => pair.close());

  const open = async (): Promise<void> => {
    pair = await Pair.open(here.stack, { caller: here.browser, callee: here.browser });
    await Promise.all([listenTo(pair.caller), listenTo(pair.callee)]);
  };
  const says = async (person: CallPage, ...words: string[]): Promise<void> =>
    assert.deepEqual(await said(person, words.length), words);

  it('is each state once and in order, at both sides', async () => {
    await open();
    const { caller, callee, ids } = pair;
    await pair.reach('connected');
    await Promise.all([caller.part('more-button'), callee.part('more-button')]);
    const start = {
      caller: ['Ringing…', 'Connecting…', `Connected to ${ids.callee}`],
      callee: [`${ids.caller} is calling you by video`, 'Connecting…', `Connected to ${ids.caller}`],
    };
    await says(caller, ...start.caller);
    await says(callee, ...start.callee);

    await callee.press('mute-audio-button');
    await caller.until('the mute', ({ call }) => call?.peer.muted.audio === true);
    await says(callee, ...start.callee, 'Your microphone is off');
    await says(caller, ...start.caller, `${ids.callee} is muted`);
    await caller.press('mute-video-button');
    await callee.until('the camera off', ({ call }) => call?.peer.muted.video === true);
    await callee.press('mute-audio-button');
    await caller.until('the voice', ({ call }) => call?.peer.muted.audio === false);
    const middle = {
      caller: [`${ids.callee} is muted`, 'Your camera is off', `${ids.callee} is no longer muted`],
      callee: ['Your microphone is off', `${ids.caller}’s camera is off`, 'Your microphone is on'],
    };
    await says(caller, ...start.caller, ...middle.caller);
    await says(callee, ...start.callee, ...middle.callee);

    await caller.press('hangup-button');
    assert.equal((await pair.ending()).reason, 'completed');
    const [atCaller, atCallee] = await Promise.all([
      said(caller, start.caller.length + middle.caller.length + 1),
      said(callee, start.callee.length + middle.callee.length + 1),
    ]);
    assert.deepEqual(atCaller.slice(0, -1), [...start.caller, ...middle.caller]);
    assert.deepEqual(atCallee.slice(0, -1), [...start.callee, ...middle.callee]);
    assert.match(atCaller.at(-1) ?? '', /^Call ended\. You hung up\. It lasted 0:\d\d\.$/);
    assert.match(atCallee.at(-1) ?? '', new RegExp(`^Call ended\\. ${ids.caller} hung up\\. It lasted 0:\\d\\d\\.$`));
  });

  it('is how a call ends that nobody took, once', async () => {
    await open();
    const { caller, callee, ids } = pair;
    await pair.reach('ringing');
    await callee.press('decline-button');
    assert.equal((await pair.ending()).reason, 'declined');
    await says(caller, 'Ringing…', `${ids.callee} declined the call`);
    await says(callee, `${ids.caller} is calling you by video`, 'You declined the call');
  });
});
