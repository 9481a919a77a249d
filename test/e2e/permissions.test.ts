import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { launch, type Browser, type Permission } from 'puppeteer-core';
import { launchOptions } from '../support/browser-options.js';
import { launchBrowser, openPage } from '../support/browsers.js';
import { CallPage } from '../support/call-page.js';
import { untilMoves, untilSound } from '../support/media-probe.js';
import { startStack, type Stack } from '../support/stack.js';

describe('what a browser or a page allows', () => {
  let stack: Stack;
  /** Its people have all devices, and are not asked. */
  let willing: Browser;
  /** Asks, as people's browsers do. */
  let asking: Browser;
  /** On a machine without camera and microphone. */
  let bare: Browser;
  let opened: CallPage[] = [];
  let people = 0;

  before(async () => {
    stack = await startStack();
    const { args = [], ...options } = launchOptions('chromium');
    const without = args.filter((arg) => arg !== '--use-fake-device-for-media-stream');
    [willing, asking, bare] = await Promise.all([
      launchBrowser('chromium'),
      launchBrowser('chromium', true),
      launch({ ...options, args: [...without, '--host-resolver-rules=MAP insecure.test 127.0.0.1'] }),
    ]);
  });
  after(async () => {
    await Promise.all([willing, asking, bare].map((browser) => browser?.close()));
    await stack?.close();
  });
  afterEach(async () => {
    await Promise.all(opened.map((page) => page.drop()));
    opened = [];
  });

  const names = () => ({ caller: `Gia ${++people}`, callee: `Hal ${people}` });
  const tagOf = ({ caller, callee }: ReturnType<typeof names>): string =>
    `<omni-call server="${stack.origin}" user-id="${caller}" callee="${callee}"></omni-call>`;

  const callee = async (ids: ReturnType<typeof names>): Promise<CallPage> => {
    const page = await CallPage.open(
      willing,
      stack.site.page(`<omni-incoming server="${stack.origin}" user-id="${ids.callee}" auto-answer></omni-incoming>`),
    );
    opened.push(page);
    await page.phase('idle');
    return page;
  };

  /** The caller in a browser that asks, whose owner allows these. */
  async function withPermissions(granted: Permission[]) {
    const ids = names();
    const other = await callee(ids);
    const url = stack.site.page(tagOf(ids));
    const context = await asking.createBrowserContext();
    const allow = (all: Permission[]) => context.overridePermissions(new URL(url).origin, all);
    await allow(granted);
    const caller = await CallPage.open(context, url);
    opened.push(caller);
    await caller.phase('idle');
    await caller.press('call-button');
    return { caller, callee: other, allow };
  }

  it('goes on with the voice where the camera is refused, and has the picture once it is allowed, without a reload', async () => {
    const { caller, callee, allow } = await withPermissions(['microphone']);
    await Promise.all([caller.phase('connected'), callee.phase('connected')]);
    await caller.words('Your camera is blocked.');
    await caller.until('why there is no camera', ({ local }) => local.video.problem?.code === 'permission-denied');
    await untilSound(callee.page);
    assert.deepEqual(await caller.openDevices(), ['audio']);
    await allow(['microphone', 'camera']);
    const again = await caller.part('notice');
    await again.evaluate((notice) => notice.querySelector('button')?.click());
    await untilMoves(await callee.remoteVideo());
    assert.deepEqual(await caller.openDevices(), ['audio', 'video']);
  });

  it('lets who allows the camera alone be seen and listen', async () => {
    const { caller, callee } = await withPermissions(['camera']);
    await Promise.all([caller.phase('connected'), callee.phase('connected')]);
    await caller.words('Your microphone is blocked.');
    await untilMoves(await callee.remoteVideo());
    await untilSound(caller.page);
  });

  it('ends where both are refused, and says why to both', async () => {
    const { caller, callee } = await withPermissions([]);
    const endings = await Promise.all([caller.ending(), callee.ending()]);
    assert.deepEqual(
      endings.map(({ reason, by }) => [reason, by]),
      [
        ['permission-denied', `Gia ${people}`],
        ['permission-denied', `Gia ${people}`],
      ],
    );
    await caller.words('Camera and microphone are not allowed');
    await callee.words(`Gia ${people} could not use a camera or microphone`);
    await Promise.all([caller.untilQuiet(), callee.untilQuiet()]);
  });

  it('lets who has no device at all see and hear the other side', async () => {
    const ids = names();
    const other = await callee(ids);
    const caller = await CallPage.open(bare, stack.site.page(tagOf(ids)));
    opened.push(caller);
    await caller.phase('idle');
    await caller.press('call-button');
    await Promise.all([caller.phase('connected'), other.phase('connected')]);
    await caller.words('No microphone was found: you can only listen.');
    await caller.words('No camera was found.');
    await Promise.all([untilMoves(await caller.remoteVideo()), untilSound(caller.page)]);
  });

  it('tells a frame without leave from a person’s refusal', async () => {
    const url = new URL(stack.site.page(tagOf(names())));
    const outer = new URL(stack.site.page(`<iframe src="${url.href}" width="600" height="500"></iframe>`));
    // Another origin, of the same server.
    outer.hostname = 'localhost';
    const page = await openPage(willing, outer.href);
    const frame = await page.waitForFrame(url.href);
    await frame.waitForFunction(() => window.service?.snapshot.phase === 'idle', { polling: 25 });
    const errors = await frame.evaluate(async () => {
      const found: string[] = [];
      const tag = document.querySelector('omni-call');
      tag?.addEventListener('omni-error', ({ code }) => found.push(code));
      await window.service.offerCall('videocall', 'somebody');
      while (window.service.snapshot.phase !== 'ended') await new Promise((resolve) => setTimeout(resolve, 25));
      return { found, reason: window.service.snapshot.call?.ending?.reason };
    });
    assert.deepEqual([...new Set(errors.found)], ['permission-blocked-by-policy']);
    assert.equal(errors.reason, 'permission-denied');
    await frame.waitForFunction(
      () => document.querySelector('omni-call')?.shadowRoot?.textContent.includes('This page does not let calls use'),
      { polling: 25 },
    );
    await page.close();
  });

  it('says on a page without HTTPS that only secure pages may', async () => {
    const url = new URL(stack.site.page(tagOf(names())));
    url.hostname = 'insecure.test';
    const caller = await CallPage.open(bare, url.href);
    opened.push(caller);
    await caller.phase('idle');
    await caller.press('call-button');
    assert.equal((await caller.ending()).reason, 'permission-denied');
    await caller.words('Cameras and microphones');
  });
});
