// The pictures of docs/images: each state of a call, and each framework's app in one, as a real browser shows it against a real server and LiveKit.
// node --import=tsx scripts/screenshots.mjs [name …]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import { build, install, ROOT, run } from './prepare.mjs';
import { checkRequirements } from './requirements.mjs';

install();
build();
Object.assign(process.env, checkRequirements().found);

const { startStack } = await import('../test/support/stack.ts');
const { launchOptions } = await import('../test/support/browser-options.ts');
const { launchBrowser, openPage } = await import('../test/support/browsers.ts');
const { BadLink } = await import('../test/support/bad-link.ts');
const { buildApp, serve } = await import('../test/support/framework-app.ts');
const { StandInRecorder } = await import('../test/support/stand-in-recorder.ts');

const IMAGES = join(ROOT, 'docs/images');
const LARGE = { width: 960, height: 640 };
const SMALL = { width: 320, height: 568 };
const only = process.argv.slice(2);
const temporary = mkdtempSync(join(tmpdir(), 'omni-call-pictures-'));

/** Somebody to look at, drawn: a browser takes a video file for its camera. */
const portrait = ({ wall, light, skin, hair, shirt, long }) => `
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480" width="640" height="480">
  <defs>
    <linearGradient id="wall" x2="1" y2="1"><stop stop-color="${light}"/><stop offset="1" stop-color="${wall}"/></linearGradient>
    <radialGradient id="lamp"><stop stop-color="#fff" stop-opacity=".55"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>
  </defs>
  <rect width="640" height="480" fill="url(#wall)"/>
  <circle cx="120" cy="90" r="190" fill="url(#lamp)"/>
  <g fill="#000" opacity=".1"><rect x="470" y="60" width="120" height="150" rx="6"/><rect x="40" y="330" width="90" height="150" rx="8"/></g>
  <g fill="#3f7a55"><ellipse cx="70" cy="300" rx="16" ry="52" transform="rotate(-24 70 300)"/><ellipse cx="100" cy="296" rx="16" ry="56" transform="rotate(16 100 296)"/></g>
  ${long ? `<path d="M208 214c0-84 50-128 112-128s112 44 112 128v166H208z" fill="${hair}"/>` : ''}
  <path d="M150 480c6-92 66-126 126-136h88c60 10 120 44 126 136z" fill="${shirt}"/>
  <path d="M282 300h76v58c-22 24-54 24-76 0z" fill="${skin}"/><path d="M282 320c24 22 52 22 76 0v14c-24 22-52 22-76 0z" fill="#000" opacity=".1"/>
  <ellipse cx="320" cy="226" rx="80" ry="98" fill="${skin}"/>
  <path d="${long ? 'M238 220c0-70 30-112 84-112 52 0 82 40 82 112-12-36-30-58-52-66-30 20-84 26-114 66z' : 'M236 208c-6-74 34-108 86-108s92 34 84 110c-8-30-18-44-30-54-34 12-84 10-110 0-16 12-24 28-30 52z'}" fill="${hair}"/>
  <g fill="#2a2320"><circle cx="290" cy="226" r="7"/><circle cx="350" cy="226" r="7"/></g>
  <path d="M276 206q14-8 28 0m32 0q14-8 28 0" fill="none" stroke="${hair}" stroke-width="5" stroke-linecap="round"/>
  <path d="M290 272q30 28 60 0q-30 12-60 0z" fill="#fff" stroke="#8f4a3e" stroke-width="4" stroke-linejoin="round"/>
</svg>`;

const FACES = {
  alice: { wall: '#c9a98a', light: '#f3e3cf', skin: '#e9b995', hair: '#4a2f27', shirt: '#2f6f8f', long: true },
  bob: { wall: '#6f8ea8', light: '#dbe7ee', skin: '#a9714b', hair: '#211a18', shirt: '#d9a441', long: false },
};

