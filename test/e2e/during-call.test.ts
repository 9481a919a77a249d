import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { CallPage } from '../support/call-page.js';
import { untilMoves } from '../support/media-probe.js';
import { Pair } from '../support/pair.js';
import { withChromium } from '../support/with-chromium.js';

declare global {
  interface Window {
    documentPictureInPicture?: { window: (Window & typeof globalThis) | null };
    /** What the page asked of the here.browser, which no test can press or see. */
    asked: { keys: Map<string, MediaSessionActionHandler>; locks: WakeLockSentinel[] };
  }
}

/** Runs in a page of the test. */
function watchAsked(): void {
  const keys = new Map<string, MediaSessionActionHandler>();
  const locks: WakeLockSentinel[] = [];
  window.asked = { keys, locks };
  const { mediaSession } = navigator;
  const setActionHandler = mediaSession.setActionHandler.bind(mediaSession);
  mediaSession.setActionHandler = (action, handler) => {
    setActionHandler(action, handler);
    if (handler) keys.set(action, handler);
    else keys.delete(action);
  };
  const { wakeLock } = navigator;
  const request = wakeLock.request.bind(wakeLock);
  wakeLock.request = async (type) => {
    const lock = await request(type);
    locks.push(lock);
    return lock;
  };
}

describe('during a call', () => {
  const here = withChromium();
  let pair: Pair;

  beforeEach(async () => {
    pair = await Pair.open(here.stack, { caller: here.browser, callee: here.browser });
    await pair.caller.page.evaluate(watchAsked);
    await pair.reach('connected');
    await pair.caller.part('more-button');
  });
  afterEach(async () => {
    await pair.close();
  });

  const end = async (): Promise<void> => {
    await pair.caller.press('hangup-button');
    assert.equal((await pair.ending()).reason, 'completed');
  };
  /** As a person does, which the browser wants for what takes over the screen. */
  const click = async (page: CallPage, part: string): Promise<void> => {
    await page.page.bringToFront();
    await (await page.part(part)).click();
  };

  it('keeps the screen on and takes the media keys, until it is over', async () => {
    const { caller, callee } = pair;
    await caller.untilPage('a wake lock', () => window.asked.locks.length === 1);
    await caller.page.evaluate(() => window.asked.keys.get('togglemicrophone')?.({ action: 'play' }));
    await callee.until('the mute', ({ call }) => call?.peer.muted.audio === true);
    await caller.page.evaluate(() => window.asked.keys.get('togglecamera')?.({ action: 'play' }));
    await callee.until('the camera off', ({ call }) => call?.peer.muted.video === true);
    await caller.page.evaluate(() => window.asked.keys.get('hangup')?.({ action: 'stop' }));
    assert.equal((await pair.ending()).reason, 'completed');
    await caller.untilPage('the lock let go', () => window.asked.locks.every(({ released }) => released));
    assert.equal(await caller.page.evaluate(() => window.asked.keys.size), 0);
  });

  it('ends the sharing of a screen from the browser’s own bar, at both sides and with its sound', async () => {
    const { caller, callee } = pair;
    await click(caller, 'screen-button');
    await untilMoves(await callee.part<HTMLVideoElement>('screen-video'));
    const ended = await caller.page.evaluate(() => {
      const screen = window.service.snapshot.local.screen;
      // What the bar does: the track stops, and unlike after `stop()` the page is told.
      screen?.stop();
      screen?.dispatchEvent(new Event('ended'));
      return screen !== null;
    });
    assert.ok(ended);
    await caller.until('no screen', ({ local }) => local.screen === null);
    await callee.until('no screen', ({ remote, call }) => remote.screen === null && call?.peer.sharing === false);
    assert.deepEqual(await caller.openDevices(), ['audio', 'video'], 'its sound has ended too');
    await end();
  });

  it('sends the camera in the resolution that is asked for', async () => {
    const { caller, callee } = pair;
    const video = await callee.remoteVideo();
    await untilMoves(video);
    // Of two sizes of a picture the smaller may come, on a busy machine: its shape is the same.
    const shape = (most: number, ratio: number) =>
      callee.page.waitForFunction(
        ({ videoWidth, videoHeight }, most, ratio) =>
          videoWidth <= most && Math.abs(videoWidth / videoHeight - ratio) < 0.02,
        { polling: 50 },
        video,
        most,
        ratio,
      );
    await shape(1280, 16 / 9);
    await caller.call('setResolution', 'QVGA');
    await shape(320, 4 / 3);
    await caller.call('setResolution', 'HD');
    await shape(1280, 16 / 9);
    assert.equal(await caller.codeOf('setResolution', '4K' as 'HD'), 'bad-request');
    await end();
  });

  it('is shown in a small window with its buttons, which closes with it', async () => {
    const { caller, callee } = pair;
    await click(caller, 'more-button');
    await click(caller, 'pip-button');
    await caller.untilPage('the window', () => Boolean(window.documentPictureInPicture?.window));
    const look = () =>
      caller.page.evaluate(() => {
        const { document } = window.documentPictureInPicture?.window ?? {};
        const video = document?.querySelector('video');
        return {
          buttons: [...(document?.querySelectorAll('button') ?? [])].map((button) => button.ariaLabel),
          plays: video ? video.srcObject === window.service.snapshot.remote.camera : null,
        };
      });
    assert.deepEqual((await look()).buttons, ['Mute microphone', 'Turn camera off', 'Hang up']);
    await caller.page.evaluate(() =>
      window.documentPictureInPicture?.window?.document.querySelector<HTMLElement>('button')?.click(),
    );
    await callee.until('the mute', ({ call }) => call?.peer.muted.audio === true);
    assert.equal((await look()).buttons[0], 'Unmute microphone');
    await end();
    await caller.untilPage('no window', () => !window.documentPictureInPicture?.window);
  });

  it('fills the screen, and gives it back', async () => {
    const { caller } = pair;
    await click(caller, 'more-button');
    await click(caller, 'full-screen-button');
    await caller.untilPage('the full screen', () => document.fullscreenElement?.localName === 'omni-call');
    await caller.words('Leave full screen');
    await end();
    await caller.untilPage('the page again', () => document.fullscreenElement === null);
  });

  it('is as loud as its owner says', async () => {
    const { caller } = pair;
    await caller.call('setVolume', 0.25);
    await caller.until('the volume', ({ remote }) => remote.volume === 0.25);
    await end();
  });
});
