import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { launchBrowser, openPage } from '../support/browsers.js';
import { CallPage } from '../support/call-page.js';
import { connectToDesk } from '../support/connect-to-desk.js';
import { freePort } from '../support/free-port.js';
import { servePages, type Pages } from '../support/serve-pages.js';
import { startStack, type Stack } from '../support/stack.js';

const SECRET = 'a secret of the back end and the call server';
const KEY = 'pk_www_example_com';

/** The listing of the documentation that has this in it. */
async function listing(part: string): Promise<string> {
  const docs = await readFile(new URL('../../docs/cms.md', import.meta.url), 'utf8');
  const found = [...docs.matchAll(/```html\n([^`]+)```/g)]
    .map(([, html]) => html ?? '')
    .find((it) => it.includes(part));
  assert.ok(found);
  return found;
}

/** What the page of a frame shows, once it shows this. */
async function words(frame: Frame, selector: string): Promise<string> {
  const found = await frame.waitForSelector(selector);
  return (await found?.evaluate(({ textContent }) => textContent)) ?? '';
}

async function frameOf(page: Page): Promise<Frame> {
  const frame = await (await page.waitForSelector('iframe'))?.contentFrame();
  assert.ok(frame);
  return frame;
}

describe('pages of a CMS', () => {
  let stack: Stack;
  let site: Pages;
  let foreign: Pages;
  let chromium: Browser;
  let firefox: Browser;
  let desk: CallPage;

  before(async () => {
    const bodies = new Map<string, string>();
    const pageAt = (path: string): { body: string } => ({
      body: `<!doctype html><html lang="en"><title>A site</title><body>${bodies.get(path) ?? ''}</body></html>`,
    });
    [site, foreign] = await Promise.all([servePages(pageAt), servePages(pageAt)]);
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const keys = [{ key: KEY, origins: [site.origin, origin], callees: ['desk'] }];
    stack = await startStack({ port, auth: { secret: SECRET, keys } });
    const ours = (html: string): string => html.replaceAll('https://calls.example.com', origin);
    bodies.set('/snippet', ours(await listing('<omni-call')));
    bodies.set('/frame', ours(await listing('<iframe')));
    bodies.set('/no-allow', ours(await listing('<iframe')).replace(/allow="[^"]*"/, ''));
    [chromium, firefox] = await Promise.all([launchBrowser('chromium'), launchBrowser('firefox')]);
    const token = await new SignJWT({ sub: 'desk', name: 'The desk' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(SECRET));
    const tag = `<omni-incoming server="${origin}" token="${token}"></omni-incoming>`;
    desk = await CallPage.open(chromium, stack.site.page(tag));
    await desk.phase('idle');
  });
  after(async () => {
    await Promise.all([chromium?.close(), firefox?.close()]);
    await stack?.close();
    await Promise.all([site?.close(), foreign?.close()]);
  });

  /** A whole call from there to the desk, with the picture at both. */
  async function callDesk(visitor: CallPage): Promise<void> {
    await connectToDesk(visitor, desk);
    await visitor.press('hangup-button');
    const [there, here] = await Promise.all([visitor.ending(), desk.ending()]);
    assert.deepEqual([there.reason, there.by], [here.reason, here.by]);
    await Promise.all([visitor.untilQuiet(), desk.untilQuiet(), stack.untilNoRoom()]);
  }

  const visit = async (browser: Browser, path: string): Promise<CallPage> =>
    CallPage.ofTag(await openPage(browser, site.origin + path));

  it('with the snippet let visitors call, each by an id of its own that outlives a reload', async () => {
    const [one, other] = await Promise.all([visit(firefox, '/snippet'), visit(chromium, '/snippet')]);
    const idOf = async (visitor: CallPage): Promise<string> => (await visitor.call('createSession')).user_id;
    const ids = await Promise.all([idOf(one), idOf(other)]);
    for (const id of ids) assert.match(id, /^visitor-/);
    assert.notEqual(ids[0], ids[1]);
    await other.page.reload();
    const again = await CallPage.ofTag(other.page);
    assert.equal(await idOf(again), ids[1]);
    await other.drop();
    await callDesk(one);
    await one.drop();
  });

  it('of another site can do nothing with that key, neither by the snippet nor in a frame', async () => {
    const page = await openPage(chromium, `${foreign.origin}/snippet`);
    const tag = await CallPage.ofTag(page);
    await tag.words('You are not signed in for calls.');
    await page.goto(`${foreign.origin}/frame`);
    assert.equal(await (await frameOf(page)).$('main'), null);
    await page.close();
  });

  it('without scripts call from a frame', async () => {
    const page = await openPage(chromium, `${site.origin}/frame`);
    const visitor = await CallPage.ofTag(page, await frameOf(page));
    await callDesk(visitor);
    await page.close();
  });

  it('without an allow on their frame are told so in words', async () => {
    const page = await openPage(chromium, `${site.origin}/no-allow`);
    const said = await words(await frameOf(page), '[role=alert]');
    assert.match(said, /does not let the call use the camera or microphone.*allow="camera; microphone;/s);
    await page.close();
  });
});
