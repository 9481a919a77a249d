export { CALL_TYPE, END_REASONS, SESSION_STATE, TRACK_TYPE } from './protocol/call.js';
export { OmniCallError } from './protocol/errors.js';
export { createCallService, getCallService } from './service/shared-services.js';
export { callServiceContext } from './service/context.js';
export { OmniCall } from './elements/omni-call/omni-call.js';
export { OmniIncoming } from './elements/omni-incoming/omni-incoming.js';
export { OmniDeviceSelect } from './elements/omni-device-select/omni-device-select.js';
export * from './events.js';
export type {
  CallRecord,
  CallType,
  EndReason,
  Ending,
  ErrorCode,
  Json,
  Muted,
  PartyView,
  Presence,
  RecordingLink,
  RecordingState,
  RecordingWish,
  SessionEntry,
  SessionPage,
  SessionState,
  TrackType,
} from './protocol/index.js';
export type { AnswerOptions, CallService, CallServiceOptions, OfferOptions } from './service/call-service.js';
export type * from './service/event-messages.js';
export type { CallInfo, CallSnapshot, LastEnding, Phase } from './service/snapshot.js';
export type { Device, DeviceKind, DeviceLists, Resolution } from './media/devices.js';
export type { BlurState, LocalMedia, LocalTrack, Quality, RemoteMedia, SendState } from './media/media.js';
