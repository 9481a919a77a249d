import type { Localize } from '../locales/localize.js';
import { isRefusedBySystem } from '../media/refusal.js';
import type { OmniCallError, TrackType } from '../protocol/index.js';

/** Why a device of this page is not sent, and what helps. */
export function deviceWords(kind: TrackType, problem: OmniCallError, localize: Localize): string {
  const isCamera = kind === 'video';
  switch (problem.code) {
    case 'permission-denied':
      if (isRefusedBySystem(problem)) return localize.term('deniedBySystem');
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