/** The argument of a browser whose camera shows that face. */
async function cameraOf(who) {
  const svg = join(temporary, `${who}.png`);
  const file = join(temporary, `${who}.mjpeg`);
  const painter = await launch(launchOptions('chromium'));
  try {
    const page = await painter.newPage();
    await page.setViewport({ width: 640, height: 480 });
    await page.setContent(`<body style="margin:0">${portrait(FACES[who])}</body>`);
    writeFileSync(svg, await page.screenshot());
  } finally {
    await painter.close();
  }
  run('ffmpeg', [
    '-loglevel',
    'error',
    '-loop',
    '1',
    '-i',
    svg,
    '-t',
    '1',
    '-r',
    '20',
    '-pix_fmt',
    'yuvj420p',
    '-q:v',
    '2',
    file,
  ]);
  return `--use-file-for-fake-video-capture=${file}`;
}

const withCamera = (camera) => {
  const options = launchOptions('chromium');
  return launch({ ...options, args: [...options.args, camera] });
};

const recorder = new StandInRecorder();
const stack = await startStack({ pages: join(ROOT, 'demo'), recording: { recorder, dir: temporary } });
const cameras = { alice: await cameraOf('alice'), bob: await cameraOf('bob') };
const browsers = { alice: await withCamera(cameras.alice), bob: await withCamera(cameras.bob) };
let calls = 0;

const part = (page, tag, name) => page.waitForSelector(`${tag} >>> [part~="${name}"]`, { visible: true });
const press = async (page, tag, name) => (await part(page, tag, name)).evaluate((button) => button.click());
const untilPhase = (page, tag, phase) => page.waitForSelector(`${tag}[phase="${phase}"]`);

async function open(who, query, site) {
  const page = await openPage(browsers[who], `${site}?${new URLSearchParams(query)}`);
  await page.setViewport(LARGE);
  return page;
}

/** Takes the page in both colours and both sizes. */
async function take(page, name) {
  await page.bringToFront();
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    for (const [size, viewport] of Object.entries({ large: LARGE, small: SMALL })) {
      await page.setViewport(viewport);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      await page.screenshot({ path: join(IMAGES, `state-${name}-${scheme}-${size}.png`) });
    }
  }
  await page.setViewport(LARGE);
}

/** Takes the page as somebody sees it whose system draws with a few colours of its own. */
async function takeForced(page, name) {
  await page.bringToFront();
  const devtools = await page.createCDPSession();
  await devtools.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.screenshot({ path: join(IMAGES, `state-${name}-forced-colors.png`) });
  await devtools.detach();
}

/** Two people, of whom one has called the other. */
async function withCall(work, query = {}, site = `${stack.origin}/call.html`) {
  calls += 1;
  // Invisible, so that each call is between two people who were never here before.
  const mark = '\u200b'.repeat(calls);
  const [alice, bob] = [`Alice Kim${mark}`, `Bob Rivera${mark}`];
  const server = stack.origin;
  const theirs = await open('bob', { server, user: bob }, site);
  await untilPhase(theirs, 'omni-incoming', 'idle');
  const ours = await open('alice', { server, user: alice, callee: bob, ...query }, site);
  try {
    await work(ours, theirs);
  } finally {
    await Promise.all([ours.browserContext().close(), theirs.browserContext().close()]);
  }
}

async function ring(ours, theirs) {
  await press(ours, 'omni-call', 'call-button');
  await untilPhase(ours, 'omni-call', 'ringback');
  await part(theirs, 'omni-incoming', 'answer-button');
}

/** Resolves once a picture is there that is not black. */
async function untilSeen(page, tag, name) {
  const video = await part(page, tag, name);
  await video.evaluate(
    (element) =>
      new Promise((resolve) => {
        const canvas = new OffscreenCanvas(8, 8).getContext('2d');
        const look = () => {
          canvas.drawImage(element, 0, 0, 8, 8);
          const { data } = canvas.getImageData(0, 0, 8, 8);
          if (data.some((value, index) => index % 4 !== 3 && value > 60)) resolve();
          else element.requestVideoFrameCallback(look);
        };
        look();
      }),
  );
}

