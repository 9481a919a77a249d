// `npm run docs`: writes the documentation as a site into docs/dist, or into the folder that is named.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { install, ROOT } from './prepare.mjs';

install();
// What was just installed can only be imported now.
const { buildSite } = await import('./docs/build-site.mjs');
const folder = resolve(ROOT, process.argv[2] ?? 'docs/dist');
try {
  const pages = buildSite(folder);
  console.log(`${pages.length} pages: ${pathToFileURL(join(folder, 'index.html')).href}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
