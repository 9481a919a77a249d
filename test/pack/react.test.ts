import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launchBrowser } from '../support/browsers.js';
import { packAll } from './packed.js';

it('React’s components take over the page of a server, with every property and handler', async () => {
  const packed = await packAll();
  const browser = await launchBrowser('chromium');
  try {
    const page = join(packed.project, 'page.tsx');
    await cp(fileURLToPath(new URL('react/page.tsx', import.meta.url)), page);
    const { outputFiles } = await build({
      entryPoints: [page],
      bundle: true,
      write: false,
      format: 'iife',
      jsx: 'automatic',
      // React’s own warnings count.
      define: { 'process.env.NODE_ENV': '"development"' },
      logLevel: 'error',
    });
    const tab = await browser.newPage();
    const errors: string[] = [];
    tab.on('pageerror', (error) => errors.push(String(error)));
    tab.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await tab.setContent('<!doctype html><title>A page</title>');
    await tab.evaluate(outputFiles[0]?.text ?? '');
    const seen = await tab.evaluate(() => (window as unknown as { run: () => Record<string, unknown> }).run());
    assert.deepEqual(seen, {
      html: '<omni-call class="wide"><b slot="label">Call us</b></omni-call>',
      isTakenOver: true,
      server: 'http://127.0.0.1:9',
      key: 'pk',
      callee: 'bob',
      calleeAfter: '',
      isSteady: true,
      told: 'second',
      heard: ['first idle', 'second idle'],
      isLetGo: true,
    });
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
    await packed.remove();
  }
});
