// How a page becomes a picture.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run } from '../prepare.mjs';

const IMAGES = join(ROOT, 'docs/images');
export const LARGE = { width: 960, height: 640 };
const SMALL = { width: 320, height: 568 };
const BESIDE = { width: 600, height: 520, deviceScaleFactor: 1.5 };

/** As many colours as drawn people need: less than half of the size. */
const FEWER_COLOURS = 'split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=sierra2_4a';

/** Milliseconds to wait for a sharper picture, which may never come. */
const FOR_SHARPNESS = 20_000;

const untilDrawn = (page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Resolves once the pictures have as many pixels as they are shown with, but on a link that is called weak. */
const untilSharp = (page) =>
  page
    .waitForFunction(
      () =>
        [...document.querySelectorAll('omni-call, omni-incoming')].every(
          ({ shadowRoot, phase }) =>
            phase !== 'connected' ||
            shadowRoot.querySelector('.said') ||
            [...shadowRoot.querySelectorAll('video')].every(
              ({ videoWidth, videoHeight, clientHeight }) => videoWidth === 0 || videoHeight >= clientHeight,
            ),
        ),
      { polling: 50, timeout: FOR_SHARPNESS },
    )
    .catch(() => undefined);

/** Makes one picture of these. */
function paint(shots, filter, name) {
  mkdirSync(IMAGES, { recursive: true });
  const inputs = shots.flatMap((shot) => ['-i', shot]);
  const out = join(IMAGES, `${name}.png`);
  run('ffmpeg', ['-loglevel', 'error', '-y', ...inputs, '-filter_complex', filter + FEWER_COLOURS, out]);
}

/** Takes each of these pages, and makes one picture of all beside each other. */
async function shoot(pages, name, filter = '') {
  const folder = mkdtempSync(join(tmpdir(), 'omni-call-shots-'));
  try {
    const shots = [];
    for (const { page, prepare = () => undefined } of pages) {
      await page.bringToFront();
      await prepare(page);
      await untilSharp(page);
      await untilDrawn(page);
      const path = join(folder, `${shots.length}.png`);
      await page.screenshot({ path });
      shots.push(path);
    }
    paint(shots, filter, name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const inScheme = (page, scheme) =>
  page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);

/** Takes the page in both colours and both sizes. */
export async function take(page, name, sizes = { large: LARGE, small: SMALL }) {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const scheme of ['light', 'dark']) {
      const prepare = async () => {
        await inScheme(page, scheme);
        await page.setViewport(viewport);
      };
      await shoot([{ page, prepare }], `state-${name}-${scheme}-${size}`);
    }
  }
  await page.setViewport(LARGE);
}

/** Takes the page as somebody sees it whose system draws with a few colours of its own. */
export async function takeForced(page, name) {
  const devtools = await page.createCDPSession();
  const features = [{ name: 'forced-colors', value: 'active' }];
  const prepare = () => devtools.send('Emulation.setEmulatedMedia', { features });
  await shoot([{ page, prepare }], `state-${name}-forced-colors`);
  await devtools.send('Emulation.setEmulatedMedia', { features: [] });
  await devtools.detach();
}

/** Takes a page of somebody else's site. */
export async function takeSite(page, name) {
  await shoot([{ page, prepare: () => page.setViewport({ width: 1000, height: 760 }) }], name);
}

/** Both people's screens beside each other, one in light and one in dark colours. */
export async function takeBoth(ours, theirs, name) {
  const prepare = (scheme) => async (page) => {
    await inScheme(page, scheme);
    await page.setViewport(BESIDE);
  };
  const pages = [
    { page: ours, prepare: prepare('light') },
    { page: theirs, prepare: prepare('dark') },
  ];
  await shoot(pages, name, 'hstack,scale=1200:-1:flags=lanczos,');
  for (const page of [ours, theirs]) await page.setViewport(LARGE);
}
