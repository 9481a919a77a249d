export { CALL_TYPE, END_REASONS, OmniCallError, SESSION_STATE, TRACK_TYPE } from './protocol/index.js';
export type { CallType, Ending, EndReason, ErrorCode, SessionState, TrackType } from './protocol/index.js';
export type * from './service/event-messages.js';
export type { CallService, CallServiceOptions } from './service/call-service.js';
export type { CallInfo, CallSnapshot, Phase } from './service/snapshot.js';
