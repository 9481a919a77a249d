import type { RoomAccess } from 'omni-call/protocol';
import type { Call, Time } from '../core/call.js';
import { forgetOldest } from '../forget-oldest.js';
import type { LivekitRooms } from './rooms.js';

/** A pass is made anew after this time, in milliseconds, well within the life of its token. */
const FRESH = 120_000;
/** Calls whose passes are remembered: of the end of one, this node may not hear. */
export const CALLS_REMEMBERED = 10_000;

/** The passes given out for the calls of this node, so that a snapshot sent again makes no new token. */
export class RoomPasses {
  readonly #rooms: Pick<LivekitRooms, 'access'>;
  readonly #now: () => Time;
  readonly #passes = new Map<string, Map<string, { at: Time; pass: RoomAccess }>>();

  constructor(rooms: Pick<LivekitRooms, 'access'>, now: () => Time) {
    this.#rooms = rooms;
    this.#now = now;
  }

  passFor(call: Call, session: string): RoomAccess {
    const key = `${session} ${call.room.generation} ${call.callType}`;
    const ofCall = this.#passes.get(call.id) ?? new Map();
    this.#passes.set(call.id, ofCall);
    forgetOldest(this.#passes, CALLS_REMEMBERED);
    const held = ofCall.get(key);
    if (held && this.#now() - held.at < FRESH) return held.pass;
    const pass = this.#rooms.access(call, session);
    ofCall.set(key, { at: this.#now(), pass });
    return pass;
  }

  forget(callId: string): void {
    this.#passes.delete(callId);
  }
}
