// What all pictures have in common: a real server and LiveKit, two people in browsers of their own, and what they press.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import { launchOptions } from '../../test/support/browser-options.ts';
import { openPage } from '../../test/support/browsers.ts';
import { StandInRecorder } from '../../test/support/stand-in-recorder.ts';
import { startStack } from '../../test/support/stack.ts';
import { ROOT, run } from '../prepare.mjs';
import { cameraOf, noisyCameraOf } from './faces.mjs';
import { LARGE } from './take.mjs';

/** Milliseconds after which what should have happened has not, on a machine that has much else to do. */
const LIMIT = 120_000;

export const part = (page, tag, name) => page.waitForSelector(`${tag} >>> [part~="${name}"]`, { visible: true });

/** Resolves once that is in the element. Puppeteer's own waiting overlooks what changes in a shadow root alone. */
export const within = (page, tag, selector) =>
  page.waitForFunction(
    (tag, selector) => document.querySelector(tag)?.shadowRoot?.querySelector(selector),
    { polling: 50 },
    tag,
    selector,
  );

/** Presses it with a mouse, as most people do. */
export async function press(page, tag, name) {
  await page.bringToFront();
  await (await part(page, tag, name)).click();
}

export const untilPhase = (page, tag, phase) => page.waitForSelector(`${tag}[phase="${phase}"]`);

/** Resolves once a picture is there. */
export async function untilSeen(page, tag, name) {
  const video = await part(page, tag, name);
  await page.bringToFront();
  await video.evaluate((element) => new Promise((resolve) => element.requestVideoFrameCallback(resolve)));
}

/** Runs in a page before all else: it names the devices as those of people are named. */
function nameDevices() {
  const names = [
    [/mjpeg/, 'Built-in camera'],
    [/Default/, 'System default'],
    [/ 1$/, 'Built-in'],
    [/ 2$/, 'Headset'],
  ];
  for (const { prototype } of [InputDeviceInfo, MediaDeviceInfo, MediaStreamTrack]) {
    const own = Object.getOwnPropertyDescriptor(prototype, 'label');
    if (!own) continue;
    const get = function () {
      const label = own.get.call(this);
      return names.find(([known]) => known.test(label))?.[1] ?? label;
    };
    Object.defineProperty(prototype, 'label', { ...own, get });
  }
}

/** Opens a page in a window of its own, in the larger of both sizes. */
export async function openSized(where, url) {
  const page = await openPage(where, 'about:blank');
  page.setDefaultTimeout(LIMIT);
  await page.evaluateOnNewDocument(nameDevices);
  await page.goto(url);
  await page.setViewport(LARGE);
  return page;
}

export async function ring(ours, theirs) {
  await press(ours, 'omni-call', 'call-button');
  await untilPhase(ours, 'omni-call', 'ringback');
  await part(theirs, 'omni-incoming', 'answer-button');
}

export async function answer(ours, theirs) {
  await press(theirs, 'omni-incoming', 'answer-button');
  await Promise.all([untilPhase(ours, 'omni-call', 'connected'), untilPhase(theirs, 'omni-incoming', 'connected')]);
}

/** Takes a call that far that both see each other. */
export async function connect(ours, theirs) {
  await ring(ours, theirs);
  await answer(ours, theirs);
  await untilSeen(ours, 'omni-call', 'remote-video');
  await untilSeen(theirs, 'omni-incoming', 'remote-video');
}

export class Stage {
  recorder = new StandInRecorder();
  #folder = mkdtempSync(join(tmpdir(), 'omni-call-pictures-'));
  #calls = 0;

  static async open() {
    const stage = new Stage();
    const recording = { recorder: stage.recorder, dir: stage.#folder };
    stage.stack = await startStack({ pages: join(ROOT, 'demo'), recording });
    const options = launchOptions('chromium');
    stage.cameras = {
      alice: await cameraOf('alice', options, stage.#folder),
      bob: await cameraOf('bob', options, stage.#folder),
    };
    stage.browsers = {
      alice: await stage.browserOf('alice'),
      bob: await stage.browserOf('bob'),
    };
    return stage;
  }

  /** A browser with that face at its camera. `change`: what is to be other in its arguments. */
  browserOf(who, change = (args) => args, strict = false) {
    const options = launchOptions('chromium', strict);
    return launch({ ...options, args: change([...options.args, this.cameras[who]]) });
  }

  /** The argument of a browser whose camera takes all of a link. */
  noisyCamera = (who) => noisyCameraOf(who, this.#folder);

  /** The argument of a browser whose microphone hears something all the time. */
  speech() {
    const file = join(this.#folder, 'speech.wav');
    const tone = ['-f', 'lavfi', '-i', 'sine=frequency=300:duration=5', '-af', 'volume=4'];
    run('ffmpeg', ['-loglevel', 'error', '-y', ...tone, file]);
    return `--use-file-for-fake-audio-capture=${file}`;
  }

  /** Two people, of whom one may call the other. `ours` and `theirs`: a browser or context that is not the usual one. */
  async withCall(work, { query = {}, site = `${this.stack.origin}/call.html`, ours, theirs } = {}) {
    this.#calls += 1;
    // Invisible, so that each call is between two people who were never here before.
    const mark = '\u200b'.repeat(this.#calls);
    const [alice, bob] = [`Alice Kim${mark}`, `Bob Rivera${mark}`];
    const server = this.stack.origin;
    const pages = [];
    const open = async (where, query) => {
      const page = await openSized(where, `${site}?${new URLSearchParams(query)}`);
      pages.push(page);
      return page;
    };
    try {
      const called = await open(theirs ?? this.browsers.bob, { server, user: bob, ...query });
      await untilPhase(called, 'omni-incoming', 'idle');
      const calling = await open(ours ?? this.browsers.alice, { server, user: alice, callee: bob, ...query });
      await part(calling, 'omni-call', 'call-button');
      await work(calling, called);
    } finally {
      await Promise.all(pages.map((page) => page.browserContext().close()));
    }
  }

  /** The same with a browser of one's own for the caller, which is closed after it. */
  async withCallFrom(ours, work) {
    try {
      await this.withCall(work, { ours });
    } finally {
      await ours.close();
    }
  }

  async close() {
    await Promise.all(Object.values(this.browsers ?? {}).map((browser) => browser.close()));
    await this.stack?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
