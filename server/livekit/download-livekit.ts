import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface DownloadOptions {
  version: string;
  /** An empty folder for the result. */
  into: string;
  log: (line: string) => void;
  /** Default: LiveKit's releases on GitHub. */
  releases?: string | undefined;
}

const RELEASES = 'https://github.com/livekit/livekit/releases/download';
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64', arm: 'armv7' };
/** Milliseconds for one file. */
const LIMIT = 300_000;

/** Gets `livekit-server` from LiveKit's release page, checked against the published checksums. Resolves with its path. */
export async function downloadLivekit({ version, into, log, releases = RELEASES }: DownloadOptions): Promise<string> {
  const name = archiveName(version);
  log(`Downloading LiveKit ${version}, once: ${name}`);
  const [archive, checksums] = await Promise.all([
    get(`${releases}/v${version}/${name}`),
    get(`${releases}/v${version}/checksums.txt`),
  ]);
  const published = checksums
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, file]) => file === name)?.[0];
  if (!published) throw new Error(`checksums.txt does not name ${name}.`);
  const actual = createHash('sha256').update(archive).digest('hex');
  if (actual !== published) throw new Error(`${name} has the SHA-256 ${actual}, and ${published} is published.`);

  const file = join(into, name);
  await writeFile(file, archive);
  // `tar` is part of Linux and of Windows, where it unpacks .zip too.
  await promisify(execFile)('tar', ['-xf', file, '-C', into]);
  return join(into, process.platform === 'win32' ? 'livekit-server.exe' : 'livekit-server');
}

function archiveName(version: string): string {
  const architecture = ARCHITECTURES[process.arch];
  if (architecture && process.platform === 'linux') return `livekit_${version}_linux_${architecture}.tar.gz`;
  if (architecture && process.platform === 'win32') return `livekit_${version}_windows_${architecture}.zip`;
  throw new Error(`LiveKit publishes no release for ${process.platform} on ${process.arch}.`);
}

async function get(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(LIMIT) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return Buffer.from(await response.arrayBuffer());
}
