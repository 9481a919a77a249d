import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export const execute = promisify(execFile);

/** Both packages as npm would publish them, and a project that has them installed. */
export interface Packed {
  /** The tarballs. */
  readonly widget: string;
  readonly server: string;
  /** A folder in whose `node_modules` they are, with what they depend on. */
  readonly project: string;
  remove(): Promise<void>;
}

const DEPENDENCIES = [
  '@lit',
  '@lit-labs',
  '@livekit',
  '@mediapipe',
  'lit',
  'lit-html',
  'lit-element',
  'livekit-client',
  'valibot',
  'preact',
  'solid-js',
  'csstype',
  'react',
  'react-dom',
  'scheduler',
  '@types',
];

async function pack(folder: string, into: string): Promise<string> {
  const { stdout } = await execute('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  });
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  if (!packed) throw new Error(`npm packed nothing in ${folder}.`);
  return join(into, packed.filename);
}

export async function packAll(): Promise<Packed> {
  const project = await mkdtemp(join(tmpdir(), 'omni-call-pack-'));
  const modules = join(project, 'node_modules');
  const [widget, server] = [await pack(ROOT, project), await pack(join(ROOT, 'server'), project)];
  for (const [tarball, name] of [
    [widget, 'omni-call'],
    [server, 'omni-call-server'],
  ] as const) {
    await mkdir(join(modules, name), { recursive: true });
    await execute('tar', ['-xzf', tarball, '--strip-components=1', '-C', join(modules, name)]);
  }
  for (const name of DEPENDENCIES)
    await symlink(join(ROOT, 'node_modules', name), join(modules, name)).catch(ignoreMissing);
  return { widget, server, project, remove: () => rm(project, { recursive: true, force: true }) };
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
