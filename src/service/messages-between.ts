import { CALL_TYPE, TRACK_TYPE, type CallView, type Muted } from '../protocol/index.js';
import { isIn, otherParty, ownParty, type CallState, type HeldCall, type Self } from './call-state.js';
import type { EventMessage } from './event-messages.js';

const TRACKS = [TRACK_TYPE.AUDIO, TRACK_TYPE.VIDEO] as const;

/** What the page has been told of the other side's tracks: nothing before connected, and a voice call has no video. */
function toldMuted(call: HeldCall | null, of: CallView): Muted {
  if (call && call.connectedAt !== null) return otherParty(call.view).muted;
  return { audio: false, video: of.callType === CALL_TYPE.AUDIO_CALL };
}

/** What happened in a call from one view of it to another; null before the first. */
function changes(before: HeldCall | null, { view, connectedAt }: HeldCall): EventMessage[] {
  const { session, stage, role, callType, caller, callee, data, recording } = view;
  const messages: EventMessage[] = [];
  if (!before && stage === 'ringing') {
    messages.push({
      cmd: role === 'caller' ? 'RINGBACK_EVENT' : 'RINGING_EVENT',
      session,
      caller: caller.userId,
      callee: callee.userId,
      call_type: callType,
      ...(data !== null && { data }),
    });
  }
  const other = otherParty(view);
  if (connectedAt !== null) {
    const user_id = other.userId;
    if ((before?.connectedAt ?? null) === null) {
      messages.push({ cmd: 'CONNECTED_EVENT', session, user_id, call_type: callType });
    }
    const told = toldMuted(before, view);
    for (const track of TRACKS) {
      if (other.muted[track] === told[track]) continue;
      messages.push({ cmd: other.muted[track] ? 'MUTE_EVENT' : 'UNMUTE_EVENT', session, user_id, track });
    }
  }
  for (const party of [other, ownParty(view)]) {
    const was = before ? (party === other ? otherParty : ownParty)(before.view).sharing : false;
    if (party.sharing === was) continue;
    messages.push({ cmd: was ? 'SCREEN_UNSHARE_EVENT' : 'SCREEN_SHARE_EVENT', session, user_id: party.userId });
  }
  if (recording !== (before?.view.recording ?? 'off')) {
    messages.push({ cmd: 'RECORDING_EVENT', session, state: recording });
  }
  return messages;
}

/** A ring of this page that somebody or something else ended. */
function isCancelled({ view }: HeldCall, self: Self | null): boolean {
  if (view.role === 'caller' || isIn(view, self) || !view.ending) return false;
  const { reason, by } = view.ending;
  return !(['declined', 'permission-denied', 'media-failed'].includes(reason) && by === view.callee.userId);
}

const sameCall = (one: HeldCall | null, other: HeldCall): HeldCall | null =>
  one?.view.session === other.view.session ? one : null;

/**
 * The messages of `on('event')` from one state to the next: told from what changed, not from what arrived, so that
 * each comes once, whatever came twice, late or not at all.
 */
export function messagesBetween(before: CallState, after: CallState): EventMessage[] {
  const messages: EventMessage[] = [];
  const { told, call } = after;
  if (told?.view.ending && told !== before.told) {
    const known = sameCall(before.call, told);
    if (known) messages.push(...changes(known, told));
    const { reason, by } = told.view.ending;
    const guessed = sameCall(before.guess, told)?.view.ending;
    const cmd = isCancelled(told, before.self) ? 'CANCEL_EVENT' : 'LEAVE_EVENT';
    if (guessed?.reason !== reason || guessed.by !== by) {
      messages.push({ cmd, session: told.view.session, reason });
    }
  }
  if (call && call !== before.call) messages.push(...changes(sameCall(before.call, call), call));
  return messages;
}
