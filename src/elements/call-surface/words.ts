import { CALL_TYPE, type ErrorCode } from '../../protocol/index.js';
import type { CallInfo, CallSnapshot } from '../../service/snapshot.js';
import type { Localize } from './scene.js';

/** The other side's name; of somebody without one, their id. */
export const nameOf = ({ peer }: CallInfo, localize: Localize): string =>
  peer.displayName?.trim() || peer.userId || localize.term('unnamed');

/** Where the call stands, in words; empty where there is nothing to say. */
export function statusWords({ phase }: CallSnapshot, call: CallInfo, localize: Localize): string {
  switch (phase) {
    case 'dialing':
    case 'ringback':
    case 'connecting':
      return localize.term(phase);
    case 'ringing':
      return localize.term(call.callType === CALL_TYPE.VIDEO_CALL ? 'incomingVideo' : 'incomingVoice');
    case 'reconnecting':
      return call.peer.away ? localize.term('waitingFor', nameOf(call, localize)) : localize.term('reconnecting');
    case 'ended':
      return endingWords(call, null, localize).title;
    default:
      return '';
  }
}

/** What is said aloud as the call comes to a phase. */
export function announcementWords(snapshot: CallSnapshot, call: CallInfo, localize: Localize): string {
  const name = nameOf(call, localize);
  if (snapshot.phase === 'connected') return localize.term('connectedTo', name);
  if (snapshot.phase === 'ended') {
    const { title, hint } = endingWords(call, null, localize);
    return [title, hint].filter(Boolean).join('. ');
  }
  if (snapshot.phase !== 'ringing') return statusWords(snapshot, call, localize);
  const calls = localize.term(call.callType === CALL_TYPE.VIDEO_CALL ? 'videoCallFrom' : 'voiceCallFrom', name);
  return call.recording === 'off' ? calls : `${calls}. ${localize.term('willBeRecorded')}`;
}

/** What can be done after a call: call the same way again, or with voice only. */
export type NextStep = 'again' | 'voice';

export interface EndingWords {
  readonly title: string;
  readonly hint: string;
  readonly next: readonly NextStep[];
}

/** Minutes and seconds, as `3:07`; with hours, as `1:02:03`. */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (part: number): string => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** How the call ended, for this side of it, and what helps. */
export function endingWords(call: CallInfo, problem: ErrorCode | null, localize: Localize): EndingWords {
  const { ending, me, role, callType } = call;
  const name = nameOf(call, localize);
  const isMine = ending?.by === me.userId;
  const isCaller = role === 'caller';
  const voice: readonly NextStep[] = callType === CALL_TYPE.VIDEO_CALL ? ['again', 'voice'] : ['again'];
  switch (ending?.reason) {
    case 'completed': {
      const who = isMine ? localize.term('endedByYou') : localize.term('endedBy', name);
      const lasted = localize.term('lasted', durationWords(ending.durationMs));
      return { title: localize.term('ended'), hint: `${who} ${lasted}`, next: isMine ? [] : ['again'] };
    }
    case 'declined':
      return isCaller
        ? { title: localize.term('declinedBy', name), hint: '', next: ['again'] }
        : { title: localize.term('declinedByYou'), hint: '', next: ['again'] };
    case 'cancelled':
      return isCaller ? { title: localize.term('cancelledByYou'), hint: '', next: ['again'] } : missed(name, localize);
    case 'no-answer':
      return isCaller
        ? { title: localize.term('noAnswer', name), hint: localize.term('noAnswerHint'), next: ['again'] }
        : missed(name, localize);
    case 'unreachable':
      return isCaller
        ? { title: localize.term('unreachable', name), hint: localize.term('unreachableHint'), next: ['again'] }
        : missed(name, localize);
    case 'busy':
      return isCaller
        ? { title: localize.term('busy', name), hint: localize.term('busyHint'), next: ['again'] }
        : missed(name, localize);
    case 'answered-elsewhere':
      return { title: localize.term('answeredElsewhere'), hint: '', next: [] };
    case 'declined-elsewhere':
      return { title: localize.term('declinedElsewhere'), hint: '', next: [] };
    case 'replaced':
      return { title: localize.term('replaced'), hint: '', next: [] };
    case 'connection-lost':
      return { title: localize.term('connectionLost'), hint: localize.term('connectionLostHint'), next: ['again'] };
    case 'permission-denied':
      return isMine
        ? { title: localize.term('permissionDenied'), hint: refusalHint(problem, localize), next: voice }
        : {
            title: localize.term('peerPermissionDenied', name),
            hint: localize.term('peerPermissionDeniedHint'),
            next: voice,
          };
    case 'media-failed':
      return problem === 'unsupported-browser'
        ? { title: localize.term('mediaFailed'), hint: localize.term('unsupported'), next: [] }
        : { title: localize.term('mediaFailed'), hint: localize.term('mediaFailedHint'), next: voice };
    case 'not-allowed':
      return { title: localize.term('notAllowed', name), hint: localize.term('notAllowedHint'), next: [] };
    case 'ended-by-server':
      return { title: localize.term('endedByServer'), hint: '', next: ['again'] };
    case undefined:
      return { title: localize.term('ended'), hint: '', next: [] };
  }
}

const missed = (name: string, localize: Localize): EndingWords => ({
  title: localize.term('missed', name),
  hint: localize.term('missedHint'),
  next: ['again'],
});

/** Why the devices did not open, if it was not their owner's wish. */
function refusalHint(problem: ErrorCode | null, localize: Localize): string {
  if (problem === 'permission-blocked-by-policy') return localize.term('blockedByPage');
  if (problem === 'insecure-context') return localize.term('insecure');
  return localize.term('permissionDeniedHint');
}

/** Why a device of this page is not sent, and what helps. */
export function deviceWords(kind: 'audio' | 'video', code: ErrorCode, localize: Localize): string {
  const isCamera = kind === 'video';
  switch (code) {
    case 'permission-denied':
      return localize.term(isCamera ? 'cameraDenied' : 'microphoneDenied');
    case 'permission-blocked-by-policy':
      return localize.term('blockedByPage');
    case 'insecure-context':
      return localize.term('insecure');
    case 'device-not-found':
      return localize.term(isCamera ? 'noCamera' : 'noMicrophone');
    case 'device-in-use':
      return localize.term(isCamera ? 'cameraInUse' : 'microphoneInUse');
    case 'unsupported-browser':
      return localize.term('unsupported');
    default:
      return localize.term('failed');
  }
}
