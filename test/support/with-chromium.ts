import { after, before } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchBrowser } from './browsers.js';
import { startStack, type Stack } from './stack.js';

/** What most browser tests need: there from the first test of the suite until after its last. */
export interface Surroundings {
  readonly stack: Stack;
  readonly browser: Browser;
}

/** To be called in a `describe`. The options are those of the stack. */
export function withChromium(...options: Parameters<typeof startStack>): Surroundings {
  let stack: Stack;
  let browser: Browser;
  before(async () => {
    stack = await startStack(...options);
    browser = await launchBrowser('chromium');
  });
  after(async () => {
    await browser?.close();
    await stack?.close();
  });
  return {
    get stack() {
      return stack;
    },
    get browser() {
      return browser;
    },
  };
}
