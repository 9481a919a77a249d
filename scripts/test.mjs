// `npm test`: everything. `node scripts/test.mjs static|unit|server|recording|pack|docs|e2e [file …]`: one part.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkTable } from './bench-table.mjs';
import { checkListings } from './listings.mjs';
import { build, install, ROOT, runTool } from './prepare.mjs';
import { checkRequirements } from './requirements.mjs';

const [only, ...files] = process.argv.slice(2);
const PARTS = {
  static: checkStatically,
  unit: testUnits,
  server: testServer,
  recording: testRecording,
  pack: testPackage,
  docs: testDocs,
  e2e: testEndToEnd,
};
if (only !== undefined && !(only in PARTS)) {
  console.error(`node scripts/test.mjs [${Object.keys(PARTS).join('|')}] [file …]`);
  process.exit(2);
}

const results = [];
const counts = mkdtempSync(join(tmpdir(), 'omni-call-tests-'));
process.on('exit', () => rmSync(counts, { recursive: true, force: true }));

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(0)} s`;

/** Runs one check or one part of the tests, and keeps what came of it. */
async function measure(name, work) {
  console.log(`\n── ${name}`);
  const since = Date.now();
  let result;
  try {
    result = (await work()) ?? { passed: 1, failed: 0, skipped: [] };
  } catch (error) {
    console.error(error.message);
    result = { passed: 0, failed: 1, skipped: [] };
  }
  for (const { name: test, reason } of result.skipped) console.log(`skipped: ${test}${reason && `: ${reason}`}`);
  console.log(`── ${name}: ${result.passed} passed, ${result.failed} failed, ${seconds(since)}`);
  results.push(result);
}

/** Runs Node with these arguments. Resolves when it has ended, in whichever way. */
const runNode = (args, env) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', reject).on('close', resolve);
  });

/** Runs a test runner that writes what ran to the file it is given. */
async function runTests(name, args, env) {
  const file = join(counts, `${name}.json`);
  const code = await runNode(args(file), { ...env, TEST_COUNTS: file });
  let count;
  try {
    count = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error(`The test runner ended with ${code} and told of no test.`);
  }
  if (count.passed + count.failed === 0) throw new Error('No test ran.');
  if (code !== 0 && count.failed === 0) count.failed = 1;
  return count;
}

function testFiles(folder) {
  if (files.length > 0) return files;
  const found = readdirSync(join(ROOT, folder), { recursive: true }).filter((file) => file.endsWith('.test.ts'));
  if (found.length === 0) throw new Error(`There is no test in ${folder}.`);
  return found.sort().map((file) => join(folder, file));
}

/** A hung file ends after this many milliseconds. */
const FILE_LIMIT = 300_000;

const runNodeTests = (name, concurrency, env) =>
  runTests(
    name,
    (file) => [
      '--import=tsx',
      '--test',
      `--test-concurrency=${concurrency}`,
      `--test-timeout=${FILE_LIMIT}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=./scripts/count-node-tests.mjs',
      `--test-reporter-destination=${file}`,
      ...testFiles(`test/${name}`),
    ],
    env,
  );

async function checkStatically() {
  await measure('types', () => runTool('typescript/bin/tsc', '-b'));
  await measure('lint', () => runTool('eslint/bin/eslint.js', '.', '--max-warnings=0'));
  await measure('format', () => runTool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'));
  await measure('manifest', () => runTool('../scripts/manifest.mjs', '--check'));
  await measure('listings in the documentation', checkListings);
  await measure('measurements in the README', checkTable);
  await measure('size', () => runTool('../scripts/sizes.mjs'));
}

async function testUnits(env) {
  const only = files.flatMap((file) => ['--files', file]);
  await measure('unit', () =>
    runTests('unit', () => ['--import=tsx', 'node_modules/@web/test-runner/dist/bin.js', ...only], env),
  );
}

async function testServer(env, livekit) {
  await livekit();
  await measure('server', () => runNodeTests('server', 2, env));
}

/** One after the other and nothing beside them: what is out of step on a busy machine says nothing of the recorder. */
async function testRecording(env, livekit) {
  await livekit();
  await measure('recording', () => runNodeTests('recording', 1, env));
}

async function testPackage(env) {
  await measure('pack', () => runNodeTests('pack', 1, env));
}

async function testDocs(env) {
  await measure('docs', () => runNodeTests('docs', 1, env));
}

async function testEndToEnd(env, livekit) {
  await livekit();
  await measure('e2e', () => runNodeTests('e2e', 1, env));
}

/** Gets LiveKit while other things run; the result is a check of its own. */
function getLivekit() {
  const script = `
    import { findLivekit } from './server/dist/livekit/find-livekit.js';
    try {
      if (!process.env.LIVEKIT_URL) await findLivekit({ env: process.env, log: console.log });
    } catch (error) {
      console.error(error.message);
      process.exitCode = 1;
    }`;
  const got = runNode(['--input-type=module', '--eval', script]);
  let told;
  return () =>
    (told ??= measure('LiveKit', async () => {
      if ((await got) !== 0)
        throw new Error('There is no LiveKit server to test with; the lines above say how to get one.');
    }));
}

install();
const { found, missing } = checkRequirements();
for (const { what, env, debian } of missing) {
  await measure(what, () => {
    const other = env ? `, or set ${env} to where it is` : '';
    throw new Error(`${what} is missing: apt-get install ${debian}${other}.`);
  });
}
await measure('build', build);
const livekit = getLivekit();
for (const [name, part] of Object.entries(PARTS)) {
  if (only === undefined || only === name) await part(found, livekit);
}

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
const skipped = results.flatMap((result) => result.skipped).length;
const failed = sum('failed');
console.log(`\n${sum('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
