import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { BrowserName } from '../support/browser-options.js';
import { launchBrowser } from '../support/browsers.js';
import { CallPage } from '../support/call-page.js';
import { received, untilMoves, untilSilence, untilSound, untilStill } from '../support/media-probe.js';
import { Pair, SIDES } from '../support/pair.js';
import { startStack, type Stack } from '../support/stack.js';

describe('media', () => {
  let stack: Stack;
  let browsers: Record<BrowserName, Browser>;

  before(async () => {
    stack = await startStack();
    const [chromium, firefox] = await Promise.all([launchBrowser('chromium'), launchBrowser('firefox')]);
    browsers = { chromium, firefox };
  });
  after(async () => {
    await Promise.all(Object.values(browsers ?? {}).map((browser) => browser.close()));
    await stack?.close();
  });

  let opened: Pair | null = null;
  const open = async (caller: BrowserName, callee: BrowserName): Promise<Pair> =>
    (opened = await Pair.open(stack, { caller: browsers[caller], callee: browsers[callee] }));
  afterEach(async () => {
    await opened?.close();
  });

  const pairs: [BrowserName, BrowserName][] = [
    ['chromium', 'chromium'],
    ['chromium', 'firefox'],
    ['firefox', 'chromium'],
  ];
  for (const [from, to] of pairs) {
    it(`is seen and heard on both sides, stops when muted and comes back: ${from} calls ${to}`, async () => {
      const pair = await open(from, to);
      const { caller, callee } = pair;
      await pair.reach('connected');
      const [atCaller, atCallee] = await Promise.all([caller.remoteVideo(), callee.remoteVideo()]);
      await Promise.all([untilMoves(atCaller), untilMoves(atCallee)]);
      await Promise.all([untilSound(caller.page), untilSound(callee.page)]);
      await Promise.all([caller.untilNothingDrawn(), callee.untilNothingDrawn()]);

      for (const [speaker, listener, video] of [
        [caller, callee, atCallee],
        [callee, caller, atCaller],
      ] as const) {
        await speaker.press('mute-video-button');
        await speaker.press('mute-audio-button');
        await Promise.all([untilStill(video), untilSilence(listener.page)]);
        assert.ok(!(await speaker.openDevices()).includes('video'), "a muted camera's light goes out");
        await speaker.press('mute-video-button');
        await speaker.press('mute-audio-button');
        await Promise.all([untilMoves(video), untilSound(listener.page)]);
      }

      await callee.press('hangup-button');
      assert.equal((await pair.ending()).reason, 'completed');
    });
  }

  for (const name of ['chromium', 'firefox'] as const) {
    it(`opens no device of the callee and lets nothing of the caller reach it before the answer: ${name}`, async () => {
      const pair = await open('chromium', name);
      const { caller, callee } = pair;
      for (const { page } of [caller, callee]) {
        assert.equal(await page.evaluate(() => window.watch.peers.length), 0, 'no media connection without a call');
      }
      await pair.reach('ringing');
      await caller.until('the camera is sent', ({ local }) => local.video.state === 'on');
      await callee.until('the callee waits in the room', () =>
        window.watch.peers.some(({ connectionState }) => connectionState === 'connected'),
      );
      const { brightest, energy } = await received(callee.page);
      assert.ok(brightest < 20, `only black pictures come before the answer: ${brightest}`);
      assert.equal(energy, 0, 'only silence comes before the answer');
      assert.equal(await callee.page.evaluate(() => window.watch.captured.length), 0);
      assert.deepEqual(await caller.openDevices(), ['audio', 'video']);

      await callee.press('answer-button');
      await pair.untilConnected();
      await untilMoves(await callee.remoteVideo());
      assert.deepEqual(await callee.openDevices(), ['audio', 'video']);
      await caller.press('hangup-button');
      assert.equal((await pair.ending()).reason, 'completed');
    });
  }

  /** The first media connection of this page finds no way to LiveKit, which is given up sooner than after 15 s. */
  const failFirst = ({ page }: CallPage): Promise<void> =>
    page.evaluate(() => {
      const { RTCPeerConnection: Real, setTimeout: wait } = window;
      window.RTCPeerConnection = class extends Real {
        // LiveKit configures each twice.
        override setConfiguration(configuration?: RTCConfiguration): void {
          const isFirst = window.watch.peers[0] === this;
          super.setConfiguration(isFirst ? { ...configuration, iceTransportPolicy: 'relay' } : configuration);
        }
      };
      const patience = 15_000;
      window.setTimeout = ((handler: TimerHandler, ms?: number, ...given: unknown[]) =>
        wait(handler, ms === patience ? patience / 10 : ms, ...given)) as typeof wait;
    });

  for (const side of SIDES) {
    it(`goes both ways when the first try to enter the room fails: that of the ${side}`, async () => {
      const pair = await open('chromium', 'chromium');
      await failFirst(pair[side]);
      await pair.reach('connected');
      assert.equal(await pair[side].page.evaluate(() => window.watch.peers[0]?.connectionState), 'closed');
      await pair.untilSeenAndHeard();
      await pair.caller.press('hangup-button');
      assert.equal((await pair.ending()).reason, 'completed');
    });
  }

  it('leaves no room and no open device when nobody answers', async () => {
    const erin = await CallPage.open(
      browsers.chromium,
      stack.site.page(
        `<omni-call server="${stack.origin}" user-id="erin" callee="nobody" ring-timeout="2"></omni-call>`,
      ),
    );
    await erin.phase('idle');
    await erin.press('call-button');
    await erin.until('the camera is open', ({ local }) => local.video.state === 'on');
    assert.equal((await stack.rooms()).length, 1);
    assert.deepEqual(await erin.ending(), { reason: 'unreachable', by: 'server', durationMs: 0 });
    await erin.untilQuiet();
    await stack.untilNoRoom();
    await erin.page.close();
  });
});
