import { launch, type Browser, type BrowserContext, type Page } from 'puppeteer-core';
import { launchOptions, type BrowserName } from './browser-options.js';
import { watchPage } from './page-watch.js';

/** Starts a browser with a fake camera and microphone. It does not outlive this process. */
export async function launchBrowser(name: BrowserName, strict = false): Promise<Browser> {
  const browser = await launch(launchOptions(name, strict));
  const process = browser.process();
  const close = browser.close.bind(browser);
  // One that hangs is not asked twice.
  browser.close = () => close().finally(() => process?.kill('SIGKILL'));
  return browser;
}

/** Opens a page in a window of its own: a page behind another one gets no frames. Give it a context to be a tab of it. */
export async function openPage(
  where: Browser | BrowserContext,
  url: string,
  onError: (error: string) => void = console.error,
): Promise<Page> {
  // In a browser: as a person who was never here before.
  const context = 'createBrowserContext' in where ? await where.createBrowserContext() : where;
  const page = await context.newPage({ type: 'window' });
  page.on('pageerror', (error) => onError(`${url}: ${String(error)}`));
  // The tests' compiler marks functions with this helper of its own, also those that are sent into a page.
  await page.evaluateOnNewDocument('globalThis.__name ??= (target) => target;');
  await page.evaluateOnNewDocument(watchPage);
  await page.goto(url);
  return page;
}
