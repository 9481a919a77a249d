import { setPriority } from 'node:os';
import type { RecorderEvent, RecordingJob } from '../recorder.js';
import type { RecorderCommand } from './messages.js';
import { Recording } from './recording.js';

// The process that records one call. It is told what to do by the call server, and by nothing else.

/** The clock that WebRTC stamps its pictures with. */
const now = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;

const tell = (event: RecorderEvent): Promise<void> =>
  new Promise((resolve) => process.send?.(event, () => void resolve()) ?? resolve());

let recording: Recording | null = null;

async function start(job: RecordingJob): Promise<void> {
  const told: Promise<void>[] = [];
  recording = new Recording({ job, now, onEvent: (event) => void told.push(tell(event)) });
  await recording.run();
  await Promise.all(told);
  process.exit();
}

function follow(command: RecorderCommand): void {
  if (command.do === 'start') void start(command.job);
  else if (command.do === 'move') recording?.move(command.room);
  else recording?.[command.do]();
}

/** Signalling and the calls themselves come first; but a recorder that starves is of no use. */
const NICENESS = 5;

setPriority(NICENESS);
process.umask(0o077);
process.on('message', follow);
// Nobody is left to know of the file.
process.on('disconnect', () => void Promise.resolve(recording?.abandon()).finally(() => process.exit(1)));
