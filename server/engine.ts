import { hash } from 'node:crypto';
import { OmniCallError, type CallType, type Json, type Muted } from 'omni-call/protocol';
import type { Call, Time } from './core/call.js';
import { otherRole, roleOf, sideOf } from './core/call.js';
import type { CallEvent, Effect } from './core/call-events.js';
import { offered, refusedAtOnce, transition, type Offer } from './core/call-machine.js';
import { callChannel, type Bus } from './store/bus.js';
import type { Session, Store } from './store/store.js';

export interface OfferRequest {
  offerId: string;
  callType: CallType;
  callee: string;
  record: boolean;
  /** Milliseconds. */
  ringTimeout: number;
  data: Json;
  muted: Muted;
  /** By what its page is counted. */
  address: string;
}

export interface EngineOptions {
  store: Store;
  bus: Bus;
  now: () => Time;
  /** An unguessable name. */
  randomName: () => string;
  /** Milliseconds. */
  limits: Offer['limits'];
  /** Offers that one person may make in a minute, or all visitors of one address. */
  offersPerMinute: number;
  /** Whether calls can be recorded here. */
  records: boolean;
  /** Carries out what a transition asks for. Its failures come back as events. */
  perform: (call: Call, effect: Effect) => void;
  /** Told of every stored change, once; `before` is null for a new call. */
  observe: (call: Call, before: Call | null) => void;
}

/** Takes events to calls: load, transition, store by compare-and-set, tell, carry out. */
export class CallEngine {
  readonly #options: EngineOptions;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** Rings the callee. The same offer, sent again, returns the same call. Throws what the caller is to be told. */
  async offer(session: Session, request: OfferRequest): Promise<string> {
    const { store, now } = this.#options;
    if (request.callee === session.userId) throw new OmniCallError('bad-request', 'You cannot call yourself.');
    // Nobody is to be told of a recording that is not made.
    if (request.record && !this.#options.records)
      throw new OmniCallError('bad-request', 'This server does not record calls.');
    const id = callIdOf(session.id, request.offerId);
    // Side by side, for each is a way to Redis and back. What an offer that was made already takes of the limit, it takes
    // twice; and how long this takes is not to tell anything about somebody whom one may not call.
    const [known, mayCall, isWithin, device] = await Promise.all([
      store.call(id),
      this.#mayCall(session, request.callee),
      this.#takeOffer(session, request.address),
      this.#deviceOf(request.callee),
    ]);
    if (known) {
      // What has become of it meanwhile, the page may have missed with the reply.
      this.#options.bus.publish(session.userId, { kind: 'call', call: known });
      return sameAgain(known);
    }
    if (!isWithin) {
      throw new OmniCallError('rate-limited', 'Too many calls in a minute. Wait a little.');
    }
    const offer: Offer = {
      id,
      callType: request.callType,
      caller: { userId: session.userId, displayName: session.displayName, session: session.id },
      callee: request.callee,
      muted: request.muted,
      data: request.data,
      record: request.record,
      ringTimeout: request.ringTimeout,
      room: this.#options.randomName(),
      limits: this.#options.limits,
    };
    if (!mayCall) return this.#refuse(offer, 'not-allowed');
    for (;;) {
      const { call, effects } = offered(offer, now(), device);
      const holder = await store.openCall(call);
      if (!holder) {
        this.#settle(device ? call : await this.#lookAgain(call), null, effects);
        return id;
      }
      if (isOtherWay(holder, session, request.callee)) {
        if (await this.#merge(offer, holder, session)) return holder.id;
      } else if (roleOf(holder, session.userId) !== null) {
        throw new OmniCallError('already-in-call', 'You are in a call already, here or on another device.');
      } else return this.#refuse(offer, 'busy');
    }
  }

  /**
   * Applies an event. Throws what the asker is to be told; a late or repeated event just changes nothing.
   * `holds` says, of each state of the call that it is applied to, whether the event still is true.
   */
  async apply(id: string, event: CallEvent, holds?: () => Promise<boolean>): Promise<void> {
    const { store, now } = this.#options;
    for (;;) {
      const call = await store.call(id);
      if (!call) throw new OmniCallError('no-such-call', 'There is no such call.');
      if (holds && !(await holds())) return;
      const outcome = transition(call, event, now());
      if ('refused' in outcome) throw new OmniCallError(outcome.refused.code, outcome.refused.message);
      if ('unchanged' in outcome) return;
      if (await store.saveCall(outcome.call, call.revision)) {
        this.#settle(outcome.call, call, outcome.effects);
        return;
      }
    }
  }

  /** Puts a call in that was not made here: a new one, or in the place of one that is known. False when it cannot be. */
  async adopt(call: Call, known: Call | null): Promise<boolean> {
    const { store } = this.#options;
    const stored = known ? await store.saveCall(call, known.revision) : (await store.openCall(call)) === null;
    if (!stored) return false;
    this.#settle(call, known, []);
    if (call.stage !== 'ended' && !call.room.ready) this.makeRoom(call);
    return true;
  }

  /** Sees to it that the call has its room: a second one is not made. */
  makeRoom(call: Call): void {
    this.#options.perform(call, { do: 'make-room', generation: call.room.generation });
  }

  /** The store may have forgotten this call, or what it last came to. */
  async affirm(call: Call): Promise<void> {
    // Two pages of one call may say so side by side, and the one that knows less be the first.
    for (let tries = 0; tries < 2; tries++) {
      const known = await this.#options.store.call(call.id);
      if (known && (known.stage === 'ended' || known.revision >= call.revision)) return;
      if (await this.adopt(call, known)) return;
    }
  }

  /** The call's room is no more: it gets another, unless somebody has told of the same loss before. */
  async loseRoom({ id, room, caller: { session, userId } }: Call): Promise<void> {
    if (session === null || !room.ready) return;
    await this.apply(id, { type: 'media', session, userId, generation: room.generation, state: 'lost' });
  }

  /** Applies an event to the call that this session has a part in, if any. */
  async applyToCallOf(session: Session, event: CallEvent, holds?: () => Promise<boolean>): Promise<void> {
    const call = await this.#options.store.callOf(session.userId);
    if (call && (sideOf(call, session.id) !== null || call.waiting.includes(session.id)))
      await this.apply(call.id, event, holds);
  }

  /** What `caller` offers to this person, or last offered; null where that is long ago, or never was. */
  async callFrom(caller: string, callee: string): Promise<Call | null> {
    const { store } = this.#options;
    const isIt = (call: Call): boolean => call.caller.userId === caller && call.callee.userId === callee;
    const open = await store.callOf(callee);
    if (open && isIt(open)) return open;
    return (await store.historyOf(callee, 20)).find(isIt) ?? null;
  }

  /** Sends a text to the other side of the call. */
  async sendText(id: string, session: Session, text: string): Promise<void> {
    const call = await this.#options.store.call(id);
    const side = call && sideOf(call, session.id);
    if (!call || !side || call.stage === 'ended') {
      throw new OmniCallError('no-such-call', 'This device is not in the call.');
    }
    const other = call[otherRole(side)];
    if (other.session === null)
      throw new OmniCallError('bad-request', 'A message can be sent once the call is answered.');
    this.#options.bus.publish(other.userId, { kind: 'text', call: id, to: other.session, from: session.userId, text });
  }

  async #mayCall(session: Session, callee: string): Promise<boolean> {
    if (session.callees !== null && !session.callees.includes(callee)) return false;
    return !(await this.#options.store.isBlocked(callee, session.userId));
  }

  /** A visitor becomes another person by a hello: what it offers counts for its address too. */
  async #takeOffer({ userId, visitor }: Session, address: string): Promise<boolean> {
    const { store, offersPerMinute, now } = this.#options;
    const keys = [`offers:${userId}`, ...(visitor ? [`visitors-offers:${address}`] : [])];
    for (const key of keys) if (!(await store.takeToken(key, offersPerMinute, 60_000, now()))) return false;
    return true;
  }

  /** A connected device of this person, who is told of a call at once by it. */
  async #deviceOf(userId: string): Promise<Session | null> {
    const sessions = await this.#options.store.sessionsOf(userId);
    return sessions.find(({ connection }) => connection !== null) ?? null;
  }

