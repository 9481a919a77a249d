import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CALL_TYPE, type CallType } from 'omni-call/protocol';
import { LocalRecorder } from '../../server/recording/local/local-recorder.js';
import type { RecordingTask } from '../../server/recording/recorder.js';
import { startRooms, type Rooms } from '../../test/support/recording/rooms.js';
import { familyOf } from '../../test/support/processes.js';
import type { Measurement } from '../support/figures.js';
import { usedByFamilies } from '../support/usage.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
/** Milliseconds from its first word. */
const SETTLES_IN = 4_000;
/** Milliseconds. */
const MEASURED_FOR = 10_000;
/** What a camera sends by default. */
const SIZE = { width: 1280, height: 720 };

interface Used {
  /** Percent of a core. */
  cpu: number;
  /** Megabytes. */
  memory: number;
  /** Megabytes an hour. */
  file: number;
  /** Milliseconds from being asked to the first recorded moment. */
  begins: number;
}

/** Records one call, and tells what the process of the recorder and its ffmpeg used meanwhile. */
async function recordCall(rooms: Rooms, kind: CallType, folder: string): Promise<Used> {
  const room = await rooms.make();
  const picture = kind === CALL_TYPE.VIDEO_CALL ? SIZE : null;
  const people = await Promise.all([
    rooms.join(room, 'caller', { tone: 440, picture }),
    rooms.join(room, 'callee', { tone: 880, picture }),
  ]);
  const file = join(folder, `${kind}.mp4`);
  const parties = [
    { identity: 'caller', name: 'Caller' },
    { identity: 'callee', name: 'Callee' },
  ] as const;
  const access = await rooms.access(room);
  const others = new Set(familyOf([process.pid]));
  const asked = performance.now();
  let task: RecordingTask | undefined;
  await new Promise<void>((resolve, reject) => {
    const job = { kind, file, parties, ...access };
    task = new LocalRecorder({ limit: 1 }).start(job, (event) => {
      if (event.type === 'started') resolve();
      if (event.type === 'failed') reject(new Error(event.detail));
    });
  });
  const begins = performance.now() - asked;
  await wait(SETTLES_IN);
  const recorder = familyOf([process.pid])
    .filter((pid) => !others.has(pid))
    .map(Number);
  const before = usedByFamilies(recorder);
  await wait(MEASURED_FOR);
  const after = usedByFamilies(recorder);
  await task?.stop();
  await Promise.all(people.map((person) => person.leave()));
  const seconds = (SETTLES_IN + MEASURED_FOR) / 1000;
  return {
    cpu: ((after.cpu - before.cpu) / MEASURED_FOR) * 100,
    memory: after.memory,
    file: ((await stat(file)).size / 1e6 / seconds) * 3600,
    begins,
  };
}

export async function measure(): Promise<Measurement> {
  const rooms = await startRooms();
  const folder = await mkdtemp(join(tmpdir(), 'omni-call-bench-'));
  const used: Record<CallType, Used[]> = { videocall: [], audiocall: [] };
  try {
    for (let round = 0; round < ROUNDS; round++)
      for (const kind of Object.values(CALL_TYPE)) used[kind].push(await recordCall(rooms, kind, folder));
  } finally {
    await rooms.close();
    await rm(folder, { recursive: true, force: true });
  }
  const figure = (what: string, unit: string, kind: CallType, key: keyof Used, atMost?: number) => ({
    what: `${what} of one recorded ${kind === CALL_TYPE.VIDEO_CALL ? 'video' : 'voice'} call`,
    unit,
    ours: used[kind].map((value) => value[key]),
    ...(atMost !== undefined && { atMost }),
  });
  return {
    compared:
      `The recorder’s process and its ffmpeg, ${MEASURED_FOR / 1000} s of a call in which each side sends ` +
      `${SIZE.width}×${SIZE.height} at 25 pictures a second, or only a tone.`,
    figures: [
      figure('processor', '% of a core', 'videocall', 'cpu'),
      figure('memory', 'MB', 'videocall', 'memory'),
      figure('processor', '% of a core', 'audiocall', 'cpu'),
      figure('memory', 'MB', 'audiocall', 'memory'),
      figure('start', 'ms', 'videocall', 'begins'),
    ],
  };
}
