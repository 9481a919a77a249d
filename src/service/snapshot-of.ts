import type { PartyView } from '../protocol/index.js';
import { openOffer, otherParty, ownParty, type CallState, type HeldCall, type Offer } from './call-state.js';
import type { CallInfo, CallSnapshot, Phase } from './snapshot.js';

function phaseOfCall({ connection, act, media }: CallState, { view }: HeldCall): Phase {
  if (connection !== 'open') return 'reconnecting';
  // A ring can be answered or cancelled all the same while the other side is away.
  if (view.stage !== 'ringing' && otherParty(view).away) return 'reconnecting';
  switch (view.stage) {
    case 'ringing':
      return view.role === 'caller' ? 'ringback' : 'ringing';
    case 'connecting':
      return media.link === 'away' || media.link === 'lost' ? 'reconnecting' : 'connecting';
    case 'connected':
      // The server says so once both were in the room; whoever is not there now is on the way back.
      return media.link === 'joined' || act?.do === 'leave' ? 'connected' : 'reconnecting';
    case 'ended':
      return 'ended';
  }
}

function phaseOf(state: CallState): Phase {
  if (state.call) return phaseOfCall(state, state.call);
  if (openOffer(state.act)) return 'dialing';
  if (state.ended) return 'ended';
  return state.connection === 'open' ? 'idle' : 'offline';
}

function infoOf({ view, ringEndsAt, connectedAt }: HeldCall, state: CallState): CallInfo {
  const { session, role, callType, data, recording, cannotPause, ending } = view;
  const me = ownParty(view);
  return {
    session,
    role,
    callType,
    me: ending ? me : { ...me, muted: state.muted },
    peer: otherParty(view),
    ringEndsAt,
    connectedAt,
    data,
    recording,
    cannotPause,
    ending,
  };
}

const partyOf = (userId: string, displayName: string | null): PartyView => ({
  userId,
  displayName,
  identity: null,
  muted: { audio: false, video: false },
  sharing: false,
  voiceOnly: false,
  away: false,
});

const dialing = ({ callType, callee, data }: Offer, { self, muted, act }: CallState): CallInfo => ({
  session: act?.session ?? null,
  role: 'caller',
  callType,
  me: { ...partyOf(self?.userId ?? '', self?.displayName ?? null), muted },
  peer: partyOf(callee, null),
  ringEndsAt: null,
  connectedAt: null,
  data,
  recording: 'off',
  ending: null,
});

function callInfo(state: CallState): CallInfo | null {
  if (state.call) return infoOf(state.call, state);
  const offer = openOffer(state.act);
  if (offer) return dialing(offer, state);
  return state.ended ? infoOf(state.ended, state) : null;
}

const snapshots = new WeakMap<CallState, CallSnapshot>();

/** What views are shown of the state. Pure; the same object for the same state. */
export function snapshotOf(state: CallState): CallSnapshot {
  const known = snapshots.get(state);
  if (known) return known;
  const { self, told, media, devices, missed, presence, problem } = state;
  const snapshot: CallSnapshot = Object.freeze({
    phase: phaseOf(state),
    userId: self?.userId ?? null,
    displayName: self?.displayName ?? null,
    session: self?.session ?? null,
    call: callInfo(state),
    lastEnding: told?.view.ending ? { session: told.view.session, ...told.view.ending } : null,
    local: media.local,
    remote: media.remote,
    devices,
    missed,
    presence,
    problem,
  });
  snapshots.set(state, snapshot);
  return snapshot;
}
