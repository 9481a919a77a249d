import type { CallStage, CallType, EndReason, Json, RecordingProblem, RecordingState } from './call.js';

/** A call as the history, the API and the webhooks tell of it. Times are ISO 8601, in UTC. */
export interface CallRecord {
  /** The call's id. */
  session: string;
  stage: CallStage;
  call_type: CallType;
  caller: CallRecordParty;
  callee: CallRecordParty;
  data: Json;
  offered_at: string;
  answered_at: string | null;
  connected_at: string | null;
  ended_at: string | null;
  /** Milliseconds from connected to ended; 0 for a call that never connected, or is not over. */
  duration_ms: number;
  reason: EndReason | null;
  /** The user id of whoever ended it, or `server`. */
  by: string | null;
  recording: RecordingState;
  /** Why the recording failed. */
  recording_problem: RecordingProblem | null;
}

export interface CallRecordParty {
  user_id: string;
  display_name: string | null;
}
