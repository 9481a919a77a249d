import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import { pino } from 'pino';
import type { Browser, Page } from 'puppeteer-core';
import { createCallServer, type CallServer, type CallServerOptions } from '../../server/call-server.js';
import { launchBrowser, openPage } from '../support/browsers.js';
import { servePages, type Pages } from '../support/serve-pages.js';
import { snippets, type Snippet } from '../support/snippets.js';

/** No page here comes as far as a call. */
const LIVEKIT = { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' };
const SECRET = 'a secret of this test, of 32 bytes';
const LIMIT = 10_000;

const start = (options: Partial<CallServerOptions> = {}): Promise<CallServer> =>
  createCallServer({ livekit: LIVEKIT, port: 0, logger: pino({ level: 'silent' }), ...options });

/** Runs in a page before all else. */
function noteErrors(): void {
  const noted: string[] = [];
  Object.assign(window, { noted });
  addEventListener('error', ({ message }) => noted.push(message));
  addEventListener('unhandledrejection', ({ reason }) => noted.push(String(reason)));
  addEventListener('omni-error', (event) => noted.push(`omni-error ${(event as unknown as { code: string }).code}`));
}

const TAGS = 'omni-call, omni-incoming, omni-device-select';

describe('the HTML in the documentation', () => {
  let open: CallServer;
  let strict: CallServer;
  let token: string;
  let site: Pages;
  let browser: Browser;
  const bodies = new Map<string, string>();

  before(async () => {
    site = await servePages((path) => {
      if (path === '/call-token') return { body: JSON.stringify({ token }) };
      const body = bodies.get(path);
      return body === undefined ? undefined : { body };
    });
    open = await start();
    const named = snippets('html').flatMap(({ code }) => code.match(/pk_\w+/g) ?? []);
    const keys = [...new Set(named)].map((key) => ({ key, origins: [site.origin], callees: ['desk'] }));
    strict = await start({ auth: { secret: SECRET, keys } });
    token = await new SignJWT({ sub: 'bob' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(SECRET));
    browser = await launchBrowser('chromium');
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    await open?.close();
    await strict?.close();
  });

  /** The snippet as a page, with this test's addresses and token in it. */
  function pageOf({ code }: Snippet): string {
    const server = /token|key=/.test(code) ? strict.url : open.url;
    const snippet = code
      .replaceAll(/https:\/\/calls\.example\.com|http:\/\/localhost:8080/g, server)
      .replaceAll('token="…"', `token="${token}"`);
    const script = `<script type="module" src="${server}/omni-call.js"></script>`;
    const head = '<!doctype html><html lang="en"><link rel="icon" href="data:,">';
    return (snippet.includes('<html') ? '' : head) + (snippet.includes('/omni-call.js') ? '' : script) + snippet;
  }

  async function look(page: Page, path: string): Promise<string[]> {
    await page.goto(site.origin + path);
    // Each is defined and drawn, and whoever has a service is registered with its server.
    await page.waitForFunction(
      (tags) =>
        [...document.querySelectorAll(tags)].every(
          (tag) => tag.shadowRoot?.childElementCount && ['idle', null].includes(tag.getAttribute('phase')),
        ),
      { polling: 25, timeout: LIMIT },
      TAGS,
    );
    return page.evaluate(() => (window as unknown as { noted: string[] }).noted);
  }

  it('defines the tags, reaches the server and runs without an error: every snippet', async () => {
    const page = await openPage(browser, `${site.origin}/call-token`);
    await page.evaluateOnNewDocument(noteErrors);
    const found = snippets('html');
    assert.ok(found.length > 20);
    for (const [index, snippet] of found.entries()) {
      const path = `/${index}`;
      bodies.set(path, pageOf(snippet));
      const noted = await look(page, path).catch((error: unknown) => [String(error)]);
      assert.deepEqual(noted, [], snippet.where);
    }
  });

  it('is CSS that a browser takes in whole, where it is that', async () => {
    const page = await openPage(browser, `${site.origin}/call-token`);
    for (const { code, where } of snippets('css')) {
      const [taken, written] = await page.evaluate((css) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        const rules = [...sheet.cssRules].map((rule) => (rule as CSSStyleRule).style);
        const names = rules.flatMap((style) =>
          css.match(/[\w-]+(?=: )/g)?.filter((name) => style.getPropertyValue(name)),
        );
        return [new Set(names).size, new Set(css.match(/^ +[\w-]+(?=: )/gm)).size];
      }, code);
      assert.equal(taken, written, where);
    }
  });
});
