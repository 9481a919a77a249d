import assert from 'node:assert/strict';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { launchBrowser, openPage } from '../support/browsers.js';
import { execute, packAll, ROOT, type Packed } from './packed.js';

describe('the packages, as they are published', () => {
  let packed: Packed;

  before(async () => {
    packed = await packAll();
  });
  after(() => packed?.remove());

  for (const name of ['omni-call', 'omni-call-server']) {
    it(`${name} is what publint wants`, async () => {
      const pkgDir = join(packed.project, 'node_modules', name);
      const { messages } = await publint({ pkgDir, pack: false, strict: true });
      const pkg = JSON.parse(await readFile(join(pkgDir, 'package.json'), 'utf8')) as Record<string, unknown>;
      assert.deepEqual(
        messages.map((message) => formatMessage(message, pkg)),
        [],
      );
    });
  }

  it('have types that resolve as their code does', async () => {
    for (const tarball of [packed.widget, packed.server]) {
      const args = ['node_modules/@arethetypeswrong/cli/dist/index.js', tarball, '--profile', 'esm-only', '--no-emoji'];
      await execute(process.execPath, [...args, '--exclude-entrypoints', './custom-elements.json', './package.json'], {
        cwd: ROOT,
      }).catch((error: Error & { stdout: string }) => assert.fail(error.stdout));
    }
  });

  it('pass the compiler of a strict app that checks its libraries’ types too, also with React, Preact and Solid', async () => {
    const app = join(packed.project, 'app');
    await cp(fileURLToPath(new URL('app', import.meta.url)), app, { recursive: true });
    await cp(fileURLToPath(new URL('react/page.tsx', import.meta.url)), join(app, 'react.tsx'));
    await execute(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '--project', app]).catch(
      (error: Error & { stdout: string }) => assert.fail(error.stdout),
    );
  });

  it('have nothing in them but what is used', async () => {
    const files = await readdir(join(packed.project, 'node_modules/omni-call'), { recursive: true });
    const strange = files.filter((file) => /(^|\/)(src|test|node_modules|\.tsbuildinfo)(\/|$)/.test(file));
    assert.deepEqual(strange, []);
  });

  it('can be imported where there is no page', async () => {
    const script = `
      const { OmniCall, createCallService, CALL_TYPE } = await import('omni-call');
      await import('omni-call/define');
      const { parseClientMessage } = await import('omni-call/protocol');
      const { default: manifest } = await import('omni-call/custom-elements.json', { with: { type: 'json' } });
      createCallService({ server: 'https://calls.example.com' });
      console.log(JSON.stringify([typeof OmniCall, CALL_TYPE.VIDEO_CALL, typeof parseClientMessage, manifest.modules.length > 0]));`;
    // Nothing that is imported may keep a server from ending.
    const { stdout } = await execute(process.execPath, ['--no-warnings', '--input-type=module', '--eval', script], {
      cwd: packed.project,
      timeout: 30_000,
    });
    assert.deepEqual(JSON.parse(stdout), ['function', 'videocall', 'function', true]);
  });

  it('can be bundled, with the media in a file of its own', async () => {
    const entry = join(packed.project, 'entry.js');
    await writeFile(
      entry,
      "import 'omni-call/define'; import { createCallService } from 'omni-call'; createCallService;",
    );
    const { metafile, warnings } = await build({
      entryPoints: [entry],
      bundle: true,
      splitting: true,
      format: 'esm',
      outdir: join(packed.project, 'bundle'),
      metafile: true,
      logLevel: 'silent',
    });
    assert.deepEqual(warnings, []);
    const main = metafile.outputs[Object.keys(metafile.outputs).find((file) => file.endsWith('/entry.js')) ?? ''];
    assert.ok(main);
    assert.ok(!Object.keys(main.inputs).some((input) => input.includes('livekit-client')), 'livekit-client is lazy');
  });
});

/** Serves a folder as a host for scripts does: to pages of any origin. */
async function serve(folder: string): Promise<{ origin: string; server: Server }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const isPage = pathname.endsWith('/');
    const type = isPage ? 'text/html' : pathname.endsWith('.js') ? 'text/javascript' : 'application/json';
    response.setHeader('content-type', type);
    response.setHeader('access-control-allow-origin', '*');
    if (isPage) response.end('<!doctype html><title>A page</title>');
    else
      readFile(join(folder, pathname)).then(
        (content) => response.end(content),
        () => response.writeHead(404).end(),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('the single script of the package', () => {
  it('makes the tags work on a plain page of another origin, also where two copies of it are', async () => {
    const packed = await packAll();
    const hosts = await Promise.all([1, 2, 3].map(() => serve(join(packed.project, 'node_modules/omni-call/dist'))));
    const [page, one, other] = hosts.map(({ origin }) => origin);
    const browser = await launchBrowser('chromium');
    try {
      const tab = await openPage(browser, `${page}/`);
      const found = await tab.evaluate(
        async (urls) => {
          const errors: string[] = [];
          addEventListener('error', ({ message }) => errors.push(message));
          for (const url of urls) {
            const script = document.createElement('script');
            script.type = 'module';
            script.src = url;
            const loaded = new Promise((resolve) => script.addEventListener('load', resolve));
            document.head.append(script);
            await loaded;
          }
          document.body.append(document.createElement('omni-call'));
          return {
            errors,
            tags: ['omni-call', 'omni-incoming', 'omni-device-select'].map((tag) => !!customElements.get(tag)),
            drawn: document.querySelector('omni-call')?.shadowRoot !== null,
          };
        },
        [`${one}/omni-call.js`, `${other}/omni-call.js`],
      );
      assert.deepEqual(found, { errors: [], tags: [true, true, true], drawn: true });
    } finally {
      await browser.close();
      for (const { server } of hosts) server.close();
      await packed.remove();
    }
  });
});
