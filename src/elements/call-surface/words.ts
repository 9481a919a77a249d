import { CALL_TYPE, type RecordingState } from '../../protocol/index.js';
import type { CallInfo, CallSnapshot } from '../../service/snapshot.js';
import type { Localize } from '../../locales/localize.js';

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
    default:
      return '';
  }
}

const RECORDING_TERMS = {
  requested: 'willBeRecorded',
  declined: 'notRecorded',
  recording: 'recording',
  paused: 'recordingPaused',
  failed: 'recordingFailed',
} as const satisfies Partial<Record<RecordingState, string>>;

/** Whether the call is being recorded, in words; empty where there is nothing to say. */
export function recordingWords({ recording }: CallInfo, localize: Localize): string {
  return recording in RECORDING_TERMS ? localize.term(RECORDING_TERMS[recording as keyof typeof RECORDING_TERMS]) : '';
}

/** What is said aloud as the call comes to a phase. */
export function announcementWords(snapshot: CallSnapshot, call: CallInfo, localize: Localize): string {
  const name = nameOf(call, localize);
  if (snapshot.phase === 'connected') return localize.term('connectedTo', name);
  if (snapshot.phase !== 'ringing') return statusWords(snapshot, call, localize);
  const recorded = recordingWords(call, localize);
  const calls = localize.term(call.callType === CALL_TYPE.VIDEO_CALL ? 'videoCallFrom' : 'voiceCallFrom', name);
  return recorded ? `${calls}. ${recorded}` : calls;
}

/** Minutes and seconds, as `3:07`; with hours, as `1:02:03`. */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (part: number): string => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
