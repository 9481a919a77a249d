import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../support/snippets.js';

const execute = promisify(execFile);

describe('the documentation as a site', () => {
  let folder: string;
  const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'omni-call-docs-'));
    // Fails where a link of a page leads nowhere.
    await execute(process.execPath, [join(ROOT, 'scripts/docs.mjs'), folder]);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('has every page that llms.txt names, as Markdown and as HTML', async () => {
    const named = [...(await read('llms.txt')).matchAll(/\]\(([^)]+\.md)\)/g)].map(([, path = '']) => path);
    assert.ok(named.length > 25);
    for (const path of named) {
      assert.ok(existsSync(join(folder, path)), path);
      assert.match(await read(path.replace(/\.md$/, '.html')), /<h1 id=/, path);
    }
  });

  it('tells of every attribute, event, slot, part, custom property and state of the elements', async () => {
    const page = await read('reference/omni-call.html');
    for (const name of ['ring-timeout', 'omni-ended', 'summary', 'call-button', '--omni-accent', 'in-call']) {
      assert.match(page, new RegExp(`<td><code>${name}</code>`));
    }
    assert.match(await read('reference/service.html'), /<h3 id="offercall">/);
  });
});

/** The choice of devices has no call to draw. */
const OF_CALLS = ['--omni-surface', '--omni-positive', '--omni-negative'];

describe('the manifest', () => {
  const read = (path: string): Promise<string> => readFile(join(ROOT, path), 'utf8');

  let manifest: Manifest;
  before(async () => {
    manifest = JSON.parse(await read('custom-elements.json')) as Manifest;
  });

  it('tells of every part that the elements draw', async () => {
    const drawn = async (...where: string[]): Promise<string[]> => {
      const { stdout } = await execute('grep', ['-rhoE', `part="[a-z-]+"|'[a-z-]+-button'`, ...where], { cwd: ROOT });
      return [...new Set(stdout.match(/[a-z-]+(?=["'])/g))];
    };
    const told = (tag: string): string[] =>
      manifest.modules
        .flatMap(({ declarations }) => declarations ?? [])
        .filter(({ tagName }) => tagName === tag)
        .flatMap(({ cssParts }) => cssParts?.map(({ name }) => name) ?? []);
    const ofCalls = await drawn('src/elements/omni-call', 'src/elements/call-surface');
    assert.ok(ofCalls.length > 20);
    assert.deepEqual(
      ofCalls.filter((name) => !told('omni-call').includes(name)),
      [],
    );
    const ofDevices = await drawn('src/elements/omni-device-select');
    assert.deepEqual(ofDevices.sort(), told('omni-device-select').sort());
  });

  it('tells of every custom property that the styles read', async () => {
    const { stdout } = await execute('grep', [
      '-rhoE',
      'var\\(\\s*--omni-[a-z-]+|^ *--omni-[a-z-]+,',
      join(ROOT, 'src'),
    ]);
    const used = new Set(stdout.match(/--omni-[a-z-]+/g));
    assert.ok(used.size > 5);
    for (const element of manifest.modules.flatMap(({ declarations }) => declarations ?? [])) {
      if (!element.tagName) continue;
      const told = new Set(element.cssProperties?.map(({ name }) => name));
      const ofCalls = element.tagName === 'omni-device-select' ? OF_CALLS : [];
      assert.deepEqual(
        [...used].filter((name) => !told.has(name) && !ofCalls.includes(name)),
        [],
        element.tagName,
      );
    }
  });
});

interface Named {
  name: string;
}

interface Manifest {
  modules: { declarations?: { tagName?: string; cssProperties?: Named[]; cssParts?: Named[] }[] }[];
}
