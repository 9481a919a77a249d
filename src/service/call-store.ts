import { CALL_TYPE, type CallType, type CallView, type Ending, type Muted } from '../protocol/index.js';
import { isIn, openOffer, ownParty, type CallState, type CallStoreEvent, type HeldCall } from './call-state.js';

/** Ids of ended calls that are remembered; late messages are not later than that. */
const REMEMBERED = 32;

const least = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);

/** In a voice call there is no camera to send. */
const fitting = (callType: CallType, { audio, video }: Muted): Muted => ({
  audio,
  video: video || callType === CALL_TYPE.AUDIO_CALL,
});

/** The view with its times on this page's clock. A message that travelled less long told the time better. */
function held(view: CallView, before: HeldCall | null, at: number): HeldCall {
  const ringEndsAt = view.ringMsLeft === null ? null : at + view.ringMsLeft;
  const connectedAt = view.connectedMsAgo === null ? null : at - view.connectedMsAgo;
  return {
    view,
    ringEndsAt: ringEndsAt === null ? null : least(before?.ringEndsAt ?? null, ringEndsAt),
    connectedAt: least(before?.connectedAt ?? null, connectedAt),
  };
}

const withOver = (over: readonly string[], id: string): readonly string[] => [...over, id].slice(-REMEMBERED);

/** The call that goes on is over; one that came up meanwhile takes its place. */
function end(state: CallState, ended: HeldCall): CallState {
  const after: CallState = { ...state, call: null, ended, told: ended, over: withOver(state.over, ended.view.session) };
  return promote({ ...after, act: openOffer(state.act) ? state.act : null });
}

/** The server has told of no end: it may yet, once it can be reached. */
function endAlone(state: CallState, call: HeldCall, at: number): CallState {
  const ending: Ending = {
    reason: 'connection-lost',
    by: ownParty(call.view).userId,
    durationMs: call.connectedAt === null ? 0 : Math.max(0, at - call.connectedAt),
  };
  const view: CallView = { ...call.view, stage: 'ended', ringMsLeft: null, connectedMsAgo: null, room: null, ending };
  const guess = { ...call, ringEndsAt: null, view };
  return { ...end(state, guess), guess };
}

/** The server's word on the call that this page held for lost. */
function mend(state: CallState, guess: HeldCall, view: CallView, at: number): CallState {
  const told = held(view, guess, at);
  return { ...state, guess: null, told, ended: state.ended === guess ? told : state.ended };
}

/** A ring that comes while one's own offer is on its way waits: the server makes one call of the two. */
const mustWait = (state: CallState, view: CallView): boolean =>
  state.call !== null || (openOffer(state.act) !== null && view.role === 'callee' && view.stage === 'ringing');

function promote(state: CallState): CallState {
  const { next } = state;
  return next && !mustWait(state, next.view) ? begin({ ...state, next: null }, next, state.preset) : state;
}

const begin = (state: CallState, call: HeldCall, muted: Muted): CallState => ({
  ...state,
  call,
  muted: fitting(call.view.callType, muted),
});

function live(state: CallState, view: CallView, at: number, isWelcome: boolean): CallState {
  const { call, next, act, self } = state;
  if (call?.view.session === view.session) return { ...state, call: held(view, call, at) };
  if (mustWait(state, view)) {
    return { ...state, next: held(view, next?.view.session === view.session ? next : null, at) };
  }
  // After a reload the server knows best what was muted; otherwise this page does.
  const muted = isWelcome && !act && isIn(view, self) ? ownParty(view).muted : act ? state.muted : state.preset;
  const rest = { ...state, next: next?.view.session === view.session ? null : next };
  return begin(rest, held(view, null, at), muted);
}

function over(state: CallState, view: CallView, at: number, isWelcome: boolean): CallState {
  const { call, next, act } = state;
  if (call?.view.session === view.session) return end(state, held(view, call, at));
  const known = { ...state, over: withOver(state.over, view.session) };
  if (next?.view.session === view.session) return { ...known, next: null };
  // A ring that this page never showed has no end to show either, unless somebody waits to hear of it.
  const expected = isWelcome || act !== null || view.role === 'caller';
  return call || !expected ? known : end(state, held(view, null, at));
}