  /** Nobody was there: who comes from now on finds the call; who came until it was stored is told of it here. */
  async #lookAgain(call: Call): Promise<Call> {
    const { store, now } = this.#options;
    const device = await this.#deviceOf(call.callee.userId);
    if (!device) return call;
    const outcome = transition(call, { type: 'reached', displayName: device.displayName }, now());
    if (!('call' in outcome) || !(await store.saveCall(outcome.call, call.revision))) return call;
    return outcome.call;
  }

  /** Both call each other: the second offer is the answer to the first. False when that has ended, or was answered. */
  async #merge(offer: Offer, first: Call, session: Session): Promise<boolean> {
    try {
      await this.apply(first.id, {
        type: 'answer',
        session: session.id,
        userId: session.userId,
        displayName: session.displayName,
        callType: offer.callType,
        // Whoever asks for a recording agrees to one.
        record: offer.record,
        muted: offer.muted,
      });
    } catch (error) {
      if (error instanceof OmniCallError && error.code === 'no-such-call') return false;
      throw error;
    }
    await this.#record(refusedAtOnce(offer, 'replaced', this.#options.now(), first.id));
    return true;
  }

  async #refuse(offer: Offer, reason: 'busy' | 'not-allowed'): Promise<never> {
    const call = refusedAtOnce(offer, reason, this.#options.now());
    await this.#record(call);
    this.#options.bus.publish(call.caller.userId, { kind: 'call', call });
    throw refusal(reason);
  }

  async #record(call: Call): Promise<void> {
    await this.#options.store.recordCall(call);
    this.#options.observe(call, null);
  }

  #settle(call: Call, before: Call | null, effects: readonly Effect[]): void {
    const { bus, perform, observe } = this.#options;
    // What becomes of a recording after the call is no page's business any more.
    // The callee first: of all that is told, the ring is what counts by the millisecond.
    const people = before?.stage === 'ended' ? [] : [call.callee.userId, call.caller.userId];
    const channels = call.recording === 'off' ? people : [...people, callChannel(call.id)];
    for (const channel of channels) bus.publish(channel, { kind: 'call', call });
    for (const effect of effects) perform(call, effect);
    observe(call, before);
  }
}

/** The same session's same offer is the same call: no table of requests is needed to know it again. */
const callIdOf = (session: string, offerId: string): string =>
  hash('sha256', `${session} ${offerId}`, 'base64url').slice(0, 22);

function sameAgain({ id, end }: Call): string {
  if (end?.reason === 'busy' || end?.reason === 'not-allowed') throw refusal(end.reason);
  return end?.goesOn ?? id;
}

/** Whether the callee is calling this person, on this very session if anywhere. */
const isOtherWay = (call: Call, session: Session, callee: string): boolean =>
  call.caller.userId === callee &&
  call.callee.userId === session.userId &&
  (call.stage === 'ringing' || call.callee.session === session.id);

const refusal = (reason: 'busy' | 'not-allowed'): OmniCallError =>
  reason === 'busy'
    ? new OmniCallError('busy', 'This person is in another call.')
    : new OmniCallError('not-allowed', 'You may not call this person.');