async function answer(ours, theirs) {
  await press(theirs, 'omni-incoming', 'answer-button');
  await Promise.all([untilPhase(ours, 'omni-call', 'connected'), untilPhase(theirs, 'omni-incoming', 'connected')]);
}

async function say(page, tag, text) {
  const input = await page.waitForSelector(`${tag} >>> input[name="text"]`);
  await input.type(text);
  await input.press('Enter');
}

/** A framework's app in a call. */
const inApp = (name) => async () => {
  const site = await serve(join(await buildApp(name), 'dist'));
  try {
    await withCall(
      async (ours, theirs) => {
        await ring(ours, theirs);
        await answer(ours, theirs);
        await untilSeen(ours, 'omni-call', 'remote-video');
        await untilSeen(theirs, 'omni-incoming', 'remote-video');
        await takeBoth(ours, theirs, name);
      },
      {},
      `${site.origin}/`,
    );
  } finally {
    site.close();
  }
};

const STATES = {
  ...Object.fromEntries(['angular', 'react', 'svelte', 'vue'].map((name) => [name, inApp(name)])),
  idle: () =>
    withCall(async (ours) => {
      await ours.waitForSelector('omni-call >>> [data-state="active"]');
      await take(ours, 'idle');
    }),
  voice: () =>
    withCall(
      async (ours, theirs) => {
        await ring(ours, theirs);
        await take(theirs, 'ringing-voice');
        await take(ours, 'ringback-voice');
        await answer(ours, theirs);
        await take(ours, 'connected-voice');
      },
      { type: 'audiocall' },
    ),
  arabic: () =>
    withCall(async (ours, theirs) => {
      for (const page of [ours, theirs]) await page.evaluate(() => (document.documentElement.lang = 'ar'));
      await ring(ours, theirs);
      await take(theirs, 'ringing-arabic');
      await answer(ours, theirs);
      await untilSeen(ours, 'omni-call', 'remote-video');
      await press(ours, 'omni-call', 'messages-button');
      await take(ours, 'messages-arabic');
    }),
  declined: () =>
    withCall(async (ours, theirs) => {
      await ring(ours, theirs);
      await press(theirs, 'omni-incoming', 'decline-button');
      await part(ours, 'omni-call', 'summary');
      await take(ours, 'declined');
    }),
  missed: () =>
    withCall(async (ours, theirs) => {
      await ring(ours, theirs);
      await press(ours, 'omni-call', 'hangup-button');
      await part(theirs, 'omni-incoming', 'summary');
      await take(theirs, 'missed');
    }),
  recorded: () =>
    withCall(
      async (ours, theirs) => {
        await ring(ours, theirs);
        await take(theirs, 'ringing-recorded');
        await answer(ours, theirs);
        await untilSeen(ours, 'omni-call', 'remote-video');
        recorder.tasks.at(-1).tell({ type: 'started' });
        await part(ours, 'omni-call', 'record-button');
        await take(ours, 'recording');
      },
      { record: '' },
    ),
  video: () =>
    withCall(async (ours, theirs) => {
      await ring(ours, theirs);
      await take(theirs, 'ringing');
      await takeForced(theirs, 'ringing');
      await untilSeen(ours, 'omni-call', 'local-video');
      await take(ours, 'ringback');
      await answer(ours, theirs);
      await untilSeen(ours, 'omni-call', 'remote-video');
      await untilSeen(theirs, 'omni-incoming', 'remote-video');
      await take(ours, 'connected');
      await takeForced(ours, 'connected');
      await takeBoth(ours, theirs, 'connected');
      await press(theirs, 'omni-incoming', 'messages-button');
      await say(theirs, 'omni-incoming', 'Here is the order number: 4711');
      await press(ours, 'omni-call', 'messages-button');
      await say(ours, 'omni-call', 'Thank you, got it!');
      await ours.waitForSelector('omni-call >>> .line[data-own]');
      await take(ours, 'messages');
      await press(ours, 'omni-call', 'messages-button');
      await press(ours, 'omni-call', 'more-button');
      await ours.waitForSelector('omni-call >>> [data-side="peer"]');
      await take(ours, 'more');
      await press(ours, 'omni-call', 'more-button');
      await press(theirs, 'omni-incoming', 'mute-video-button');
      await press(theirs, 'omni-incoming', 'mute-audio-button');
      await ours.waitForSelector('omni-call >>> .badge');
      await take(ours, 'muted');
      await press(theirs, 'omni-incoming', 'hangup-button');
      await part(ours, 'omni-call', 'summary');
      await take(ours, 'ended');
    }),
};

