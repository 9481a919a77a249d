import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'puppeteer-core';
import { launchBrowser, openPage } from './browsers.js';
import { startStack } from './stack.js';

const DEMO = fileURLToPath(new URL('../../demo/', import.meta.url));
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };
const execute = promisify(execFile);

/** The folder of an app, installed and built by its framework's own tools, with the package as npm would publish it. */
export async function buildApp(name: string): Promise<string> {
  const cwd = join(DEMO, name);
  for (const args of [
    ['ci', '--prefer-offline', '--no-audit', '--no-fund'],
    ['run', 'build'],
  ]) {
    await execute('npm', args, { cwd, maxBuffer: 64 * 1024 * 1024 }).catch(
      (error: Error & { stdout: string; stderr: string }) => assert.fail(`${error.message}\n${error.stdout}`),
    );
  }
  return cwd;
}

/** What a page is, given its address and its file. */
export type Render = (address: URL, html: string) => string;

const AS_IT_IS: Render = (_address, html) => html;

export async function serve(folder: string, render: Render = AS_IT_IS): Promise<{ origin: string; close: () => void }> {
  const http = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://host');
    const path = address.pathname === '/' ? '/index.html' : normalize(address.pathname);
    readFile(join(folder, path)).then(
      (file) => {
        response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
        response.end(path === '/index.html' ? render(address, file.toString()) : file);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    origin,
    close: () => {
      http.close();
      http.closeAllConnections();
    },
  };
}

/** Milliseconds after which what should have happened has not. */
const LIMIT = 25_000;

/** Resolves once the page says that. Puppeteer's own waiting overlooks a text that changes in place. */
const untilSaid = (page: Page, text: string): Promise<void> =>
  page.evaluate(
    (wanted, limit) =>
      new Promise<void>((resolve, reject) => {
        const look = (): void => {
          if (!document.body.innerText.includes(wanted)) return;
          observer.disconnect();
          resolve();
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, characterData: true, subtree: true });
        setTimeout(() => reject(new Error(`It says ${document.body.innerText}, not ${wanted}`)), limit);
        look();
      }),
    text,
    LIMIT,
  );

/** Calls from one page of a built app to another one, and fails unless both tell of it from ring to hang-up. */
export async function callBetweenPages(folder: string, render: Render = AS_IT_IS): Promise<void> {
  const stack = await startStack();
  const site = await serve(folder, render);
  const browser = await launchBrowser('chromium');
  const errors: string[] = [];
  try {
    const address = (people: Record<string, string>): string =>
      `${site.origin}/?${new URLSearchParams({ server: stack.origin, ...people }).toString()}`;
    const open = (people: Record<string, string>): Promise<Page> =>
      openPage(browser, address(people), (error) => errors.push(error));
    const callee = await open({ user: 'bob' });
    await callee.waitForSelector('omni-incoming[phase=idle]');
    const caller = await open({ user: 'alice', callee: 'bob' });
    await caller.waitForSelector('omni-call[phase=idle]');
    await caller.locator('omni-call >>> [part~=call-button]').click();
    await callee.locator('omni-incoming >>> [part~=answer-button]').click();
    await Promise.all([untilSaid(caller, 'In a call with bob'), untilSaid(callee, 'In a call with alice')]);
    await caller.locator('omni-call >>> [part~=hangup-button]').click();
    await Promise.all([caller, callee].map((page) => untilSaid(page, 'Ended: completed')));
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
    site.close();
    await stack.close();
  }
}
