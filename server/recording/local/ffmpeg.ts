import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import type { RecordingFailure } from '../recorder.js';

/** What ffmpeg could not do, sorted into what a recording ends with. */
export class EncodingFailed extends Error {
  override readonly name = 'EncodingFailed';

  constructor(
    readonly reason: RecordingFailure,
    detail: string,
  ) {
    super(detail);
  }
}

/** No more of its complaints is kept. */
const LAST_WORDS = 2000;

export interface Ffmpeg {
  readonly process: ChildProcess;
  /** Rejects with an {@link EncodingFailed}. */
  readonly ended: Promise<void>;
}

/** Runs the `ffmpeg` of the PATH. Its third stream, what it complains of, is read here. */
export function startFfmpeg(args: readonly string[], options: { stdio: StdioOptions; cwd?: string }): Ffmpeg {
  const child = spawn('ffmpeg', ['-hide_banner', '-nostdin', '-v', 'error', ...args], options);
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-LAST_WORDS)));
  const ended = once(child, 'close').then(
    ([code, signal]: unknown[]) => {
      if (code !== 0) throw failureOf(words.trim(), signal);
    },
    (cause: Error) => {
      throw new EncodingFailed('media', `ffmpeg could not be run: ${cause.message}`);
    },
  );
  return { process: child, ended };
}

function failureOf(words: string, signal: unknown): EncodingFailed {
  if (/No space left|Disk quota exceeded/i.test(words)) return new EncodingFailed('disk-full', words);
  if (signal) return new EncodingFailed('crashed', `ffmpeg was ended by ${String(signal)}`);
  return new EncodingFailed('media', words || 'ffmpeg gave up without a word');
}

/** Runs it to its end. Resolves with what it wrote to its output. */
export async function runFfmpeg(args: readonly string[], cwd = '.'): Promise<Buffer> {
  const { process, ended } = startFfmpeg(args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output] = await Promise.all([process.stdout ? buffer(process.stdout) : Buffer.alloc(0), ended]);
  return output;
}
