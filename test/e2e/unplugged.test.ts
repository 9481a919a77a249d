import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { BrowserName } from '../support/browser-options.js';
import { launchBrowser } from '../support/browsers.js';
import { untilSound } from '../support/media-probe.js';
import { Pair } from '../support/pair.js';
import { SoundServer } from '../support/sound-server.js';
import { startStack, type Stack } from '../support/stack.js';

interface Case {
  readonly what: string;
  readonly name: BrowserName;
  readonly preferences?: Readonly<Record<string, boolean>>;
}

const BROWSERS: readonly Case[] = [
  { what: 'Chromium', name: 'chromium' },
  { what: 'Firefox', name: 'firefox' },
  {
    what: 'Firefox as it was, without names while no device is open',
    name: 'firefox',
    preferences: { 'media.devices.enumerate.legacy.enabled': true },
  },
];

describe('a microphone that is plugged in and unplugged during a call', () => {
  let stack: Stack;
  let sound: SoundServer;
  let other: Browser;

  before(async () => {
    [stack, sound, other] = await Promise.all([startStack(), SoundServer.start(), launchBrowser('chromium')]);
  });
  after(async () => {
    await other?.close();
    await sound?.stop();
    await stack?.close();
  });

  for (const { what, name, preferences } of BROWSERS) {
    it(`can be chosen, is followed by the next best and takes over when it is back: ${what}`, async () => {
      const browser = await sound.launchBrowser(name, preferences);
      try {
        const audio = { caller: 'call-type="audiocall"' };
        const pair = await Pair.open(stack, { caller: browser, callee: other }, audio);
        const { caller, callee } = pair;
        await pair.reach('connected');
        await untilSound(callee.page);

        /** Chromium is told by udev, which not every machine has: then it looks when it is asked. */
        const look = async (): Promise<void> => {
          if (name === 'chromium') await caller.call('getDeviceList');
        };
        const plug = async (): Promise<void> => {
          await sound.plug('Headset');
          await look();
        };
        const unplug = async (): Promise<void> => {
          await sound.unplug('Headset');
          await look();
        };
        await plug();
        const inUse = (): Promise<void> =>
          caller.until('the headset in use', ({ devices }) =>
            devices.audioinput.some(({ label, selected }) => label === 'Headset' && selected),
          );
        await caller.until('the headset', ({ devices }) =>
          devices.audioinput.some(({ label, selected }) => label === 'Headset' && !selected),
        );
        await caller.press('more-button');
        const list = await caller.part<HTMLSelectElement>('device-list');
        await list.evaluate((select) => {
          select.value = [...select.options].find(({ text }) => text === 'Headset')?.value ?? '';
          select.dispatchEvent(new Event('change'));
        });
        await inUse();
        await untilSound(callee.page);

        await unplug();
        await caller.words('“Headset” is not there any more. Now in use:');
        await caller.untilOpen('audio');
        await untilSound(callee.page);

        await plug();
        await inUse();
        await caller.untilPage(
          'nothing said of it any more',
          () => document.querySelector('omni-call')?.shadowRoot?.querySelector('[part~="notice"]') === null,
        );
        await caller.untilOpen('audio');
        await untilSound(callee.page);
        await unplug();

        await callee.press('hangup-button');
        assert.equal((await pair.ending()).reason, 'completed');
        await pair.close();
      } finally {
        await browser.close();
      }
    });
  }
});
