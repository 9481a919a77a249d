import type { CallType } from 'omni-call/protocol';
import type { Call, Party, Time } from '../core/call.js';

/** One side of a recorded call. */
export type RecordedPerson = Pick<Party, 'userId' | 'displayName'>;

/** A recording that was put away: one MP4 file of one call. What becomes of it until then, the call tells. */
export interface Recording {
  /** That of the call. */
  readonly id: string;
  readonly callType: CallType;
  readonly caller: RecordedPerson;
  readonly callee: RecordedPerson;
  readonly startedAt: Time;
  readonly storedAt: Time;
  readonly durationMs: number;
  readonly bytes: number;
}

const personOf = ({ userId, displayName }: Party): RecordedPerson => ({ userId, displayName });

export const recordingOf = (
  call: Call,
  about: Pick<Recording, 'startedAt' | 'storedAt' | 'durationMs' | 'bytes'>,
): Recording => ({
  id: call.id,
  callType: call.callType,
  caller: personOf(call.caller),
  callee: personOf(call.callee),
  ...about,
});

export const isOf = ({ caller, callee }: Recording, userId: string): boolean =>
  caller.userId === userId || callee.userId === userId;
