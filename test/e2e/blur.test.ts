import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch, type Browser, type ElementHandle } from 'puppeteer-core';
import { launchOptions } from '../support/browser-options.js';
import { launchBrowser } from '../support/browsers.js';
import { untilMoves } from '../support/media-probe.js';
import { Pair } from '../support/pair.js';
import { startStack, type Stack } from '../support/stack.js';

/** How sharp a video is: the mean difference of neighbouring pixels. */
const sharpness = (video: ElementHandle<HTMLVideoElement>): Promise<number> =>
  video.evaluate((video) => {
    const [width, height] = [320, 240];
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (!context) throw new Error('This browser has no canvas.');
    context.drawImage(video, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    let sum = 0;
    for (let at = 4; at < data.length; at += 4) sum += Math.abs((data[at + 1] ?? 0) - (data[at - 3] ?? 0));
    return sum / (width * height);
  });

describe('a blurred background', () => {
  let stack: Stack;
  let blurring: Browser;
  let watching: Browser;

  before(async () => {
    stack = await startStack();
    const { args = [], ...options } = launchOptions('chromium');
    // Without a graphics chip its work is done by the processor.
    const graphics = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
    [blurring, watching] = await Promise.all([
      launch({ ...options, args: [...args.filter((arg) => arg !== '--disable-gpu'), ...graphics] }),
      launchBrowser('chromium'),
    ]);
  });
  after(async () => {
    await Promise.all([blurring?.close(), watching?.close()]);
    await stack?.close();
  });

  it('is loaded when it is switched on, and is what both sides see until it is switched off', async (t) => {
    const pair = await Pair.open(stack, { caller: blurring, callee: watching });
    const { caller, callee } = pair;
    const loaded = () =>
      caller.page.evaluate(
        () => performance.getEntriesByType('resource').filter(({ name }) => /blur/.test(name)).length,
      );
    await caller.call('setResolution', 'QVGA');
    await pair.reach('connected');
    const [own, theirs] = [await caller.part<HTMLVideoElement>('local-video'), await callee.remoteVideo()];
    await Promise.all([untilMoves(own), untilMoves(theirs)]);
    const sharp = await sharpness(theirs);
    assert.equal(await loaded(), 0, 'nothing of it is loaded before');

    await caller.press('more-button');
    await caller.press('blur');
    // The first picture waits for graphics to be compiled, which a processor alone takes its time for.
    await caller.page.waitForFunction(() => window.service.snapshot.local.blur === 'on', {
      polling: 50,
      timeout: 60_000,
    });
    assert.ok((await loaded()) >= 4, 'its code, and its three files');
    await untilMoves(theirs);
    // Nobody is in the fake camera's picture: all of it is background.
    const blurred = await sharpness(theirs);
    t.diagnostic(`sharpness at the other side: ${sharp.toFixed(2)}, blurred ${blurred.toFixed(2)}`);
    assert.ok(blurred < sharp * 0.7, `${blurred} of ${sharp}`);
    assert.ok((await sharpness(own)) < sharp * 0.7, 'the own view is what is sent');

    await caller.press('blur');
    await caller.until('no blur', ({ local }) => local.blur === 'off');
    await untilMoves(theirs);
    await callee.press('hangup-button');
    assert.equal((await pair.ending()).reason, 'completed');
    await pair.close();
  });
});
