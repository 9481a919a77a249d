import { launch, type Browser, type Page } from 'puppeteer-core';
import { launchOptions, type BrowserName } from './browser-options.js';

/** Starts a browser with a fake camera and microphone. It does not outlive this process. */
export async function launchBrowser(name: BrowserName): Promise<Browser> {
  const browser = await launch(launchOptions(name));
  const process = browser.process();
  const close = browser.close.bind(browser);
  // One that hangs is not asked twice.
  browser.close = () => close().finally(() => process?.kill('SIGKILL'));
  return browser;
}

/** Opens a page as a person who was never here before, in a window of its own. */
export async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.createBrowserContext();
  // A page behind another one gets no frames.
  const page = await context.newPage({ type: 'window' });
  page.on('pageerror', (error) => console.error(`${url}: ${String(error)}`));
  // The tests' compiler marks functions with this helper of its own, also those that are sent into a page.
  await page.evaluateOnNewDocument('globalThis.__name ??= (target) => target;');
  await page.goto(url);
  return page;
}
