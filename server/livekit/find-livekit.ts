import { constants } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { buildLivekit } from './build-livekit.js';
import { downloadLivekit } from './download-livekit.js';

/** The version that is built or downloaded, and that the tests run with. */
export const LIVEKIT_VERSION = '1.13.5';

export interface FindLivekitOptions {
  env: Readonly<NodeJS.ProcessEnv>;
  /** Told what takes long, a line at a time. */
  log: (line: string) => void;
  /** Where LiveKit's releases are. Default: its page on GitHub. */
  releases?: string;
}

const EXE = process.platform === 'win32' ? '.exe' : '';

const WAYS = `There is no LiveKit server. One of these gets one:
  1. Put livekit-server on the PATH: https://docs.livekit.io/home/self-hosting/local/
  2. Install Go (https://go.dev/dl/): then LiveKit is built from source, once.
  3. Use one that runs already: set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET.`;

/**
 * The path of a `livekit-server`: the one on the PATH, else the one kept in the user's cache folder, which is
 * first built with Go or, failing that, downloaded. Rejects with the ways to get one, and why these failed as `cause`.
 */
export async function findLivekit({ env, log, releases }: FindLivekitOptions): Promise<string> {
  const installed = await onPath('livekit-server', env);
  if (installed) return installed;

  const folder = cacheFolder(env);
  const cached = join(folder, `livekit-server-v${LIVEKIT_VERSION}${EXE}`);
  if (await isExecutable(cached)) return cached;

  const failures: unknown[] = [];
  const go = await onPath('go', env);
  if (go) {
    try {
      return await keep(cached, folder, (into) => buildLivekit({ go, version: LIVEKIT_VERSION, into, env, log }));
    } catch (error) {
      failures.push(error);
      log(`LiveKit could not be built: ${messageOf(error)}`);
    }
  }
  try {
    return await keep(cached, folder, (into) => downloadLivekit({ version: LIVEKIT_VERSION, into, log, releases }));
  } catch (error) {
    failures.push(error);
    log(`LiveKit could not be downloaded: ${messageOf(error)}`);
  }
  throw new Error(WAYS, { cause: new AggregateError(failures) });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function cacheFolder(env: Readonly<NodeJS.ProcessEnv>): string {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'omni-call');
}

/** Makes a file in a folder of its own and moves it in place whole, so that two makers at once cannot spoil it. */
async function keep(cached: string, folder: string, make: (into: string) => Promise<string>): Promise<string> {
  await mkdir(folder, { recursive: true });
  const into = await mkdtemp(join(folder, '.new-'));
  try {
    const made = await make(into);
    await chmod(made, 0o755);
    await rename(made, cached);
  } finally {
    await rm(into, { recursive: true, force: true });
  }
  return cached;
}

async function onPath(command: string, env: Readonly<NodeJS.ProcessEnv>): Promise<string | null> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const file = join(folder, command + EXE);
    if (await isExecutable(file)) return file;
  }
  return null;
}

const isExecutable = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
