// `npm run manifest`: writes custom-elements.json from the sources. `--check`: fails where it is out of date.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT, runTool } from './prepare.mjs';

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
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, current);
} else if (readFileSync(FILE, 'utf8') !== current) {
  console.error('custom-elements.json is out of date: npm run manifest');
  process.exitCode = 1;
}
