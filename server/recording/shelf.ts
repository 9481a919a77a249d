import type { Readable } from 'node:stream';
import type { Time } from '../core/call.js';
import type { Store } from '../store/store.js';
import type { Recording } from './recording.js';
import type { ByteRange, RecordingStorage } from './storage.js';

export interface RecordingShelfOptions {
  storage: RecordingStorage;
  store: Pick<Store, 'putRecording' | 'recording' | 'recordings' | 'dropRecording'>;
  now: () => Time;
  /** Milliseconds for which a recording is kept; null: until it is deleted. */
  keepFor: number | null;
  /** Between attempts to put a file away, in milliseconds; one attempt more than there are waits. */
  retryAfter: readonly number[];
  wait: (ms: number) => Promise<void>;
  onDeleted: (id: string) => Promise<void>;
}

/** Recordings that expire at a time. */
const CHUNK = 100;

/** The finished recordings: the files in their storage, and the store that knows of them. */
export class RecordingShelf {
  readonly #options: RecordingShelfOptions;

  constructor(options: RecordingShelfOptions) {
    this.#options = options;
  }

  /** Makes known again what the store has forgotten. */
  async restore(): Promise<void> {
    const { storage, store } = this.#options;
    for (const recording of await storage.list()) {
      if (!(await store.recording(recording.id))) await store.putRecording(recording);
    }
  }

  /** Takes the file over. Where that fails for good, the file stays where it was. */
  async put(recording: Recording, file: string): Promise<void> {
    const { storage, store, retryAfter, wait } = this.#options;
    const waits = [...retryAfter];
    for (;;) {
      try {
        await storage.put(recording, file);
        break;
      } catch (error) {
        const ms = waits.shift();
        if (ms === undefined) throw error;
        await wait(ms);
      }
    }
    await store.putRecording(recording);
  }

  find(id: string): Promise<Recording | null> {
    return this.#options.store.recording(id);
  }

  /** Those begun before that time, newest first. */
  list(before: Time, offset: number, limit: number): Promise<Recording[]> {
    return this.#options.store.recordings(before, offset, limit);
  }

  read(id: string, range: ByteRange): Promise<Readable> {
    return this.#options.storage.read(id, range);
  }

  /** False when there is no such recording. */
  async remove(id: string): Promise<boolean> {
    const { storage, store, onDeleted } = this.#options;
    if (!(await store.recording(id))) return false;
    // The file first: what fails here is still listed, and can be deleted again.
    await storage.remove(id);
    if (!(await store.dropRecording(id))) return false;
    await onDeleted(id);
    return true;
  }

  /** Deletes what was kept long enough. */
  async expire(): Promise<void> {
    const { store, now, keepFor } = this.#options;
    if (keepFor === null) return;
    for (;;) {
      const old = await store.recordings(now() - keepFor, 0, CHUNK);
      for (const { id } of old) await this.remove(id);
      if (old.length < CHUNK) return;
    }
  }
}
