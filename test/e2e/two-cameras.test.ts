import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch, type Browser } from 'puppeteer-core';
import { launchOptions } from '../support/browser-options.js';
import { untilColoured, untilMoves } from '../support/media-probe.js';
import { Pair } from '../support/pair.js';
import { startStack, type Stack } from '../support/stack.js';

const FAKE_DEVICES = '--use-fake-device-for-media-stream';

/**
 * Of Chromium's own: the first is green, the second gives depths as shades of grey, which Chromium shows and does not
 * send. Firefox has one only.
 */
function launchWithTwoCameras(): Promise<Browser> {
  const { args = [], ...options } = launchOptions('chromium');
  return launch({ ...options, args: args.map((arg) => (arg === FAKE_DEVICES ? `${arg}=device-count=2` : arg)) });
}

describe('a caller with two cameras', () => {
  let stack: Stack;
  let browser: Browser;

  before(async () => {
    [stack, browser] = await Promise.all([startStack(), launchWithTwoCameras()]);
  });
  after(async () => {
    await browser?.close();
    await stack?.close();
  });

  it('has the pictures of the one that is chosen, from the panel or by script, and opens no other', async () => {
    const pair = await Pair.open(stack, { caller: browser, callee: browser });
    const { caller, callee } = pair;
    await pair.reach('connected');
    const [seen, own] = [await callee.remoteVideo(), await caller.part<HTMLVideoElement>('local-video')];
    await untilMoves(seen);
    await untilColoured(own, true);

    const { videoinput } = await caller.call('getDeviceList');
    const [first, second] = videoinput;
    assert.ok(first?.selected && second && videoinput.length === 2, JSON.stringify(videoinput));
    await caller.press('more-button');
    await (await caller.part<HTMLSelectElement>('device-list')).select(second.deviceId);
    await untilColoured(own, false);
    assert.deepEqual(await caller.openDevices(), ['audio', 'video']);

    await caller.call('setVideoDevice', first.deviceId);
    await untilColoured(own, true);
    await untilMoves(seen);
    assert.deepEqual(await caller.openDevices(), ['audio', 'video']);

    await caller.press('hangup-button');
    assert.equal((await pair.ending()).reason, 'completed');
    await pair.close();
  });
});
