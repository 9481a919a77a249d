// What must be there before anything else can run: the packages, and the built widget and server.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const SOURCES = ['src', 'server', 'rollup.config.mjs', 'tsconfig.base.json', 'package-lock.json'];
const NOT_SOURCES = new Set(['dist', 'node_modules']);

/** Milliseconds of the last change; 0 when there is no such file. */
const changedAt = (path) => statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

function newestIn(path) {
  if (!statSync(join(ROOT, path)).isDirectory()) return changedAt(path);
  const inside = readdirSync(join(ROOT, path)).filter((name) => !NOT_SOURCES.has(name));
  return Math.max(changedAt(path), ...inside.map((name) => newestIn(join(path, name))));
}

/** Runs a command to its end, its output shown. Throws when it fails. */
export function run(command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} failed (${signal ?? status}).`);
}

/** The command-line program of an installed package. */
export const runTool = (path, ...args) => run(process.execPath, [join(ROOT, 'node_modules', path), ...args]);

export function install() {
  const lock = changedAt('package-lock.json');
  const installed = changedAt('node_modules/.package-lock.json');
  if (installed > 0 && installed >= lock) return;
  console.log('Installing packages …');
  const how = lock > 0 ? 'ci' : 'install';
  run('npm', [how, '--include=dev', '--no-audit', '--no-fund'], { shell: process.platform === 'win32' });
}

export function build() {
  // The last step of a build writes this file, changed or not.
  const built = changedAt('server/dist/index.js') && changedAt('dist/omni-call.js');
  if (built > Math.max(...SOURCES.map(newestIn))) return;
  console.log('Building …');
  runTool('typescript/bin/tsc', '-b', 'src', 'server');
  runTool('rollup/dist/bin/rollup', '-c', '--silent');
}
