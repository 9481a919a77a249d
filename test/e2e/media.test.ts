import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { BrowserName } from '../support/browser-options.js';
import { launchBrowser } from '../support/browsers.js';
import { CallPage } from '../support/call-page.js';
import { untilMoves, untilSilence, untilSound, untilStill } from '../support/media-probe.js';
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

  const pairs: [BrowserName, BrowserName][] = [
    ['chromium', 'chromium'],
    ['chromium', 'firefox'],
    ['firefox', 'chromium'],
  ];
  for (const [from, to] of pairs) {
    it(`is seen and heard on both sides, stops when muted and comes back: ${from} calls ${to}`, async () => {
      const [caller, callee] = [`alice ${from} ${to}`, `bob ${from} ${to}`];
      const [alice, bob] = await Promise.all([
        CallPage.open(browsers[from], stack.site.servicePage(caller)),
        CallPage.open(browsers[to], stack.site.servicePage(callee)),
      ]);
      await Promise.all([alice.phase('idle'), bob.phase('idle')]);
      await alice.call('offerCall', 'videocall', callee);
      await bob.phase('ringing');
      await bob.call('answerCall');
      await Promise.all([alice.phase('connected'), bob.phase('connected')]);

      const [atAlice, atBob] = await Promise.all([alice.showRemote(), bob.showRemote()]);
      await Promise.all([untilMoves(atAlice), untilMoves(atBob), untilSound(alice.page), untilSound(bob.page)]);

      for (const [speaker, listener, video] of [
        [alice, bob, atBob],
        [bob, alice, atAlice],
      ] as const) {
        await speaker.call('setMute', 'video');
        await speaker.call('setMute', 'audio');
        await Promise.all([untilStill(video), untilSilence(listener.page)]);
        assert.ok(!(await speaker.openDevices()).includes('video'), "a muted camera's light goes out");
        await speaker.call('setUnmute', 'video');
        await speaker.call('setUnmute', 'audio');
        await Promise.all([untilMoves(video), untilSound(listener.page)]);
      }

      await bob.call('leave');
      await Promise.all([alice.phase('ended'), bob.phase('ended')]);
      await Promise.all([alice.untilQuiet(), bob.untilQuiet()]);
      await Promise.all([alice.page.close(), bob.page.close()]);
    });
  }

  for (const name of ['chromium', 'firefox'] as const) {
    it(`opens no device of the callee and lets it receive nothing before the answer: ${name}`, async () => {
      const [caller, callee] = [`carol ${name}`, `dave ${name}`];
      const [carol, dave] = await Promise.all([
        CallPage.open(browsers.chromium, stack.site.servicePage(caller)),
        CallPage.open(browsers[name], stack.site.servicePage(callee)),
      ]);
      await Promise.all([carol.phase('idle'), dave.phase('idle')]);
      for (const { page } of [carol, dave]) {
        assert.equal(await page.evaluate(() => window.watch.peers.length), 0, 'no media connection without a call');
      }
      await carol.call('offerCall', 'videocall', callee);
      await dave.phase('ringing');
      await carol.until('the camera and microphone are sent', ({ local }) => local.video.state === 'on');
      await dave.until('the callee waits in the room', () =>
        window.watch.peers.some(({ connectionState }) => connectionState === 'connected'),
      );
      // Long enough for a whole frame of the caller's to come, if any came.
      await untilSilence(dave.page);
      assert.equal(await dave.received(), 0, 'nothing of the caller comes before the answer');
      assert.deepEqual(await dave.page.evaluate(() => window.watch.captured.length), 0);
      assert.deepEqual(await carol.openDevices(), ['audio', 'video']);

      await dave.call('answerCall');
      await dave.phase('connected');
      await untilMoves(await dave.showRemote());
      assert.deepEqual(await dave.openDevices(), ['audio', 'video']);
      await carol.call('leave');
      await Promise.all([carol.ending(), dave.ending()]);
      await Promise.all([carol.untilQuiet(), dave.untilQuiet()]);
      await stack.untilNoRoom();
      await Promise.all([carol.page.close(), dave.page.close()]);
    });
  }

  it('leaves no room and no open device when nobody answers', async () => {
    const erin = await CallPage.open(browsers.chromium, stack.site.servicePage('erin'));
    await erin.phase('idle');
    await erin.call('offerCall', 'videocall', 'nobody', false, { ringTimeout: 2 });
    await erin.until('the camera is open', ({ local }) => local.video.state === 'on');
    assert.equal((await stack.rooms()).length, 1);
    assert.deepEqual(await erin.ending(), { reason: 'unreachable', by: 'server', durationMs: 0 });
    await erin.untilQuiet();
    await stack.untilNoRoom();
    await erin.page.close();
  });
});
