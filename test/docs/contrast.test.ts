import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pino } from 'pino';
import type { Browser, Page } from 'puppeteer-core';
import { createCallServer, type CallServer } from '../../server/call-server.js';
import { launchBrowser, openPage } from '../support/browsers.js';
import { contrasts, forcedContrasts, type Contrast } from '../support/contrast.js';
import { ROOT } from '../support/snippets.js';

/** Nobody calls here. */
const LIVEKIT = { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' };

describe('words and icons stand out from what is drawn behind them', () => {
  let server: CallServer;
  let browser: Browser;

  before(async () => {
    const pages = join(ROOT, 'demo');
    server = await createCallServer({ livekit: LIVEKIT, port: 0, logger: pino({ level: 'silent' }), pages });
    browser = await launchBrowser('chromium');
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** The elements in the states of a call, as somebody with such a system sees them. */
  async function open(features: Record<string, string>): Promise<Page> {
    const page = await openPage(browser, 'about:blank');
    const devtools = await page.createCDPSession();
    const all = { 'prefers-reduced-motion': 'reduce', ...features };
    await devtools.send('Emulation.setEmulatedMedia', {
      features: Object.entries(all).map(([name, value]) => ({ name, value })),
    });
    await page.goto(`${server.url}/theme-states.html`);
    const parts = ['call-button', 'hangup-button', 'answer-button', 'more-button', 'summary', 'device-list'];
    await Promise.all(
      parts.map((part) =>
        page.waitForSelector(`:is(omni-call, omni-incoming, omni-device-select) >>> [part~="${part}"]`),
      ),
    );
    return page;
  }

  const tooLittle = (all: Contrast[]): string[] =>
    all.filter(({ ratio, least }) => ratio < least).map(({ what, ratio }) => `${what}: ${ratio.toFixed(2)}`);

  for (const scheme of ['light', 'dark']) {
    it(`in ${scheme} colours`, async () => {
      const all = await contrasts(await open({ 'prefers-color-scheme': scheme }));
      assert.ok(all.length > 40, `${all.length} were found`);
      assert.deepEqual(tooLittle(all), []);
    });
  }

  it('in the few colours of a system that forces its own', async () => {
    const all = await forcedContrasts(await open({ 'forced-colors': 'active' }));
    assert.ok(all.length > 40, `${all.length} were found`);
    assert.deepEqual(tooLittle(all), []);
  });
});
