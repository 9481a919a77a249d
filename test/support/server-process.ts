import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { killAtExit } from './kill-at-exit.js';

const MAIN = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url));

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** `omni-call-server` as a process of its own, as an operator runs it. */
export class ServerProcess {
  readonly url: string;
  readonly ended: Promise<Ended>;
  /** Its log, a line of JSON each. */
  readonly log: readonly string[];
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string, ended: Promise<Ended>, log: readonly string[]) {
    this.#child = child;
    this.url = url;
    this.ended = ended;
    this.log = log;
  }

  /** Starts it with these settings. Rejects, with what it printed, when it does not come to listen. */
  static async start(settings: Record<string, string>): Promise<ServerProcess> {
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env['PATH'], PORT: '0', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    killAtExit(child);
    const log: string[] = [];
    const ended = once(child, 'close').then((): Ended => ({ code: child.exitCode, signal: child.signalCode }));
    child.stderr.setEncoding('utf8').on('data', (text: string) => log.push(text.trimEnd()));
    const url = await new Promise<string>((resolve, reject) => {
      let rest = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        log.push(...lines);
        for (const line of lines) {
          const { msg, url } = JSON.parse(line) as { msg?: string; url?: string };
          if (msg === 'listening' && url !== undefined) resolve(url);
        }
      });
      void ended.then(({ code }) => reject(new Error(`it ended with ${code}: ${log.join('\n')}`)));
    });
    return new ServerProcess(child, url, ended, log);
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** It dies without a word. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}
