import type { Readable } from 'node:stream';
import type { Recording } from './recording.js';

/** Bytes of a file, both ends included, from 0. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Where recordings are kept: each as its file, with what is known of it beside that. */
export interface RecordingStorage {
  /** Moves the file here. Where that fails, it stays where it was. */
  put(recording: Recording, file: string): Promise<void>;
  /** Rejects where the file is gone. */
  read(id: string, range: ByteRange): Promise<Readable>;
  /** Does nothing where there is no such recording. */
  remove(id: string): Promise<void>;
  /** All that are here, as a store that forgot them has to know. */
  list(): Promise<Recording[]>;
}

// Only this code writes there: what is read back is what was written.
export const readAbout = (json: string): Recording => JSON.parse(json) as Recording;