/** Alice's own devices, beside no call. */
async function withDevices(browser, attributes, work) {
  const look =
    ':root { color-scheme: light dark; background: light-dark(#f3f5f8, #101216); font: 1rem/1.4 system-ui, sans-serif; } body { margin: 0 auto; padding: 1rem; max-inline-size: 26rem; }';
  const page = await openPage(
    browser,
    stack.site.page(`<style>${look}</style><omni-device-select ${attributes}></omni-device-select>`),
  );
  await page.setViewport(LARGE);
  try {
    await work(page);
  } finally {
    await page.browserContext().close();
  }
}

const pressWords = async (page, words) => {
  const button = await page.waitForSelector(`omni-device-select >>> ::-p-text(${words})`);
  await button.click();
};

Object.assign(STATES, {
  devices: () =>
    withDevices(browsers.alice, 'preview', async (page) => {
      await pressWords(page, 'Start preview');
      await untilSeen(page, 'omni-device-select', 'preview');
      await take(page, 'devices');
    }),
  'devices-refused': async () => {
    const asking = await launchBrowser('chromium', true);
    try {
      await withDevices(asking, '', async (page) => {
        await page.waitForSelector('omni-device-select >>> ::-p-text(Allow camera and microphone)');
        await take(page, 'devices-unasked');
        await pressWords(page, 'Allow camera and microphone');
        await page.waitForSelector('omni-device-select >>> .problem');
        await take(page, 'devices-refused');
      });
    } finally {
      await asking.close();
    }
  },
  weak: async () => {
    const link = BadLink.open();
    const { alice } = browsers;
    try {
      browsers.alice = await link.launchBrowser([cameras.alice]);
      await withCall(async (ours, theirs) => {
        await ring(ours, theirs);
        await answer(ours, theirs);
        await untilSeen(ours, 'omni-call', 'remote-video');
        link.worsen({ rate: 100, loss: 10 });
        await ours.waitForSelector('omni-call >>> [data-side="me"] .said', { timeout: 60_000 });
        await take(ours, 'weak');
        await ours.waitForSelector('omni-call >>> [part="notice"]', { timeout: 60_000 });
        await take(ours, 'picture-given-up');
        await theirs.waitForSelector('omni-incoming >>> [data-side="peer"] .said', { timeout: 60_000 });
        await take(theirs, 'peer-weak');
      });
    } finally {
      await browsers.alice.close();
      browsers.alice = alice;
      link.close();
    }
  },
});

/** Both people's screens beside each other, as in the README. */
async function takeBoth(ours, theirs, name) {
  const shots = [];
  for (const page of [ours, theirs]) {
    await page.bringToFront();
    await page.setViewport({ width: 600, height: 520, deviceScaleFactor: 1.5 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: page === ours ? 'light' : 'dark' }]);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    shots.push(join(temporary, `${shots.length}.png`));
    await page.screenshot({ path: shots.at(-1) });
    await page.setViewport(LARGE);
  }
  const inputs = shots.flatMap((shot) => ['-i', shot]);
  run('ffmpeg', ['-loglevel', 'error', '-y', ...inputs, '-filter_complex', 'hstack', join(IMAGES, `${name}.png`)]);
}

mkdirSync(IMAGES, { recursive: true });
try {
  for (const [name, state] of Object.entries(STATES)) if (only.length === 0 || only.includes(name)) await state();
} finally {
  await Promise.all(Object.values(browsers).map((browser) => browser.close()));
  await stack.close();
  rmSync(temporary, { recursive: true, force: true });
}
