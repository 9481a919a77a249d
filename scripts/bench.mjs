// `npm run bench`: all benchmarks. `npm run bench -- NAME …`: these. Each installs the peers that it needs.
import { spawnSync } from 'node:child_process';
import { build, install, run } from './prepare.mjs';
import { checkRequirements } from './requirements.mjs';

/** In this order: what loads the machine most comes last. */
const NAMES = ['weight', 'first-frame', 'far-frame', 'in-call', 'recording', 'server', 'ring'];
/** The Debian packages of what is measured that are not on npm. */
const PEERS = { 'first-frame': ['janus'], 'far-frame': ['janus'], recording: ['ffmpeg'] };

const isThere = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;

function installPeers(name) {
  for (const peer of (PEERS[name] ?? []).filter((command) => !isThere(command))) {
    console.log(`Installing ${peer} …`);
    run('apt-get', ['install', '-y', '--no-install-recommends', peer]);
  }
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !NAMES.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${NAMES.join(', ')}.`);
  process.exit(2);
}

install();
build();
const { found, missing } = checkRequirements();
const chromium = missing.find(({ env }) => env === 'CHROMIUM_PATH');
if (chromium) {
  console.error(`chromium is missing: apt-get install ${chromium.debian}, or set ${chromium.env} to where it is.`);
  process.exit(1);
}

const failed = [];
for (const name of asked.length > 0 ? asked : NAMES) {
  console.log(`\n── ${name}`);
  try {
    installPeers(name);
    run(process.execPath, ['--expose-gc', '--import=tsx', 'bench/run.ts', name], { env: { ...process.env, ...found } });
  } catch (error) {
    console.error(error.message);
    failed.push(name);
  }
}
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
