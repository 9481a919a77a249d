// `node scripts/integrity.mjs https://cdn.example.com/omni-call/`: what a page writes to take only these very files from there.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

const hashOf = (file) => `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`;

/** The import map and the script tag, for the single script and what it loads later, all under `base`. */
export function integrityTags(base, dist = DIST) {
  const chunks = readdirSync(join(dist, 'chunks')).filter((name) => name.endsWith('.js'));
  const files = ['omni-call.js', ...chunks.sort().map((name) => `chunks/${name}`)];
  const integrity = Object.fromEntries(files.map((file) => [new URL(file, base).href, hashOf(join(dist, file))]));
  const script = new URL('omni-call.js', base).href;
  return [
    `<script type="importmap">`,
    JSON.stringify({ integrity }, null, 2),
    `</script>`,
    `<script type="module" src="${script}" integrity="${integrity[script]}" crossorigin="anonymous"></script>`,
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [base] = process.argv.slice(2);
  if (base === undefined || !URL.canParse(base) || !base.endsWith('/')) {
    console.error(
      'node scripts/integrity.mjs URL, where URL is the folder that the files are served from, with a / at its end',
    );
    process.exit(2);
  }
  console.log(integrityTags(base));
}
