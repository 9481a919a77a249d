import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, SerializedAXNode } from 'puppeteer-core';
import { launchBrowser } from '../support/browsers.js';
import type { CallPage } from '../support/call-page.js';
import { untilMoves } from '../support/media-probe.js';
import { Pair } from '../support/pair.js';
import { startStack, type Stack } from '../support/stack.js';

/** More stops than any page here has. */
const STOPS = 40;

const focusedOf = (node: SerializedAXNode | null): SerializedAXNode | undefined =>
  // The document says so of itself as well: the innermost counts.
  (node?.children ?? []).map(focusedOf).find(Boolean) ??
  (node?.focused && node.role !== 'RootWebArea' ? node : undefined);

/** What a screen reader calls that which has the focus. */
const focused = async ({ page }: CallPage): Promise<string> =>
  focusedOf(await page.accessibility.snapshot({ interestingOnly: false }))?.name ?? '';

/** Goes on by the tab key until the control of that name has the focus, as somebody does who sees nothing. */
async function tabTo(person: CallPage, name: string): Promise<void> {
  const heard: string[] = [];
  for (let stop = 0; stop < STOPS; stop++) {
    if ((await focused(person)) === name) return;
    await person.page.keyboard.press('Tab');
    heard.push(await focused(person));
  }
  throw new Error(`no stop was called “${name}”: ${heard.join(', ')}`);
}

async function use(person: CallPage, name: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(person, name);
  await person.page.keyboard.press(key);
}

/** Resolves once the control of that name has taken the focus by itself. */
async function takesFocus(person: CallPage, name: string): Promise<void> {
  for (const end = Date.now() + 15_000; (await focused(person)) !== name;) {
    if (Date.now() > end) throw new Error(`the focus is on “${await focused(person)}”, not on “${name}”`);
  }
}

describe('calls by keyboard and accessible names alone', () => {
  let stack: Stack;
  let browsers: Record<'caller' | 'callee', Browser>;
  let pair: Pair;

  before(async () => {
    stack = await startStack();
    const [caller, callee] = await Promise.all([launchBrowser('chromium'), launchBrowser('chromium')]);
    browsers = { caller, callee };
  });
  afterEach(() => pair.close());
  after(async () => {
    await Promise.all([browsers.caller.close(), browsers.callee.close()]);
    await stack.close();
  });

  it('places, answers, mutes and ends a call; the focus is where the next step is', async () => {
    pair = await Pair.open(stack, browsers);
    const { caller, callee, ids } = pair;
    await use(caller, `Call ${ids.callee}`);
    await callee.phase('ringing');
    // A key that was meant for the page must not answer: the first Tab goes to what does.
    await takesFocus(callee, `Call with ${ids.caller}`);
    await callee.page.keyboard.press('Tab');
    await takesFocus(callee, 'Answer');
    await callee.page.keyboard.press('Enter');
    await pair.untilConnected();
    await untilMoves(await caller.remoteVideo());
    await takesFocus(callee, 'Mute microphone');
    await use(callee, 'Mute microphone', 'Space');
    await caller.until('the other side is muted', ({ call }) => call?.peer.muted.audio === true);
    await takesFocus(callee, 'Unmute microphone');
    await use(callee, 'Unmute microphone', 'Space');
    await caller.until('the other side is heard', ({ call }) => call?.peer.muted.audio === false);
    await use(caller, 'Hang up');
    assert.equal((await pair.ending()).reason, 'completed');
    for (const person of [caller, callee]) await use(person, 'Close');
    await caller.phase('idle');
    await takesFocus(caller, `Call ${ids.callee}`);
  });

  it('declines a call, and takes the focus from nobody who is writing', async () => {
    pair = await Pair.open(stack, browsers);
    const { caller, callee, ids } = pair;
    await callee.page.evaluate(() => {
      const field = document.createElement('input');
      field.ariaLabel = 'Letter';
      document.body.prepend(field);
      field.focus();
    });
    await use(caller, `Call ${ids.callee}`, 'Space');
    await callee.phase('ringing');
    await callee.part('answer-button');
    assert.equal(await focused(callee), 'Letter');
    await use(callee, 'Decline');
    assert.equal((await pair.ending()).reason, 'declined');
  });
});
