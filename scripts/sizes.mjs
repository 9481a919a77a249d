// What the widget weighs on the wire, brotli 11: before a call, and until one is connected.
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { init, parse } from 'es-module-lexer';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));

/** kB = 1000 bytes. */
const BUDGETS = [
  { name: 'before a call', dynamic: false, limit: 22 },
  { name: 'until connected', dynamic: true, limit: 150 },
];

/** English is the language of the source; each other one is a chunk of its own, of which a page loads one at most. */
const isLocale = (file) => /\/locale-[^/]+$/.test(file);

/** What a call needs once it is connected, or over; and what is loaded when its owner switches it on. */
const isLater = (file) => /\/(later|livekit-blur)-[^/]+$/.test(file);

function load(file, dynamic, loaded = new Set()) {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  const [imports] = parse(readFileSync(file, 'utf8'));
  for (const { type, specifier } of imports) {
    if (type === 'import-meta' || typeof specifier !== 'string' || (type === 'dynamic' && !dynamic)) continue;
    const next = resolve(dirname(file), specifier);
    if (!isLocale(next) && !isLater(next)) load(next, dynamic, loaded);
  }
  return loaded;
}

const brotli = (file) =>
  brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/** Prints the sizes. Returns the budgets that are overrun, in words. */
export async function checkSizes() {
  await init;
  const overruns = [];
  for (const { name, dynamic, limit } of BUDGETS) {
    const files = [...load(resolve(DIST, 'omni-call.js'), dynamic)];
    const sizes = files.map((file) => ({ file: relative(DIST, file), size: brotli(file) }));
    const total = sizes.reduce((sum, { size }) => sum + size, 0) / 1000;
    const verdict = `${name}: ${total.toFixed(1)} kB of ${limit} kB`;
    console.log(verdict);
    for (const { file, size } of sizes) console.log(`  ${(size / 1000).toFixed(1).padStart(6)} kB  ${file}`);
    if (total > limit) overruns.push(verdict);
  }
  return overruns;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const overruns = await checkSizes();
  if (overruns.length > 0) {
    console.error(`Over budget: ${overruns.join('; ')}`);
    process.exitCode = 1;
  }
}
