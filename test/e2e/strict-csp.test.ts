import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchBrowser, openPage } from '../support/browsers.js';
import { CallPage } from '../support/call-page.js';
import { servePages, type Pages } from '../support/serve-pages.js';
import { startStack, type Stack } from '../support/stack.js';

/** The policy that the documentation gives, with this stack's addresses in it. */
async function policyOf({ origin, livekit }: Stack): Promise<string> {
  const docs = await readFile(new URL('../../docs/csp.md', import.meta.url), 'utf8');
  const given = /Content-Security-Policy: ([^`]+)```/.exec(docs)?.[1] ?? '';
  const livekitHttp = livekit.url.replace(/^ws/, 'http');
  return given
    .replace(/\s+/g, ' ')
    .replaceAll('https://calls.example.com', origin)
    .replaceAll('wss://calls.example.com', origin.replace(/^http/, 'ws'))
    .replaceAll('https://livekit.example.com', livekitHttp)
    .replaceAll('wss://livekit.example.com', livekitHttp.replace(/^http/, 'ws'))
    .trim();
}

declare global {
  interface Window {
    /** What the policy kept the page from. */
    violations: string[];
  }
}

/** Runs in a page before all else. */
function noteViolations(): void {
  window.violations = [];
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    window.violations.push(`${effectiveDirective} ${blockedURI}`),
  );
}

const violationsOf = ({ page }: CallPage): Promise<string[]> => page.evaluate(() => window.violations);

describe('a page with a strict Content-Security-Policy and Trusted Types', () => {
  let stack: Stack;
  let site: Pages;
  let browser: Browser;
  let policy: string;

  before(async () => {
    stack = await startStack();
    policy = await policyOf(stack);
    const tags: Readonly<Record<string, string>> = {
      '/caller': `<omni-call server="${stack.origin}" user-id="alice" callee="bob"></omni-call>`,
      '/callee': `<omni-incoming server="${stack.origin}" user-id="bob" lang="ko"></omni-incoming>
        <omni-device-select preview></omni-device-select>`,
    };
    site = await servePages((path) => {
      const tag = tags[path];
      if (tag === undefined) return { body: 'Nothing yet' };
      return {
        headers: { 'content-security-policy': policy },
        body: `<!doctype html><html lang="en"><title>Strict</title>
          <script type="module" src="${stack.origin}/omni-call.js"></script>${tag}</html>`,
      };
    });
    browser = await launchBrowser('chromium');
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    await stack?.close();
  });

  async function open(path: string): Promise<CallPage> {
    const page = await openPage(browser, `${site.origin}/`);
    await page.evaluateOnNewDocument(noteViolations);
    await page.goto(site.origin + path);
    const opened = await CallPage.ofTag(page);
    await opened.phase('idle');
    return opened;
  }

  it('has a whole call without a violation: picture, mutes, screen, texts, devices, another language', async () => {
    const [caller, callee] = await Promise.all([open('/caller'), open('/callee')]);
    await caller.press('call-button');
    await callee.words('alice');
    await callee.press('answer-button');
    await Promise.all([caller.phase('connected'), callee.phase('connected')]);
    await Promise.all([caller.remoteVideo(), callee.remoteVideo()]);
    await caller.press('mute-audio-button');
    await caller.press('mute-video-button');
    await callee.words('alice 님의 마이크가 꺼져 있습니다');
    await callee.press('screen-button');
    await caller.part('screen-video');
    await callee.call('sendMessage', 'A text');
    await callee.page.evaluate(() =>
      document
        .querySelector('omni-device-select')
        ?.shadowRoot?.querySelectorAll('button')
        .forEach((button) => button.click()),
    );
    await caller.press('hangup-button');
    await Promise.all([caller.phase('ended'), callee.phase('ended')]);
    assert.deepEqual(await Promise.all([violationsOf(caller), violationsOf(callee)]), [[], []]);
    await Promise.all([caller.drop(), callee.drop()]);
  });

  it('is as strict as it claims', async () => {
    for (const loose of ['unsafe-inline', 'unsafe-eval', 'blob:', 'data:', '*']) assert.ok(!policy.includes(loose));
    const caller = await open('/caller');
    const thrown = await caller.page.evaluate(() => {
      const script = document.createElement('script');
      try {
        script.text = 'alert(1)';
      } catch (error) {
        return String(error);
      }
      return 'nothing';
    });
    assert.match(thrown, /TrustedScript/);
    await caller.untilPage('a violation', () => window.violations.length > 0);
    assert.deepEqual(await violationsOf(caller), ['require-trusted-types-for trusted-types-sink']);
    await caller.drop();
  });
});
