import { Type, type Static, type TSchema } from '@sinclair/typebox';
import {
  CALL_TYPE,
  END_REASONS,
  ERROR_CODES,
  LIMITS,
  RECORDING_PROBLEMS,
  RECORDING_STATES,
  SESSION_STATE,
} from 'omni-call/protocol';
import { LINK_FOR_S } from '../recording/links.js';

/*
 * What the API takes and gives. The same objects check the requests, shape the answers and make the OpenAPI document.
 */

const oneOf = <const Values extends readonly string[]>(values: Values, description?: string) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: [...values], ...(description && { description }) });
const orNull = <Schema extends TSchema>(schema: Schema) =>
  Type.Unsafe<Static<Schema> | null>({ anyOf: [schema, { type: 'null' }] });

const userId = Type.String({ minLength: 1, maxLength: LIMITS.userId });
const time = Type.String({ format: 'date-time' });
const callId = Type.String({ minLength: 1, maxLength: 64 });

export const callTypes = [CALL_TYPE.VIDEO_CALL, CALL_TYPE.AUDIO_CALL] as const;
export const stages = ['ringing', 'connecting', 'connected', 'ended'] as const;

const party = Type.Object({ user_id: userId, display_name: orNull(Type.String()) });

export const callRecord = Type.Object(
  {
    session: callId,
    stage: oneOf(stages),
    call_type: oneOf(callTypes),
    caller: party,
    callee: party,
    data: Type.Any({ description: "The caller's own payload" }),
    offered_at: time,
    answered_at: orNull(time),
    connected_at: orNull(time),
    ended_at: orNull(time),
    duration_ms: Type.Integer({ description: 'From connected to ended; 0 for a call that never connected' }),
    reason: orNull(oneOf(END_REASONS)),
    by: orNull(Type.String({ description: 'The user id of whoever ended it, or "server"' })),
    recording: oneOf(RECORDING_STATES),
    recording_problem: orNull(oneOf(RECORDING_PROBLEMS, 'Why the recording failed')),
  },
  { description: 'A call' },
);

export const callPage = Type.Object({
  list: Type.Array(callRecord),
  next: orNull(Type.String({ description: 'The `after` of the next page; null on the last one' })),
});

export const callQuery = Type.Object({
  state: Type.Optional(oneOf(['open', 'ended'], 'Calls that go on, or the history (default)')),
  user: Type.Optional(userId),
  call_type: Type.Optional(oneOf(callTypes)),
  reason: Type.Optional(oneOf(END_REASONS)),
  offered_from: Type.Optional(time),
  offered_before: Type.Optional(time),
  after: Type.Optional(callId),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
});
export type CallQuery = Static<typeof callQuery>;

export const recording = Type.Object(
  {
    id: callId,
    call_type: oneOf(callTypes),
    caller: party,
    callee: party,
    started_at: time,
    stored_at: time,
    duration_ms: Type.Integer({ description: 'Of the file: without what was left out by pauses' }),
    bytes: Type.Integer(),
  },
  { description: 'A recording that can be fetched; its id is that of the call' },
);

export const recordingPage = Type.Object({
  list: Type.Array(recording),
  next: orNull(Type.String({ description: 'The `after` of the next page; null on the last one' })),
});

export const recordingQuery = Type.Object({
  user: Type.Optional(userId),
  after: Type.Optional(callId),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
});
export type RecordingQuery = Static<typeof recordingQuery>;

export const linkWish = Type.Object(
  {
    for_seconds: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 86_400, default: LINK_FOR_S, description: 'For how long the link is good' }),
    ),
  },
  { additionalProperties: false },
);

export const recordingLink = Type.Object({
  url: Type.String({ description: "Relative to the call server's address. Whoever has it can fetch the file" }),
  expires_at: time,
});

export const callParams = Type.Object({ id: callId });
export const userParams = Type.Object({ id: userId });

export const sessionQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 })),
});

export const sessionPage = Type.Object({
  page: Type.Integer(),
  count: Type.Integer({ description: 'People on all pages' }),
  list: Type.Array(
    Type.Object({
      user_id: userId,
      state: oneOf([SESSION_STATE.ACTIVE, SESSION_STATE.BUSY]),
      call_type: orNull(oneOf(callTypes)),
    }),
  ),
});

/** Seconds in 30 days. */
const MONTH = 2_592_000;

export const revocation = Type.Object(
  {
    for_seconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: MONTH,
        default: 3600,
        description: "For how long new sessions are refused; as long as the user's tokens last",
      }),
    ),
  },
  { additionalProperties: false },
);

export const revoked = Type.Object({ sessions: Type.Integer({ description: 'Sessions that were ended' }) });

export const problem = Type.Object({
  code: oneOf(ERROR_CODES),
  message: Type.String(),
  retryable: Type.Boolean(),
});
