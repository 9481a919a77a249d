import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'puppeteer-core';
import { Authenticator } from '../../server/auth/authenticator.js';
import { launchBrowser, openPage } from '../support/browsers.js';
import { CallPage } from '../support/call-page.js';
import { connectToDesk } from '../support/connect-to-desk.js';
import { startStack, type Stack } from '../support/stack.js';
import { startWordPress, type WordPress } from '../support/wordpress.js';
import { WordPressAdmin } from '../support/wordpress-admin.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SECRET = 'a secret that both servers have, and no page';
const KEY = 'pk_of_the_wordpress';

describe('the WordPress plugin, in a real WordPress', () => {
  let wordpress: WordPress;
  let stack: Stack;
  let chromium: Browser;
  let firefox: Browser;
  let admin: WordPressAdmin;

  before(async () => {
    await promisify(execFile)(process.execPath, ['scripts/wordpress.mjs'], { cwd: ROOT });
    wordpress = await startWordPress({
      plugins: [`${ROOT}cms/wordpress/dist/omni-call`],
      mustUse: [`${ROOT}examples/token/wordpress/call-token.php`, `${ROOT}test/support/wordpress-language.php`],
      constants: { OMNI_CALL_AUTH_SECRET: SECRET },
    });
    const keys = [{ key: KEY, origins: [wordpress.origin], callees: ['desk'] }];
    stack = await startStack({ auth: { secret: SECRET, keys }, allowedOrigins: [wordpress.origin] });
    [chromium, firefox] = await Promise.all([launchBrowser('chromium'), launchBrowser('firefox')]);
    admin = await WordPressAdmin.signIn(chromium, wordpress);
  });
  after(async () => {
    await Promise.all([chromium?.close(), firefox?.close()]);
    await stack?.close();
    await wordpress?.close();
  });

  it('is switched on and set up, and refuses an address that is none', async () => {
    await admin.open('plugins.php');
    await admin.press('#activate-omni-call');
    await admin.open('options-general.php?page=omni-call-settings');
    await admin.fill({ 'omni-call-server': stack.origin, 'omni-call-key': KEY, 'omni-call-callee': 'desk' });
    await admin.press('#submit');
    await admin.page.waitForSelector('.notice-success');
    await admin.page.$eval('#omni-call-server', (field) => field.setAttribute('type', 'text'));
    await admin.fill({ 'omni-call-server': 'javascript:alert(1)' });
    await admin.press('#submit');
    assert.match(
      await admin.page.$eval('.notice-error', ({ textContent }) => textContent),
      /has to be an address that begins with https/,
    );
    const server = await admin.page.$eval('#omni-call-server', (field) => (field as HTMLInputElement).value);
    assert.equal(server, stack.origin);
  });

  it('lets a visitor call from a page with its block, and somebody answer in the dashboard', async () => {
    await admin.writePage('Talk to us', 'omni-call/call');
    await admin.page.waitForSelector('::-p-text(Visitors see a button here)');
    const address = await admin.publish();
    await admin.open('admin.php?page=omni-call');
    const desk = await CallPage.ofTag(admin.page);
    await desk.phase('idle');
    const visitor = await CallPage.ofTag(await openPage(firefox, address));
    await connectToDesk(visitor, desk);
    await desk.words('Visitor of “Talk to us”');
    const tokens = await Promise.all([visitor, desk].map(({ page }) => page.content()));
    for (const page of tokens) assert.doesNotMatch(page, /eyJ[\w-]+\.[\w-]+\.[\w-]+/, 'no token is in the document');
    await desk.press('hangup-button');
    const ending = await visitor.ending();
    assert.deepEqual([ending.reason, ending.by], ['completed', 'desk']);
    await Promise.all([visitor.untilQuiet(), desk.untilQuiet(), stack.untilNoRoom()]);
    await visitor.drop();
  });

  it('shows what authors write as text', async () => {
    const markup = '"><img src=x onerror=alert(1)>';
    await admin.writePage('Markup', 'omni-call/call', '', { callee: markup });
    const visitor = await CallPage.ofTag(await openPage(chromium, await admin.publish()));
    const tag = await visitor.page.$eval('omni-call', (it) => [
      it.getAttribute('callee'),
      it.getAttribute('call-type'),
    ]);
    assert.deepEqual(tag, [markup, 'videocall']);
    assert.equal(await visitor.page.$('img[src="x"]'), null);
    await visitor.drop();
  });

  it('speaks the language of the dashboard, in the settings and in the editor', async () => {
    await admin.open('options-general.php?page=omni-call-settings&language=ko_KR');
    const labels = await admin.page.$$eval('.form-table label', (all) => all.map(({ textContent }) => textContent));
    assert.deepEqual(labels, ['통화 서버', '공개 키', '전화를 받을 사람']);
    await admin.writePage('Korean', 'omni-call/call', '&language=ko_KR');
    await admin.page.waitForSelector('::-p-text(방문자에게는 이 자리에 전화를 거는 버튼이 보입니다)');
    // The editor asks before it is left with something unsaved.
    await admin.publish();
  });

  it('gives no token to a visitor, and PHP nothing to complain of', async () => {
    const answer = await fetch(`${wordpress.origin}/?rest_route=/omni-call/v1/token`, { method: 'POST' });
    assert.equal(answer.status, 401);
    const complaints = (await wordpress.complaints()).split('\n');
    assert.deepEqual(
      complaints.filter((line) => /omni-call\/|mu-plugins/.test(line)),
      [],
    );
  });

  it('can be done without: the example of a token endpoint gives whoever is signed in a token of its own', async () => {
    const stranger = await fetch(`${wordpress.origin}/?rest_route=/calls/v1/token`, { method: 'POST' });
    assert.equal(stranger.status, 401);
    await admin.open('admin.php?page=omni-call');
    const { token } = await admin.page.evaluate(() => window.wp.apiFetch({ path: '/calls/v1/token', method: 'POST' }));
    const identity = await new Authenticator({ secret: SECRET }).identify(
      { id: 0, type: 'hello', token },
      { origin: null, owner: null },
    );
    assert.deepEqual(identity, { userId: '1', displayName: 'admin', callees: null });
  });
});