/** Takes what the server says of a call, unless something newer is known. */
function take(state: CallState, view: CallView, at: number, isWelcome = false): CallState {
  const { guess } = state;
  if (guess?.view.session === view.session) return view.ending ? mend(state, guess, view, at) : state;
  if (state.over.includes(view.session)) return state;
  const known = [state.call, state.next].find((each) => each?.view.session === view.session);
  // A welcome may be to another session, with another pass for the same room.
  if (known && known.view.revision >= view.revision + (isWelcome ? 1 : 0)) return state;
  return view.ending ? over(state, view, at, isWelcome) : live(state, view, at, isWelcome);
}

/** An act is done once the server shows what it led to. */
function settle(state: CallState): CallState {
  const { act, call, self } = state;
  if (!act) return state;
  const shown = act.session !== null && (call?.view.session === act.session || state.over.includes(act.session));
  switch (act.do) {
    case 'offer':
      return shown ? promote({ ...state, act: null }) : state;
    case 'answer':
      return call && isIn(call.view, self) ? { ...state, act: null } : state;
    case 'leave':
      if (act.offer ? !shown : call) return state;
      return promote({ ...state, act: call ? { ...act, offer: null } : null });
  }
}

/** What the server refused is no act any more, and an offer that was given up on the way is none either. */
function refused(state: CallState, refusedAct: 'offer' | 'answer' | 'leave'): CallState {
  const { act } = state;
  if (act?.do === refusedAct) return promote({ ...state, act: null });
  if (refusedAct === 'offer' && act?.do === 'leave') return { ...state, act: { ...act, offer: null } };
  return state;
}

function apply(state: CallState, event: CallStoreEvent): CallState {
  switch (event.type) {
    case 'connecting':
      return state.connection === 'off' ? { ...state, connection: 'trying', problem: null } : state;
    case 'welcome': {
      const { welcome, at } = event;
      const { session, userId, displayName, missed, call: view, over: end } = welcome;
      const self = { session, userId, displayName };
      const open: CallState = { ...state, connection: 'open', problem: null, self, missed };
      const isOurs = [open.call, open.guess].some((held) => held !== null && held.view.session === end?.session);
      const heard = end && isOurs ? take(open, end, at) : open;
      const { call } = heard;
      const gone = call && call.view.session !== view?.session ? endAlone(heard, call, at) : heard;
      const taken = view ? take({ ...gone, next: null }, view, at, true) : { ...gone, next: null };
      // Of a call that goes on the end is still to come; else the server knows no better than this page.
      const known = taken.guess?.view.session === view?.session ? taken : { ...taken, guess: null };
      // The server took it, and knows of no such call any more.
      const { act } = known;
      return act && act.session !== null && act.session !== view?.session ? refused(known, act.do) : known;
    }
    case 'lost': {
      const { problem, final, at } = event;
      const lost: CallState = { ...state, connection: final ? 'off' : 'trying', problem, presence: {} };
      if (!final) return lost;
      const alone = lost.call && isIn(lost.call.view, lost.self) ? endAlone(lost, lost.call, at) : lost;
      return { ...alone, call: null, next: null, act: null, self: null };
    }
    case 'view':
      return take(state, event.view, event.at);
    case 'offering': {
      const { offer } = event;
      const muted = fitting(offer.callType, state.preset);
      return { ...state, ended: null, muted, act: { do: 'offer', offer, session: null } };
    }
    case 'accepted':
      return state.act ? { ...state, act: { ...state.act, session: event.session } } : state;
    case 'answering': {
      const muted = fitting(event.callType, state.call ? state.muted : state.preset);
      return { ...state, act: { do: 'answer', session: null }, muted };
    }
    case 'leaving':
      return { ...state, act: { do: 'leave', offer: openOffer(state.act), session: state.act?.session ?? null } };
    case 'refused':
      return refused(state, event.act);
    case 'given-up':
      return state.call?.view.session === event.session ? endAlone(state, state.call, event.at) : state;
    case 'mute': {
      const which = state.call || state.act ? 'muted' : 'preset';
      return { ...state, [which]: { ...state[which], [event.track]: event.on } };
    }
    case 'dismiss':
      return state.ended ? { ...state, ended: null } : state;
    case 'seen':
      return { ...state, missed: [] };
    case 'media':
      return { ...state, media: event.media };
    case 'devices':
      return { ...state, devices: event.devices };
    case 'presence':
      return { ...state, presence: { ...state.presence, ...event.presence } };
  }
}

/** The next state. Pure; the same object when nothing changed. */
export const reduce = (state: CallState, event: CallStoreEvent): CallState => settle(apply(state, event));
