import { BY_SERVER, CALL_TYPE, type CallView, type EndReason, type PartyView } from '../../../src/protocol/index.js';
import { FIRST_STATE, type CallState, type CallStoreEvent, type Self } from '../../../src/service/call-state.js';
import { reduce } from '../../../src/service/call-store.js';
import { messagesBetween } from '../../../src/service/messages-between.js';

export const ME: Self = { session: 'session-of-me', userId: 'me', displayName: null };

export const party = (userId: string, change: Partial<PartyView> = {}): PartyView => ({
  userId,
  displayName: null,
  identity: null,
  muted: { audio: false, video: false },
  sharing: false,
  voiceOnly: false,
  away: false,
  ...change,
});

/** A ringing call to me. */
export const ringing = (change: Partial<CallView> = {}): CallView => ({
  session: 'call',
  revision: 1,
  stage: 'ringing',
  role: 'callee',
  callType: CALL_TYPE.VIDEO_CALL,
  caller: party('other', { identity: 'session-of-other' }),
  callee: party('me', { muted: { audio: true, video: true } }),
  ringMsLeft: 30_000,
  connectedMsAgo: null,
  data: null,
  recording: 'off',
  room: null,
  ending: null,
  ...change,
});

/** A call of mine that rings at the other side. */
export const ringback = (change: Partial<CallView> = {}): CallView =>
  ringing({ role: 'caller', caller: party('me', { identity: ME.session }), callee: party('other'), ...change });

/** The same call, answered. */
export const answered = (view: CallView, change: Partial<CallView> = {}): CallView => ({
  ...view,
  revision: view.revision + 1,
  stage: 'connecting',
  ringMsLeft: null,
  callee: {
    ...view.callee,
    identity: view.role === 'callee' ? ME.session : 'session-of-other',
    muted: { audio: false, video: false },
  },
  ...change,
});

export const connected = (view: CallView, change: Partial<CallView> = {}): CallView => ({
  ...view,
  revision: view.revision + 1,
  stage: 'connected',
  connectedMsAgo: 0,
  ...change,
});

export const over = (view: CallView, reason: EndReason, by: string = BY_SERVER, durationMs = 0): CallView => ({
  ...view,
  revision: view.revision + 1,
  stage: 'ended',
  ringMsLeft: null,
  connectedMsAgo: null,
  room: null,
  ending: { reason, by, durationMs },
});

export const view = (of: CallView, at = 1_000): CallStoreEvent => ({ type: 'view', view: of, at });

export const welcome = (call: CallView | null = null, at = 1_000, self = ME): CallStoreEvent => ({
  type: 'welcome',
  welcome: { ...self, secret: 'secret', resumed: true, call, missed: [], graceMs: 20_000 },
  at,
});

/** A new session, which is told how the former one's call ended. */
export const welcomeAfter = (ended: CallView, call: CallView | null = null, at = 60_000): CallStoreEvent => ({
  type: 'welcome',
  welcome: {
    ...{ session: 'new session', secret: 'secret', userId: ME.userId, displayName: null, resumed: false },
    ...{ call, over: ended, missed: [], graceMs: 20_000 },
  },
  at,
});

export const offering = (callType: CallView['callType'] = CALL_TYPE.VIDEO_CALL): CallStoreEvent => ({
  type: 'offering',
  offer: { callType, callee: 'other', data: null },
});

export const apply = (events: readonly CallStoreEvent[], from: CallState = FIRST_STATE): CallState =>
  events.reduce(reduce, from);

/** What `on('event')` would have been called with. */
export function messagesOf(events: readonly CallStoreEvent[], from: CallState = FIRST_STATE) {
  let state = from;
  return events.flatMap((event) => {
    const before = state;
    state = reduce(before, event);
    return messagesBetween(before, state);
  });
}

export const commandsOf = (events: readonly CallStoreEvent[], from?: CallState): string[] =>
  messagesOf(events, from).map(({ cmd }) => cmd);
