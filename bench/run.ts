import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lineOf, type Measurement } from './support/figures.js';
import { describeMachine } from './support/machine.js';

// `node --import=tsx bench/run.ts NAME`: measures, prints, and keeps the raw values. `npm run bench` is the way in.
const [name = ''] = process.argv.slice(2);
const { measure } = (await import(`./${name}/${name}.js`)) as { measure: () => Promise<Measurement> };

const begun = Date.now();
const { compared, figures } = await measure();
console.log(compared);
for (const figure of figures) console.log(`  ${lineOf(figure)}`);

const rounded = (values: readonly number[]): number[] => values.map((value) => Number(value.toPrecision(4)));
const date = new Date(begun).toISOString().slice(0, 10);
const folder = fileURLToPath(new URL('results/', import.meta.url));
mkdirSync(folder, { recursive: true });
writeFileSync(
  `${folder}${name}-${date}.json`,
  `${JSON.stringify(
    {
      name,
      date,
      seconds: Math.round((Date.now() - begun) / 1000),
      machine: describeMachine(),
      compared,
      figures: figures.map(({ ours, peer, ...figure }) => ({
        ...figure,
        ours: rounded(ours),
        ...(peer && { peer: { ...peer, values: rounded(peer.values) } }),
      })),
    },
    null,
    1,
  )}\n`,
);
process.exit(0);
