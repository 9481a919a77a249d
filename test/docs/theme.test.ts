import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pino } from 'pino';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { createCallServer, type CallServer } from '../../server/call-server.js';
import { launchBrowser, openPage } from '../support/browsers.js';
import { ROOT } from '../support/snippets.js';

/** Nobody calls here. */
const LIVEKIT = { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' };

interface Manifest {
  modules: { declarations: { cssProperties?: { name: string }[] }[] }[];
}

describe('the theme page', () => {
  let server: CallServer;
  let browser: Browser;
  let page: Page;
  let states: Frame;

  before(async () => {
    const pages = join(ROOT, 'demo');
    server = await createCallServer({ livekit: LIVEKIT, port: 0, logger: pino({ level: 'silent' }), pages });
    browser = await launchBrowser('chromium');
    page = await openPage(browser, `${server.url}/theme.html`);
    const frame = await page.waitForSelector('iframe');
    states = (await frame?.contentFrame()) as Frame;
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const choose = (name: string, value: string): Promise<void> =>
    page.evaluate(
      (field, given) => {
        const input = document.querySelector<HTMLInputElement>(`[name="${field}"]`);
        if (!input) throw new Error(`There is no field ${field}.`);
        input.value = given;
        input.dispatchEvent(new Event('input', { bubbles: true }));
      },
      name,
      value,
    );
  const css = (): Promise<string> => page.$eval('output', (output) => output.textContent);

  it('shows the elements in the states of a call', async () => {
    const parts = ['call-button', 'hangup-button', 'answer-button', 'remote-video', 'timer', 'summary'];
    await Promise.all(
      parts.map((part) => states.waitForSelector(`:is(omni-call, omni-incoming) >>> [part~="${part}"]`)),
    );
  });

  it('offers each custom property of the manifest, and no other', async () => {
    const manifest = JSON.parse(await readFile(join(ROOT, 'custom-elements.json'), 'utf8')) as Manifest;
    const told = manifest.modules.flatMap(({ declarations }) =>
      declarations.flatMap(({ cssProperties }) => cssProperties?.map(({ name }) => name) ?? []),
    );
    const offered = await page.$$eval('[name^="--omni-"]', (fields) =>
      fields.map((field) => field.getAttribute('name')?.split(' ')[0]),
    );
    assert.deepEqual([...new Set(offered)].sort(), [...new Set(told)].sort());
  });

  it('writes the CSS of what was chosen, and shows it', async () => {
    assert.match(await css(), /Nothing is changed/);
    await choose('--omni-accent light', '#663399');
    await choose('--omni-accent dark', '#663399');
    await choose('--omni-radius', '0.25');
    assert.equal(
      await css(),
      'omni-call,\nomni-incoming,\nomni-device-select {\n  --omni-accent: #663399;\n  --omni-radius: 0.25rem;\n}',
    );
    const button = await states.waitForSelector('omni-call >>> [part~="call-button"]');
    const drawn = await button?.evaluate((element) => {
      const { backgroundColor, borderRadius } = getComputedStyle(element);
      return { backgroundColor, borderRadius };
    });
    assert.deepEqual(drawn, { backgroundColor: 'rgb(102, 51, 153)', borderRadius: '4px' });
  });

  it('says where white words would be hard to read', async () => {
    await choose('--omni-positive light', '#90ee90');
    assert.match(await page.$eval('#warning', (warning) => warning.textContent), /Answering, light: 1\.\d to 1/);
  });
});
