import type { LaunchOptions } from 'puppeteer-core';

export type BrowserName = 'chromium' | 'firefox';

/** `npm test` sets these, from the PATH. */
const EXECUTABLES = { chromium: 'CHROMIUM_PATH', firefox: 'FIREFOX_PATH' } as const;

const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--use-fake-device-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Each window would load the browser's own pages beside ours: a fifth of the tests' CPU time.
  '--disable-features=PreloadTopChromeWebUI',
  '--no-first-run',
];

/** A browser as people have it asks before a camera opens, and is silent before the first click. */
const CHROMIUM_WILLING = ['--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required'];

const FIREFOX_PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.peerconnection.ice.loopback': true,
  // Without a camera open Firefox hides the machine's addresses behind names, and a name pairs with no loopback.
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  // A headless window never has the focus that Firefox wants for a camera.
  'media.getusermedia.window.focus_source.enabled': false,
  'app.update.enabled': false,
};

/**
 * How puppeteer starts a browser that has a fake camera and microphone and calls over the loopback. `strict`: it asks
 * first, as people's browsers do, and headless that is to refuse; Chromium only.
 */
export function launchOptions(browser: BrowserName, strict = false): LaunchOptions {
  const executablePath = process.env[EXECUTABLES[browser]];
  if (!executablePath) throw new Error(`${EXECUTABLES[browser]} is not set. Run the tests by \`npm test\`.`);
  return browser === 'chromium'
    ? { executablePath, args: [...CHROMIUM_ARGS, ...(strict ? [] : CHROMIUM_WILLING)] }
    : { browser, executablePath, extraPrefsFirefox: FIREFOX_PREFERENCES };
}
