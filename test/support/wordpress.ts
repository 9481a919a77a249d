import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.js';
import { killAtExit } from './kill-at-exit.js';

const execute = promisify(execFile);

/** The administrator of each such site. */
export const ADMIN = { user: 'admin', password: 'correct horse battery staple' };

export interface WordPressOptions {
  /** Folders of plugins, to be there but not active. */
  plugins: readonly string[];
  /** Files that are loaded as plugins that nobody can switch off. */
  mustUse?: readonly string[];
  /** More constants of wp-config.php. */
  constants?: Readonly<Record<string, string>>;
}

/** A real WordPress on the loopback: its own MariaDB, reached by a socket only, and PHP's own server. */
export interface WordPress {
  readonly origin: string;
  /** What PHP complained of so far. */
  complaints(): Promise<string>;
  close(): Promise<void>;
}

const program = (variable: string, name: string): string => process.env[variable] ?? name;

/** A program as root has to be told that it may run as that. */
const ownUser = process.getuid?.() === 0 ? ['--user=root'] : [];

/** Starts a program and resolves once it has said that it is ready. */
async function start(command: string, args: readonly string[], ready: string, cwd: string): Promise<ChildProcess> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  killAtExit(child);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`${command} ended with ${code}: ${said}`)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes(ready)) resolve();
    });
  });
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
}

async function startDatabase(folder: string): Promise<{ child: ChildProcess; socket: string }> {
  const data = join(folder, 'db');
  const socket = join(folder, 'db.sock');
  const args = ['--no-defaults', ...ownUser, `--datadir=${data}`];
  await execute('mariadb-install-db', [...args, '--auth-root-authentication-method=normal', '--skip-test-db']);
  // Nobody needs these data tomorrow.
  const quick = ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--skip-log-bin'];
  const own = [`--socket=${socket}`, `--pid-file=${join(folder, 'db.pid')}`, '--skip-networking'];
  const child = await start(
    program('MARIADBD_PATH', 'mariadbd'),
    [...args, ...own, ...quick],
    'ready for connections',
    folder,
  );
  return { child, socket };
}

const phpText = (value: string): string => `'${value.replace(/[\\']/g, '\\$&')}'`;

const config = (constants: Readonly<Record<string, string | boolean>>): string => `<?php
${Object.entries(constants)
  .map(([name, value]) => `define( '${name}', ${typeof value === 'string' ? phpText(value) : value} );`)
  .join('\n')}
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) define( 'ABSPATH', __DIR__ . '/' );
require ABSPATH . 'wp-settings.php';
`;

/** Run by PHP on the command line. Nobody is to be sent a letter. */
const INSTALL = `<?php
[ , $root, $socket, $user, $password ] = $argv;
( new mysqli( null, 'root', '', null, 0, $socket ) )->query( 'CREATE DATABASE wordpress' );
define( 'WP_INSTALLING', true );
require "$root/wp-load.php";
function wp_new_blog_notification() {}
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install( 'A site', $user, 'admin@example.com', true, '', $password );
switch_theme( 'twentytwentythree' );
`;

export async function startWordPress({ plugins, mustUse = [], constants }: WordPressOptions): Promise<WordPress> {
  const folder = await mkdtemp(join(tmpdir(), 'omni-call-wp-'));
  const children: ChildProcess[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(children.map(stop));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const root = join(folder, 'site');
    const php = program('PHP_PATH', 'php');
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const log = join(folder, 'php.log');
    // Debian has some of its scripts elsewhere, by links.
    const copied = execute('cp', ['-rL', program('WORDPRESS_PATH', '/usr/share/wordpress'), root]);
    const { child, socket } = await startDatabase(folder);
    children.push(child);
    await copied;
    await rm(join(root, 'wp-config.php'));
    await writeFile(
      join(root, 'wp-config.php'),
      config({
        DB_NAME: 'wordpress',
        DB_USER: 'root',
        DB_PASSWORD: '',
        DB_HOST: `localhost:${socket}`,
        DB_CHARSET: 'utf8mb4',
        WP_HOME: origin,
        WP_SITEURL: origin,
        // It asks nobody outside for anything, and itself neither: PHP's server takes one request at a time.
        WP_HTTP_BLOCK_EXTERNAL: true,
        AUTOMATIC_UPDATER_DISABLED: true,
        DISABLE_WP_CRON: true,
        WP_DEBUG: true,
        WP_DEBUG_DISPLAY: false,
        WP_DEBUG_LOG: log,
        ...constants,
      }),
    );
    for (const plugin of plugins) {
      await cp(plugin, join(root, 'wp-content/plugins', plugin.split('/').at(-1) ?? ''), { recursive: true });
    }
    await mkdir(join(root, 'wp-content/mu-plugins'));
    for (const file of mustUse) await cp(file, join(root, 'wp-content/mu-plugins', file.split('/').at(-1) ?? ''));
    await writeFile(join(folder, 'install.php'), INSTALL);
    await execute(php, [join(folder, 'install.php'), root, socket, ADMIN.user, ADMIN.password]);
    children.push(await start(php, ['-S', `127.0.0.1:${port}`, '-t', root], 'started', root));
    return { origin, complaints: () => readFile(log, 'utf8').catch(() => ''), close };
  } catch (error) {
    await close();
    throw error;
  }
}
