import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { startRooms, type Rooms } from './rooms.js';

/** Where the tests of a file record. */
export interface RecordingBench {
  readonly rooms: Rooms;
  /** For what is recorded. */
  readonly folder: string;
}

/** There once the tests of the file run, and gone after them. */
export function recordingBench(): RecordingBench {
  const bench: { -readonly [Key in keyof RecordingBench]?: RecordingBench[Key] } = {};
  before(async () => {
    bench.rooms = await startRooms();
    bench.folder = await mkdtemp(join(tmpdir(), 'omni-call-recording-'));
  });
  after(async () => {
    await bench.rooms?.close();
    if (bench.folder) await rm(bench.folder, { recursive: true, force: true });
  });
  // Before its hook nothing asks for them.
  return bench as RecordingBench;
}
