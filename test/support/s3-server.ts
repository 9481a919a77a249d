import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { S3Options } from '../../server/recording/s3-storage.js';
import { freePort } from './free-port.js';
import { killAtExit } from './kill-at-exit.js';

const VERSION = '1.8.0';
const BUCKET = 'calls';
/** Milliseconds. */
const START_LIMIT = 20_000;

/** The path of a versitygw: kept in the user's cache, and built with Go where it is not there yet (a minute). */
async function findGateway(): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'omni-call');
  const kept = join(cache, `versitygw-v${VERSION}`);
  if (existsSync(kept)) return kept;
  await mkdir(cache, { recursive: true });
  const into = await mkdtemp(join(cache, '.new-'));
  try {
    console.log(`Building versitygw ${VERSION} with Go, once …`);
    const go = spawn('go', ['install', `github.com/versity/versitygw/cmd/versitygw@v${VERSION}`], {
      env: { ...process.env, GOBIN: into },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    killAtExit(go);
    let said = '';
    go.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
    const [code] = (await once(go, 'close')) as [number | null];
    if (code !== 0) throw new Error(`go install ended with ${code}: ${said}`);
    await rename(join(into, 'versitygw'), kept);
  } finally {
    await rm(into, { recursive: true, force: true });
  }
  return kept;
}

/** A real S3 server on the loopback, over a folder that goes with it. */
export class S3Server {
  readonly options: S3Options;
  readonly #stop: () => Promise<void>;

  private constructor(options: S3Options, stop: () => Promise<void>) {
    this.options = options;
    this.#stop = stop;
  }

  /** With a bucket, and a folder named in it. */
  static async start(): Promise<S3Server> {
    const gateway = await findGateway();
    const folder = await mkdtemp(join(tmpdir(), 'omni-call-s3-'));
    await mkdir(join(folder, BUCKET));
    const port = await freePort();
    const [accessKeyId, secretAccessKey] = ['key-of-tests', 'secret-of-tests'];
    const child = spawn(gateway, ['--port', `127.0.0.1:${port}`, 'posix', folder], {
      env: { ...process.env, ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    killAtExit(child);
    const stop = async (): Promise<void> => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
      await rm(folder, { recursive: true, force: true });
    };
    const origin = `http://127.0.0.1:${port}`;
    for (const end = Date.now() + START_LIMIT; ; await wait(50)) {
      // Whatever it answers, it answers.
      if (await fetch(origin).catch(() => null)) break;
      if (Date.now() < end && child.exitCode === null) continue;
      await stop();
      throw new Error('versitygw did not start.');
    }
    return new S3Server({ url: `${origin}/${BUCKET}/recordings/of calls`, accessKeyId, secretAccessKey }, stop);
  }

  close(): Promise<void> {
    return this.#stop();
  }
}
