import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EncodingFailed, runFfmpeg } from './ffmpeg.js';

/** What the recorder uses of ffmpeg, and the question that its answer is in. */
const NEEDED = [
  { what: 'libx264', list: '-encoders' },
  { what: 'aac', list: '-encoders' },
  { what: 'subtitles', list: '-filters' },
] as const;

/** What this machine lacks for recording, in words for whoever starts the server; null when all is there. */
export async function lackForRecording(): Promise<string | null> {
  return (await lackOfFfmpeg()) ?? (await lackOfWebrtc());
}

async function lackOfFfmpeg(): Promise<string | null> {
  const lists = new Map<string, string>();
  try {
    for (const list of ['-encoders', '-filters']) lists.set(list, String(await runFfmpeg([list])));
  } catch (error) {
    if (!(error instanceof EncodingFailed)) throw error;
    return `ffmpeg on the PATH, which Debian has by "apt-get install ffmpeg" (${error.message})`;
  }
  const missing = NEEDED.filter(({ what, list }) => !new RegExp(`\\s${what}\\s`).test(lists.get(list) ?? ''));
  if (missing.length === 0) return null;
  return `an ffmpeg that was built with ${missing.map(({ what }) => what).join(', ')}`;
}

/** Tried in another process: the native library is not for the call server to hold. */
async function lackOfWebrtc(): Promise<string | null> {
  const script = ['--input-type=module', '--eval', 'import "@livekit/rtc-node"; process.exit()'];
  try {
    await promisify(execFile)(process.execPath, script, { cwd: fileURLToPath(new URL('.', import.meta.url)) });
    return null;
  } catch {
    return '@livekit/rtc-node with its native library, which npm has for Linux (glibc), macOS and Windows';
  }
}
