import { CALL_TYPE, type CallType, type Muted } from '../protocol/index.js';
import type { MediaWish } from '../media/media.js';
import { isIn, openOffer, otherParty, type CallState } from './call-state.js';

const sendOf = (callType: CallType, muted: Muted): MediaWish['send'] => ({
  audio: muted.audio ? 'muted' : 'on',
  video: callType === CALL_TYPE.AUDIO_CALL ? 'off' : muted.video ? 'muted' : 'on',
});

/**
 * What the media should be like in this state; null: nothing, and no media code either. A device opens by its
 * owner's act only: placing a call, or answering one. `prepare`: go into the room while it rings, devices closed.
 */
export function wishOf({ act, call, self, muted }: CallState, prepare: boolean): MediaWish | null {
  if (act?.do === 'leave') return null;
  if (!call) {
    const offer = openOffer(act);
    return offer && { room: null, peer: null, devices: 'open', withheld: true, send: sendOf(offer.callType, muted) };
  }
  const { view } = call;
  const ringing = view.stage === 'ringing';
  // Until the server confirms the answer, another device may have been first.
  const devices = isIn(view, self) ? 'open' : act?.do === 'answer' ? 'ready' : 'closed';
  if (devices === 'closed' && !prepare) return null;
  return {
    room: ringing && !prepare ? null : view.room,
    peer: ringing ? null : otherParty(view).identity,
    devices,
    // A caller's page lets nothing out before the answer, whoever is in the room by then.
    withheld: ringing && view.role === 'caller',
    send: sendOf(view.callType, muted),
  };
}
