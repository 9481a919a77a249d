import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Recording } from './recording.js';
import { readAbout, type ByteRange, type RecordingStorage } from './storage.js';

/** Keeps recordings in a folder of this machine. */
export class FolderStorage implements RecordingStorage {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(recording: Recording, file: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await move(file, this.#file(recording.id));
    // Last, so that whatever is listed is whole.
    const about = this.#about(recording.id);
    await writeFile(`${about}.new`, JSON.stringify(recording), { mode: 0o600 });
    await rename(`${about}.new`, about);
  }

  async read(id: string, { first, last }: ByteRange): Promise<Readable> {
    const stream = createReadStream(this.#file(id), { start: first, end: last });
    await once(stream, 'open');
    return stream;
  }

  async remove(id: string): Promise<void> {
    await rm(this.#file(id), { force: true });
    await rm(this.#about(id), { force: true });
  }

  async list(): Promise<Recording[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const abouts = names.filter((name) => name.endsWith('.json'));
    return Promise.all(abouts.map(async (name) => readAbout(await readFile(join(this.#folder, name), 'utf8'))));
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.mp4`);
  }

  #about(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    // Another file system.
    await copyFile(from, to);
    await rm(from);
  }
}
