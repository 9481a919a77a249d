import type { RecordingState, RecordingWish } from 'omni-call/protocol';
import type { Call, Role } from './call.js';
import type { RecordingReport } from './call-events.js';

/*
 * What becomes of an offer to be recorded. A recorder starts once both are in the room, and then the state changes only
 * by what the recorder tells: whoever asks for a pause sees one when there is one.
 *
 *   off ──offered with `record`──► requested ──the recorder has started──► recording ◄────► paused
 *                                   │   │                                     │               │
 *       answered without it, or     │   │ stopped by the caller, or the       │ stopped by one of the two,
 *       stopped by the callee       │   │ call ended before that              │ or the call ended
 *                                   ▼   ▼                                     ▼               ▼
 *                             declined  off                                stopped ──► ready ──► deleted
 *
 *   `failed` from requested, recording, paused and stopped. The call goes on all the same.
 */

/** From which states a report leads on. One that is late or repeated finds the recording elsewhere. */
const REPORTS: Readonly<Record<RecordingReport, readonly RecordingState[]>> = {
  recording: ['requested', 'paused'],
  paused: ['recording'],
  stopped: ['recording', 'paused'],
  ready: ['stopped'],
  deleted: ['ready'],
  failed: ['requested', 'recording', 'paused', 'stopped'],
};

export const isReport = (report: RecordingReport, of: RecordingState): boolean => REPORTS[report].includes(of);

/** Without a call there is nothing to record; what there is of it is put away. */
export const recordingAtTheEnd = (state: RecordingState): RecordingState =>
  state === 'requested' ? 'off' : state === 'recording' || state === 'paused' ? 'stopped' : state;

/** What the wish of one side changes; null: nothing. `none`: there is no recording to wish anything of. */
export function recordingWished(call: Call, by: Role, wish: RecordingWish): Partial<Call> | null | 'none' {
  switch (call.recording) {
    case 'requested':
      if (wish === 'off') return { recording: by === 'caller' ? 'off' : 'declined' };
      break;
    case 'recording':
    case 'paused':
      // What is being stopped is not taken up again.
      if (call.recordingWish === 'off') return null;
      break;
    default:
      return 'none';
  }
  return call.recordingWish === wish ? null : { recordingWish: wish };
}
