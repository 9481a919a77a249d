import type { CallRecord, EndReason } from 'omni-call/protocol';
import type { Call, Party, Time } from './call.js';

const party = ({ userId, displayName }: Party): CallRecord['caller'] => ({
  user_id: userId,
  display_name: displayName,
});

const iso = (time: Time): string => new Date(time).toISOString();
const isoOrNull = (time: Time | null): string | null => (time === null ? null : iso(time));

/** What history, API and webhooks tell of a call. Pure. */
export const recordOf = (call: Call): CallRecord => ({
  session: call.id,
  stage: call.stage,
  call_type: call.callType,
  caller: party(call.caller),
  callee: party(call.callee),
  data: call.data,
  offered_at: iso(call.offeredAt),
  answered_at: isoOrNull(call.answeredAt),
  connected_at: isoOrNull(call.connectedAt),
  ended_at: isoOrNull(call.end?.at ?? null),
  duration_ms: call.end && call.connectedAt !== null ? call.end.at - call.connectedAt : 0,
  reason: call.end?.reason ?? null,
  by: call.end?.by ?? null,
  recording: call.recording,
  recording_problem: call.recordingProblem,
});

/** Endings that leave a callee who did nothing with a call to return. */
const MISSED: ReadonlySet<EndReason> = new Set<EndReason>([
  'no-answer',
  'unreachable',
  'cancelled',
  'busy',
  'connection-lost',
  'media-failed',
]);

/** Whether the callee has missed this call. */
export const isMissed = ({ answeredAt, end }: Call): boolean =>
  answeredAt === null && end !== null && MISSED.has(end.reason);
