import type { Call, Party, Role, Time } from './core/call.js';
import type { CallEngine } from './engine.js';
import type { LivekitRooms } from './livekit/rooms.js';
import type { SealedState, Sealer } from './sealed-state.js';
import { isSecretOf } from './sessions.js';
import type { Session, Store } from './store/store.js';

export interface RestorerOptions {
  sealer: Sealer;
  store: Store;
  engine: Pick<CallEngine, 'adopt'>;
  rooms: Pick<LivekitRooms, 'exists'>;
  now: () => Time;
  /** Milliseconds for which a lost session can be resumed, and so for which a new server takes up what an old one left. */
  grace: number;
}

/**
 * Takes up the sessions and calls of a server that died, from what it left with the pages. A seal is of use only to a
 * server that started after it was made, for the grace period, and for what that server does not know better. A call
 * comes back only while its LiveKit room is there, which goes with the end of the call: so no old seal brings back a
 * call that is over.
 */
export class Restorer {
  readonly #options: RestorerOptions;
  readonly #startedAt: Time;
  /** Of each call that was brought back: the revision that it had in the seal. */
  readonly #revisions = new Map<string, number>();

  constructor(options: RestorerOptions) {
    this.#options = options;
    this.#startedAt = options.now();
  }

  /** Until when it takes anything up. */
  get endsAt(): Time {
    return this.#startedAt + this.#options.grace;
  }

  /** The seal that a page is to keep. */
  seal(session: Session, call: Call | null): string {
    const { sealer, now } = this.#options;
    return sealer.seal(session, call, now());
  }

  async restore(resume: { session: string; secret: string; seal: string }): Promise<void> {
    const { sealer, store, now, grace } = this.#options;
    if (now() > this.endsAt) return;
    const state = sealer.open(resume.seal);
    if (!state || state.at >= this.#startedAt || !this.#isFor(state, resume)) return;
    if (await store.session(resume.session)) return;
    if (state.call) await this.#restoreCall(state.call);
    // Name and rights are those of the token that the page shows next.
    await store.putSession({
      ...state.session,
      displayName: null,
      callees: [],
      connection: null,
      endsAt: now() + grace,
    });
  }

  #isFor({ session }: SealedState, resume: { session: string; secret: string }): boolean {
    return session.id === resume.session && isSecretOf(session, resume.secret);
  }

  async #restoreCall(sealed: Call): Promise<void> {
    const { store, engine, rooms, now } = this.#options;
    const known = await store.call(sealed.id);
    if (known?.stage === 'ended') return;
    const newer = sealed.revision > (this.#revisions.get(sealed.id) ?? (known ? Infinity : -1));
    if (!newer) return;
    if (sealed.stage === 'ended' && !known) {
      await store.recordCall(sealed);
      return;
    }
    if (sealed.stage !== 'ended' && sealed.room.ready && !(await rooms.exists(sealed.room.name))) return;
    const party = (role: Role): Party =>
      known?.[role].link === 'up' && known[role].session === sealed[role].session
        ? { ...sealed[role], link: 'up', lostSince: known[role].lostSince }
        : awaited(sealed[role], now());
    // Above what any page has seen, so that all take it.
    const revision = Math.max(known?.revision ?? 0, sealed.revision) + 1;
    const restored: Call = { ...sealed, caller: party('caller'), callee: party('callee'), revision };
    if (await engine.adopt(restored, known)) this.#revisions.set(sealed.id, sealed.revision);
  }
}

/** Somebody whose page has not come back yet. */
const awaited = (party: Party, now: Time): Party =>
  party.session === null ? party : { ...party, link: 'down', lostSince: now };
