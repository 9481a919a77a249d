// `npm run manifest`: writes custom-elements.json, the frameworks' typings and the editors' data, from the sources.
// `--check`: fails where one is out of date.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { editorDataOf } from './editor-data.mjs';
import { ROOT, runTool } from './prepare.mjs';
import { typingsOf } from './typings.mjs';

const FILE = join(ROOT, 'custom-elements.json');

async function generate() {
  const folder = mkdtempSync(join(tmpdir(), 'omni-call-manifest-'));
  try {
    const into = relative(ROOT, folder);
    const config = 'custom-elements-manifest.config.mjs';
    runTool('@custom-elements-manifest/analyzer/cem.js', 'analyze', '--quiet', '--config', config, '--outdir', into);
    const text = readFileSync(join(folder, 'custom-elements.json'), 'utf8');
    return await format(text, { ...(await resolveConfig(FILE)), filepath: FILE });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const current = await generate();
const manifest = JSON.parse(current);
const files = [['custom-elements.json', current], ...(await typingsOf(manifest)), ...(await editorDataOf(manifest))];
for (const [name, text] of files) {
  const file = join(ROOT, name);
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is out of date: npm run manifest`);
    process.exitCode = 1;
  }
}
