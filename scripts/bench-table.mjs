// Writes the figures of bench/results into the README's table. `--check`: only says whether it is up to date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './prepare.mjs';

const README = join(ROOT, 'README.md');
const RESULTS = join(ROOT, 'bench/results');
const TABLE = /(<!-- measured -->\n)[\s\S]*?(<!-- \/measured -->)/;

const sorted = (values) => [...values].sort((a, b) => a - b);
const quantile = (values, share) => sorted(values)[Math.max(0, Math.ceil(share * values.length) - 1)];
const median = (values) => (quantile(values, 0.5) + sorted(values)[values.length >> 1]) / 2;
const short = (value) => String(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

/** The newest result of each benchmark: their files end in the date. */
function newestResults() {
  const files = readdirSync(RESULTS)
    .filter((file) => file.endsWith('.json'))
    .sort();
  const newest = new Map(files.map((file) => [file.replace(/-\d{4}-\d{2}-\d{2}\.json$/, ''), file]));
  return [...newest.values()].map((file) => JSON.parse(readFileSync(join(RESULTS, file), 'utf8')));
}

function row({ what, unit, ours, peer, atMost, at }) {
  const pick = (values) => (at === 'p99' ? quantile(values, 0.99) : median(values));
  const told = (values) => `${short(pick(values))} ${unit}`.trim();
  const held = peer ? pick(ours) / pick(peer.values) : pick(ours);
  const limit = atMost === undefined ? '' : `${atMost}${peer ? ' ×' : ` ${unit}`}`.trim();
  const verdict = atMost === undefined || held <= atMost ? '' : ' (missed)';
  return `| ${what} | ${told(ours)} | ${peer ? `${peer.name}: ${told(peer.values)}` : ''} | ${peer ? `${held.toFixed(2)} ×` : ''} | ${limit}${verdict} |`;
}

function table() {
  const results = newestResults();
  const machines = results.map(({ machine: { cores, model, os, node, chromium } }) =>
    [`${cores} cores of ${model}`, os, `Node ${node.slice(1)}`, `Chromium ${chromium}`].join(', '),
  );
  const dates = sorted(results.map(({ date }) => Date.parse(date))).map((date) =>
    new Date(date).toISOString().slice(0, 10),
  );
  return [
    `Medians, on ${[...new Set(machines)].join('; ')}, ${[...new Set([dates[0], dates.at(-1)])].join(' to ')}. \`npm run bench\` measures anew, peers in the same run; the raw values are in [bench/results](bench/results).`,
    '',
    '| | omni-call | beside it | ratio | at most |',
    '|---|---|---|---|---|',
    ...results.flatMap(({ figures }) => figures.map(row)),
    '',
  ].join('\n');
}

/** Throws when the README does not show the newest results. */
export function checkTable() {
  const shown = readFileSync(README, 'utf8');
  if (shown !== withTable(shown)) throw new Error('The README’s table is stale: node scripts/bench-table.mjs');
}

const withTable = (text) => {
  if (!TABLE.test(text)) throw new Error('The README has no place for the table of measurements.');
  return text.replace(TABLE, (_, begin, end) => `${begin}\n${table()}\n${end}`);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--check')) checkTable();
  else writeFileSync(README, withTable(readFileSync(README, 'utf8')));
}
