import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { BadLink } from '../support/bad-link.js';
import { launchBrowser } from '../support/browsers.js';
import type { CallPage } from '../support/call-page.js';
import { heardShare, untilMoves, untilSound } from '../support/media-probe.js';
import { Pair, SIDES } from '../support/pair.js';
import { startStack, type Stack } from '../support/stack.js';

/** Milliseconds. LiveKit judges a connection every few seconds. */
const LIMIT = 60_000;

describe('a bad link', () => {
  let stack: Stack;
  let link: BadLink;
  let near: Browser;
  let far: Browser;

  before(async () => {
    stack = await startStack({ resumeGrace: 10 });
    link = BadLink.open();
    [near, far] = await Promise.all([launchBrowser('chromium'), link.launchBrowser()]);
  });
  after(async () => {
    await Promise.all([near?.close(), far?.close()]);
    link?.close();
    await stack?.close();
  });

  const until = ({ page }: CallPage, test: () => boolean) =>
    page.waitForFunction(test, { polling: 100, timeout: LIMIT });

  it('keeps the voice, gives up the picture, says so on both sides, and has it back when the link is good', async (t) => {
    const pair = await Pair.open(stack, { caller: near, callee: far });
    const { caller, callee } = pair;
    await pair.reach('connected');
    const picture = await callee.remoteVideo();
    await Promise.all([untilMoves(picture), untilMoves(await caller.remoteVideo())]);
    await Promise.all([untilSound(caller.page), untilSound(callee.page)]);
    await until(callee, () => !['unknown', 'poor', 'lost'].includes(window.service.snapshot.local.quality));

    const since = Date.now();
    const seconds = (): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;
    link.worsen({ rate: 100, loss: 10 });
    await until(callee, () => ['poor', 'lost'].includes(window.service.snapshot.local.quality));
    t.diagnostic(`weak after ${seconds()}`);
    await until(caller, () => ['poor', 'lost'].includes(window.service.snapshot.remote.quality));
    await callee.words('Weak connection');
    await caller.words('Weak connection');
    await until(callee, () => window.service.snapshot.remote.givenUp);
    t.diagnostic(`without the picture after ${seconds()}`);
    await callee.words('Your connection is too weak for the picture');
    assert.equal(await callee.page.evaluate(() => window.service.snapshot.remote.camera), null);
    await caller.words('is too weak for your picture: you are heard, but not seen.');

    const [atCaller, atCallee] = await Promise.all([heardShare(caller.page), heardShare(callee.page)]);
    t.diagnostic(`of the voice came ${atCaller.toFixed(2)} to the good side, ${atCallee.toFixed(2)} to the weak one`);
    assert.ok(atCaller > 0.8, `the good side hears ${atCaller}`);
    assert.ok(atCallee > 0.8, `the weak side hears ${atCallee}`);
    const states = await Promise.all(
      [caller, callee].map(async ({ page }) =>
        page.evaluate(() => ({
          phase: window.service.snapshot.phase,
          problem: window.service.snapshot.problem?.code,
          phases: window.phases,
        })),
      ),
    );
    assert.deepEqual(
      states.map(({ phase }) => phase),
      ['connected', 'connected'],
      JSON.stringify(states),
    );

    link.mend();
    const mended = Date.now();
    await until(callee, () => window.service.snapshot.remote.camera !== null);
    await untilMoves(await callee.remoteVideo());
    t.diagnostic(`the picture is back ${((Date.now() - mended) / 1000).toFixed(1)} s after the link`);
    await until(callee, () => ['good', 'excellent'].includes(window.service.snapshot.local.quality));
    await until(caller, () => ['good', 'excellent'].includes(window.service.snapshot.remote.quality));
    await until(caller, () => window.service.snapshot.call?.peer.voiceOnly === false);
    await caller.press('hangup-button');
    assert.equal((await pair.ending()).reason, 'completed');
    await pair.close();
  });

  it('that loses sound and picture alone: both sides say so and have them back, or end in the same words', async (t) => {
    const calls = await Promise.all(
      SIDES.map(async (side) => {
        const browsers = side === 'caller' ? { caller: far, callee: near } : { caller: near, callee: far };
        const pair = await Pair.open(stack, browsers);
        return { pair, lost: pair[side], other: pair.other(side), by: pair.ids[side] };
      }),
    );
    const inEach = (work: (call: (typeof calls)[number]) => Promise<unknown>) => Promise.all(calls.map(work));
    await inEach(async ({ pair }) => {
      await pair.reach('connected');
      await pair.untilSeenAndHeard();
    });

    let since = Date.now();
    const seconds = (): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;
    link.loseMedia();
    await inEach(async ({ lost, other }) => {
      await Promise.all([lost.words('Reconnecting…'), other.words('lost the connection. Waiting…')]);
      t.diagnostic(`both sides say so after ${seconds()}`);
    });
    link.giveMediaBack();
    since = Date.now();
    await inEach(async ({ pair }) => {
      await pair.untilConnected();
      t.diagnostic(`connected ${seconds()} after the link is back`);
      await pair.untilSeenAndHeard();
      t.diagnostic(`seen and heard ${seconds()} after the link is back`);
    });

    link.loseMedia();
    since = Date.now();
    await inEach(async ({ pair, by, lost, other }) => {
      const ending = await pair.ending();
      t.diagnostic(`over after ${seconds()}`);
      assert.deepEqual([ending.reason, ending.by], ['media-failed', by]);
      await Promise.all([lost, other].map((each) => each.words('Sound and picture could not be sent')));
    });
    link.giveMediaBack();
    await inEach(({ pair }) => pair.close());
  });
});
