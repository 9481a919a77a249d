import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import ts from 'typescript';
import { readSettings } from '../../server/index.js';
import { ROOT, snippets, type Snippet } from '../support/snippets.js';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: ['node'],
  skipLibCheck: true,
  noEmit: true,
};

describe('the code in the documentation', () => {
  let folder: string;
  before(async () => {
    // Within the repository, where the packages are found as an app finds them.
    await mkdir(join(ROOT, '.cache'), { recursive: true });
    folder = await mkdtemp(join(ROOT, '.cache/snippets-'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** What the compiler says of these, each as a module of its own. */
  async function complaints(found: readonly Snippet[], options: ts.CompilerOptions, around = ''): Promise<string[]> {
    assert.notEqual(found.length, 0);
    const named = new Map<string, Snippet>();
    for (const snippet of found) {
      const file = join(folder, `${named.size}.${snippet.language}`);
      named.set(file, snippet);
      await writeFile(file, snippet.code);
    }
    // Plain pages know the tags without importing anything.
    const tags = join(folder, 'tags.ts');
    await writeFile(tags, `import 'omni-call/define'; ${around}`);
    const program = ts.createProgram([tags, ...named.keys()], { ...OPTIONS, ...options });
    return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
      const snippet = file && named.get(file.fileName);
      const line = file?.getLineAndCharacterOfPosition(start).line ?? 0;
      return `${snippet?.where ?? file?.fileName} + ${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  }

  it('passes the strict compiler where it is TypeScript', async () => {
    const options = { strict: true, exactOptionalPropertyTypes: true, jsx: ts.JsxEmit.ReactJSX };
    // What the page around a tag of React has.
    const around = `import type {} from 'omni-call/react';
      declare global { const server: string; function setNews(news: string): void; }`;
    assert.deepEqual(await complaints(snippets('ts', 'tsx'), options, around), []);
  });

  it('fits the types where it is JavaScript', async () => {
    assert.deepEqual(await complaints(snippets('js'), { allowJs: true, checkJs: true, strict: false }), []);
  });

  it('is what a shell understands', () => {
    for (const { code, where } of snippets('sh')) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' });
      assert.equal(status, 0, `${where}: ${stderr}`);
    }
  });

  it('is JSON where it says so', () => {
    for (const { code, where } of snippets('json')) assert.doesNotThrow(() => JSON.parse(code) as unknown, where);
  });

  it('sets publishable keys that the server takes', () => {
    const set = snippets('sh').flatMap(({ code }) =>
      [...code.matchAll(/PUBLISHABLE_KEYS='(.*)'/g)].map(([, keys]) => keys),
    );
    assert.notEqual(set.length, 0);
    const livekit = { LIVEKIT_URL: 'wss://livekit.example.com', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 'secret' };
    for (const keys of set) assert.doesNotThrow(() => readSettings({ ...livekit, PUBLISHABLE_KEYS: keys }));
  });
});
