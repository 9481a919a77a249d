import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchBrowser, openPage } from '../support/browsers.js';
import type { BrowserName } from '../support/browser-options.js';
import { servePages, type Pages } from '../support/serve-pages.js';
import { execute, ROOT } from './packed.js';

const DIST = join(ROOT, 'dist');

describe('an import map with integrity', () => {
  let cdn: Server;
  let site: Pages;
  let base: string;
  let tags: string;
  /** The file that somebody has changed at the CDN; null for none. */
  let changed: string | null = null;

  before(async () => {
    cdn = createServer((request, response) => {
      const path = request.url ?? '/';
      readFile(join(DIST, path)).then(
        (file) =>
          response
            .writeHead(200, { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' })
            .end(path === `/${changed}` ? `${file.toString()}\n;globalThis.taken = true;` : file),
        () => response.writeHead(404).end(),
      );
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => cdn.once('listening', resolve));
    base = `http://127.0.0.1:${(cdn.address() as AddressInfo).port}/`;
    tags = (await execute(process.execPath, ['scripts/integrity.mjs', base], { cwd: ROOT })).stdout;
    site = await servePages(() => ({
      body: `<!doctype html><html lang="ko"><title>A page</title>${tags}<omni-call></omni-call></html>`,
    }));
  });
  after(async () => {
    await site?.close();
    cdn?.close();
    cdn?.closeAllConnections();
  });

  it('names every file that the script may load', async () => {
    const files = (await readdir(join(DIST, 'chunks'))).filter((name) => name.endsWith('.js'));
    for (const file of ['omni-call.js', ...files]) assert.ok(tags.includes(`/${file}": "sha384-`), file);
  });

  for (const name of ['chromium', 'firefox'] satisfies BrowserName[]) {
    it(`lets the very files run, and no others, be they loaded at once or later: ${name}`, async () => {
      const browser: Browser = await launchBrowser(name);
      const load = async (file: string): Promise<string> => {
        const page = await openPage(browser, `${site.origin}/`);
        const outcome = await page.evaluate(
          (url) =>
            import(url).then(
              () => 'runs',
              () => ('taken' in window ? 'taken' : 'refused'),
            ),
          base + file,
        );
        await page.close();
        return outcome;
      };
      try {
        const chunks = await readdir(join(DIST, 'chunks'));
        for (const part of ['cdn', 'locale-ko', 'livekit-media']) {
          const chunk = `chunks/${chunks.find((file) => file.startsWith(`${part}-`) && file.endsWith('.js'))}`;
          // The script itself stands or falls with what it imports.
          const file = part === 'cdn' ? 'omni-call.js' : chunk;
          changed = null;
          assert.equal(await load(file), 'runs', file);
          changed = chunk;
          assert.equal(await load(file), 'refused', file);
        }
      } finally {
        await browser.close();
      }
    });
  }
});
