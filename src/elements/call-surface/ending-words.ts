import { CALL_TYPE, type ErrorCode } from '../../protocol/index.js';
import type { CallInfo } from '../../service/snapshot.js';
import type { Localize } from '../../locales/localize.js';
import { durationWords, nameOf } from './words.js';

/** What can be done after a call: call the same way again, or with voice only. */
export type NextStep = 'again' | 'voice';

export interface EndingWords {
  readonly title: string;
  readonly hint: string;
  readonly next: readonly NextStep[];
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
