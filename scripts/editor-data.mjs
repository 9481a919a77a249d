// What editors know of the tags, from the manifest.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateJetBrainsWebTypes } from 'custom-element-jet-brains-integration';
import { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration';
import { format } from 'prettier';

/** For VS Code and for JetBrains’ editors: file name → text. */
export async function editorDataOf(manifest) {
  const outdir = mkdtempSync(join(tmpdir(), 'omni-call-editors-'));
  try {
    generateVsCodeCustomElementData(structuredClone(manifest), { outdir, hideLogs: true, hideCssPropertiesDocs: true });
    generateJetBrainsWebTypes(structuredClone(manifest), {
      outdir,
      hideLogs: true,
      packageJson: false,
      hideCssPropertiesDocs: true,
    });
    const read = async (name) => [
      `editors/${name}`,
      await format(readFileSync(join(outdir, name), 'utf8'), { parser: 'json' }),
    ];
    return await Promise.all(readdirSync(outdir).sort().map(read));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
