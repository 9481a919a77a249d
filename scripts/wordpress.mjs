// Puts the WordPress plugin together, with the widget's built files in it: a folder to upload, or to zip.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPo, writeJed, writeMo } from './gettext.mjs';
import { build, install, ROOT } from './prepare.mjs';

install();
build();

const source = join(ROOT, 'cms/wordpress/omni-call');
const plugin = join(ROOT, 'cms/wordpress/dist/omni-call');
rmSync(plugin, { recursive: true, force: true });
mkdirSync(plugin, { recursive: true });
cpSync(source, plugin, { recursive: true });
cpSync(join(ROOT, 'LICENSE'), join(plugin, 'LICENSE'));
for (const file of ['omni-call.js', 'chunks']) {
  cpSync(join(ROOT, 'dist', file), join(plugin, 'assets', file), {
    recursive: true,
    filter: (path) => !path.endsWith('.map'),
  });
}
const languages = join(plugin, 'languages');
for (const file of readdirSync(languages)) {
  const name = file.replace(/\.po$/, '');
  const entries = readPo(readFileSync(join(languages, file), 'utf8'));
  writeFileSync(join(languages, `${name}.mo`), writeMo(entries));
  const script = 'omni-call-call-editor-script';
  writeFileSync(join(languages, `${name}-${script}.json`), writeJed(entries, name.replace('omni-call-', '')));
}
console.log(plugin);
