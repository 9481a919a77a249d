import type { RecordedRoom, RecordingJob } from '../recorder.js';

/** What the call server tells the process of a recorder. The answers are events of the recorder. */
export type RecorderCommand =
  | { do: 'start'; job: RecordingJob }
  | { do: 'pause' }
  | { do: 'resume' }
  | { do: 'move'; room: RecordedRoom }
  | { do: 'stop' };
