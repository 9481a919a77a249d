import {
  CALL_TYPE,
  OmniCallError,
  type CallRecord,
  type CallType,
  type Push,
  type SessionPage,
  type TrackType,
  type Welcome,
} from '../protocol/index.js';
import type { DeviceKind, DeviceLists, Resolution } from '../media/devices.js';
import { loadCode } from '../load-code.js';
import { loadMedia } from '../media/load-media.js';
import type { CreateMedia, Media } from '../media/media.js';
import { pageClock, type Clock } from '../signalling/clock.js';
import { assertCallType, assertMessage, assertTrack, assertUserId, badRequest } from './arguments.js';
import { CallConnection, type Surroundings } from './call-connection.js';
import type { CallService, CallServiceOptions, OfferOptions } from './call-service.js';
import type { CallSide } from './call-side.js';
import { FIRST_STATE, isIn, openOffer, type CallState, type CallStoreEvent } from './call-state.js';
import { reduce } from './call-store.js';
import { Emitter } from './emitter.js';
import type { CloseMessage, EventMessage, ServiceEvents } from './event-messages.js';
import type { Verdict } from './media-verdict.js';
import { messagesBetween } from './messages-between.js';
import { PresenceWatch } from './presence-watch.js';
import type { CallSnapshot } from './snapshot.js';
import { snapshotOf } from './snapshot-of.js';

export interface ControllerOptions extends CallServiceOptions, Surroundings {
  loadMedia?: () => Promise<CreateMedia>;
  /** The service lets go of everything. */
  onClosed?: () => void;
}

/** Milliseconds for which `close` waits for the other side to be told. */
const LAST_WORDS = 1_000;

const noCall = (message: string): OmniCallError => new OmniCallError('no-such-call', message);
/** Unguessable, also on a page without HTTPS, where there is no `crypto.randomUUID`. */
const randomId = (): string =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('');

/**
 * The call service. What it knows is the store's state; each change of that is followed by all that depends on it:
 * the media's wish, the reports to the server, the messages, the views.
 */
export class CallController implements CallService {
  readonly #options: ControllerOptions;
  readonly #clock: Clock;
  readonly #connection: CallConnection;
  readonly #presence: PresenceWatch;
  readonly #emitter = new Emitter<ServiceEvents & { change: CallSnapshot }>();
  #state: CallState = FIRST_STATE;
  #side: CallSide | null = null;
  #sideLoading: Promise<CallSide> | null = null;
  /** Milliseconds. */
  #grace = 20_000;
  #stopGivingUp: (() => void) | null = null;
  /** Messages of changes that views are still to be told of. */
  #outbox: EventMessage[][] = [];
  #notifying = false;
  /** The offer or answer that the server has not answered yet. */
  #pending: Promise<{ session: string }> | null = null;
  #leaving: Promise<void> | null = null;
  #closing: Promise<void> | null = null;

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? pageClock;
    this.#connection = new CallConnection(
      options,
      {
        onConnecting: () => this.#dispatch({ type: 'connecting' }),
        onWelcome: (welcome) => this.#handleWelcome(welcome),
        onPush: (push) => this.#handlePush(push),
        onLost: (problem, final) => this.#handleLost(problem, final),
      },
      options,
    );
    this.#presence = new PresenceWatch(
      async (users) => (await this.#connection.request('watch', { users })).users,
      (presence) => this.#dispatch({ type: 'presence', presence }),
    );
  }

  get snapshot(): CallSnapshot {
    return snapshotOf(this.#state);
  }

  subscribe(listener: (snapshot: CallSnapshot) => void): () => void {
    // A function of its own, so that one listener can subscribe twice.
    const own = (snapshot: CallSnapshot): void => listener(snapshot);
    this.#emitter.on('change', own);
    return () => this.#emitter.off('change', own);
  }

  on<Name extends keyof ServiceEvents>(name: Name, listener: (message: ServiceEvents[Name]) => void): void {
    this.#emitter.on(name, listener as (message: (ServiceEvents & { change: CallSnapshot })[Name]) => void);
  }

  off<Name extends keyof ServiceEvents>(name: Name, listener: (message: ServiceEvents[Name]) => void): void {
    this.#emitter.off(name, listener as (message: (ServiceEvents & { change: CallSnapshot })[Name]) => void);
  }

  async createSession(userId?: string): Promise<{ session: string; user_id: string }> {
    if (this.#closing) throw new OmniCallError('no-session', 'This service is closed. Create another.');
    await this.#connection.open(userId, this.#state.self?.userId ?? null);
    const { self } = this.#state;
    if (!self) throw new OmniCallError('no-session', 'The session ended while it was being opened.');
    return { session: self.session, user_id: self.userId };
  }

  async sessionList(page = 1): Promise<SessionPage> {
    return this.#connection.request('list', { page });
  }

  async callHistory(limit = 20): Promise<CallRecord[]> {
    return (await this.#connection.request('history', { limit })).list;
  }

  async dismissMissed(): Promise<void> {
    await this.#connection.request('seen', {});
    this.#dispatch({ type: 'seen' });
  }

  watch(userId: string): () => void {
    return this.#presence.watch(userId);
  }

  async offerCall(
    callType: CallType,
    callee: string,
    record = false,
    { ringTimeout, data }: OfferOptions = {},
  ): Promise<{ session: string }> {
    const self = this.#assertSession();
    assertCallType(callType);
    assertUserId(callee);
    if (callee === self.userId) throw badRequest('You cannot call yourself.');
    const { call, act } = this.#state;
    // Calling back who is ringing is answering.
    if (call?.view.stage === 'ringing' && call.view.caller.userId === callee) return this.answerCall(callType);
    if (call || act) throw new OmniCallError('already-in-call', 'There is a call already. Leave it first.');
    this.#dispatch({ type: 'offering', offer: { callType, callee, data: data ?? null } });
    const { muted } = this.#state;
    const body = {
      ...{ offerId: randomId(), callType, callee, record, muted },
      ...(ringTimeout !== undefined && { ringTimeout }),
      ...(data !== undefined && { data }),
    };
    return this.#carryOut('offer', this.#connection.request('offer', body));
  }

  async answerCall(callType?: CallType, caller?: string): Promise<{ session: string }> {
    this.#assertSession();
    if (callType !== undefined) assertCallType(callType);
    if (caller !== undefined) assertUserId(caller);
    const { call, act } = this.#state;
    if (act?.do === 'answer' && this.#pending) return this.#pending;
    const view = call?.view;
    const rings =
      view?.stage === 'ringing' && view.role === 'callee' && (caller ?? view.caller.userId) === view.caller.userId;
    if (!rings && (caller === undefined || act)) throw noCall('Nobody is calling.');
    if (view && isIn(view, this.#state.self)) throw new OmniCallError('already-in-call', 'Leave the other call first.');
    const sends = callType ?? view?.callType ?? CALL_TYPE.VIDEO_CALL;
    this.#dispatch({ type: 'answering', callType: sends });
    const { muted } = this.#state;
    const which = rings ? { call: view.session } : { ...(caller !== undefined && { caller }) };
    return this.#carryOut('answer', this.#connection.request('answer', { ...which, callType: sends, muted }));
  }

  leave(): Promise<void> {
    const { call, act } = this.#state;
    if (this.#leaving) return this.#leaving;
    if (!call && !act) return Promise.reject(noCall('There is no call to leave.'));
    return this.#leave();
  }

  dismiss(): void {
    this.#dispatch({ type: 'dismiss' });
  }

  setMute(track: TrackType): Promise<void> {
    return this.#setMuted(track, true);
  }

  setUnmute(track: TrackType): Promise<void> {
    return this.#setMuted(track, false);
  }

  async getDeviceList(): Promise<DeviceLists> {
    return (await this.#loadSide()).refreshDevices();
  }

  setVideoDevice(id: string): Promise<void> {
    return this.#setDevice('videoinput', id);
  }

  setAudioDevice(id: string): Promise<void> {
    return this.#setDevice('audioinput', id);
  }

  setAudioOutput(id: string): Promise<void> {
    return this.#setDevice('audiooutput', id);
  }

  async setResolution(resolution: Resolution): Promise<void> {
    await (await this.#loadSide()).setResolution(resolution);
  }

  async screenShare(): Promise<void> {
    await this.#mediaOfCall().shareScreen();
    await this.#side?.told('share');
  }

  async screenUnshare(): Promise<void> {
    await this.#mediaOfCall().unshareScreen();
    await this.#side?.told('share');
  }

  async sendMessage(text: string): Promise<void> {
    this.#assertSession();
    const { call } = this.#state;
    if (!call) throw noCall('There is no call to send a message in.');
    assertMessage(text);
    await this.#connection.request('message', { call: call.view.session, text });
  }

  async startPlayback(): Promise<void> {
    await this.#side?.media?.startPlayback();
  }

  retryDevices(): void {
    this.#side?.media?.retryDevices();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #assertSession(): NonNullable<CallState['self']> {
    const { connection, self, problem } = this.#state;
    if (connection === 'off') {
      throw problem ?? new OmniCallError('no-session', 'There is no session: call createSession() first.');
    }
    if (self) return self;
    throw problem ?? new OmniCallError('unreachable', 'The call server has not answered yet.');
  }

  /** Waits for the server's word on an offer or an answer. */
  async #carryOut(act: 'offer' | 'answer', reply: Promise<{ session: string }>): Promise<{ session: string }> {
    this.#pending = reply;
    try {
      const { session } = await reply;
      this.#dispatch({ type: 'accepted', session });
      return { session };
    } catch (error) {
      this.#dispatch({ type: 'refused', act });
      throw error;
    } finally {
      if (this.#pending === reply) this.#pending = null;
    }
  }

  #leave(why?: Verdict): Promise<void> {
    this.#dispatch({ type: 'leaving' });
    const leaving = this.#getThrough(why).finally(() => {
      if (this.#leaving === leaving) this.#leaving = null;
    });
    this.#leaving = leaving;
    return leaving;
  }

  /** Tells the server until it knows, or until the call is over anyway. */
  async #getThrough(why?: Verdict): Promise<void> {
    const known = this.#state.call?.view.session;
    // Before the server has answered, the call has no name to leave it by. Another may ring by then: that one stays.
    const named = await this.#pending?.catch(() => null);
    const session = known ?? named?.session ?? this.#state.act?.session;
    if (session === undefined || session === null) return;
    const over = this.#over(session);
    const told = this.#connection.request('leave', { call: session, ...(why && { why }) }).then(
      () => over,
      (error: unknown) => {
        if (!(error instanceof OmniCallError) || error.code !== 'no-such-call') throw error;
        this.#dispatch({ type: 'given-up', at: this.#clock.now() });
      },
    );
    try {
      await Promise.race([over, told]);
    } catch (error) {
      this.#dispatch({ type: 'refused', act: 'leave' });
      throw error;
    }
  }

  /** Resolves once that call is over. */
  #over(session: string): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        const { call, act } = this.#state;
        if (call?.view.session === session || (!call && act?.session === session)) return;
        this.#emitter.off('change', check);
        resolve();
      };
      this.#emitter.on('change', check);
      check();
    });
  }

  async #setMuted(track: TrackType, on: boolean): Promise<void> {
    assertTrack(track);
    this.#dispatch({ type: 'mute', muted: { ...this.#state.muted, [track]: on } });
    await this.#side?.told('mute');
  }

  async #setDevice(kind: DeviceKind, id: string): Promise<void> {
    await (await this.#loadSide()).setDevice(kind, id);
  }

  #mediaOfCall(): Media {
    const media = this.#state.call?.connectedAt ? this.#side?.media : null;
    if (!media) throw noCall('A screen is shared in a connected call only.');
    return media;
  }

  /** Loaded when a call is near, or devices are asked for: before that it would only weigh on the page. */
  #loadSide(): Promise<CallSide> {
    this.#sideLoading ??= this.#createSide().catch((cause: unknown) => {
      this.#sideLoading = null;
      throw new OmniCallError('media-failed', 'The media code could not be loaded.', { cause });
    });
    return this.#sideLoading;
  }

  async #createSide(): Promise<CallSide> {
    const { CallSide } = await loadCode(() => import('./call-side.js'));
    const { prepare = true } = this.#options;
    this.#side = new CallSide({
      prepare,
      loadMedia: this.#loadMedia,
      send: (type, body) => this.#connection.request(type, body),
      onDevices: (devices) => this.#dispatch({ type: 'devices', devices }),
      onMedia: (media) => this.#dispatch({ type: 'media', media }),
      onVerdict: (why) => this.#giveUp(why),
    });
    this.#side.follow(this.#state);
    return this.#side;
  }

  readonly #loadMedia = (): Promise<CreateMedia> => (this.#options.loadMedia ?? loadMedia)();

  #giveUp(why: Verdict): void {
    const { call, act } = this.#state;
    if (this.#leaving || (!call && !act)) return;
    // The ending tells the person; a server that refuses even this tells why by itself.
    this.#leave(why).catch(() => undefined);
  }

  async #close(): Promise<void> {
    const { call, act, self, connection } = this.#state;
    if (connection === 'open' && ((call && isIn(call.view, self)) || act)) {
      const left = (this.#leaving ?? this.#leave()).catch(() => undefined);
      await Promise.race([left, new Promise<void>((resolve) => this.#clock.after(LAST_WORDS, resolve))]);
    }
    const session = this.#state.self?.session;
    this.#connection.close();
    this.#dispatch({ type: 'lost', problem: null, final: true, at: this.#clock.now() });
    this.#dispatch({ type: 'dismiss' });
    this.#side?.close();
    if (session !== undefined) this.#emitter.emit('close', { session, problem: null });
    this.#options.onClosed?.();
  }

  #handleWelcome(welcome: Welcome): void {
    const before = this.#state.self?.session;
    this.#grace = welcome.graceMs;
    this.#side?.repeat();
    this.#dispatch({ type: 'welcome', welcome, at: this.#clock.now() });
    if (before !== undefined && before !== welcome.session) {
      const problem = new OmniCallError('no-session', 'The session was lost. Another one has begun.');
      this.#emitter.emit('close', { session: before, problem } satisfies CloseMessage);
    }
    this.#presence.welcome();
    const { call } = welcome;
    // This person has been told that it is over, so nobody shall wait here for it to go on.
    if (call && !call.ending && this.#state.over.includes(call.session)) {
      this.#connection.request('leave', { call: call.session }).catch(() => undefined);
    }
  }

  #handlePush(push: Push): void {
    if (push.type === 'call') this.#dispatch({ type: 'view', view: push.call, at: this.#clock.now() });
    else if (push.type === 'presence') {
      this.#dispatch({ type: 'presence', presence: { [push.user]: push.state } });
    } else if (push.type === 'message' && push.call === this.#state.call?.view.session) {
      const { call: session, from, text } = push;
      this.#emitter.emit('event', { cmd: 'MESSAGE_EVENT', session, user_id: from, message: text });
    }
  }

  #handleLost(problem: OmniCallError, final: boolean): void {
    const session = this.#state.self?.session;
    this.#dispatch({ type: 'lost', problem, final, at: this.#clock.now() });
    if (final && session !== undefined) this.#emitter.emit('close', { session, problem });
  }

  #dispatch(event: CallStoreEvent): void {
    const before = this.#state;
    const after = reduce(before, event);
    if (after === before) return;
    this.#state = after;
    this.#outbox.push(messagesBetween(before, after));
    this.#follow();
    this.#notify();
  }

  /** Brings in line with the state what depends on it. Each step does nothing where nothing changed. */
  #follow(): void {
    this.#connection.noteCall(this.#state.call?.view.session ?? null);
    this.#watchLoss(this.#state);
    if (this.#side) this.#side.follow(this.#state);
    else if (this.#state.call || openOffer(this.#state.act)) this.#bringIn();
  }

  #bringIn(): void {
    // Both on the way at once: the one is needed right after the other.
    this.#loadMedia().catch(() => undefined);
    this.#loadSide().catch((error: unknown) => {
      reportError(error);
      this.#giveUp('media-failed');
    });
  }

  /** Past the grace period the server has ended the call of a page that neither it nor the room could see. */
  #watchLoss({ call, connection, media }: CallState): void {
    const lost = call && connection !== 'open' && (call.view.stage === 'ringing' || media.link !== 'joined');
    if (!lost) {
      this.#stopGivingUp?.();
      this.#stopGivingUp = null;
      return;
    }
    this.#stopGivingUp ??= this.#clock.after(this.#grace, () => {
      this.#stopGivingUp = null;
      this.#dispatch({ type: 'given-up', at: this.#clock.now() });
    });
  }

  /** A listener that changes something is told of that after all others have heard what came before. */
  #notify(): void {
    if (this.#notifying) return;
    this.#notifying = true;
    for (let messages = this.#outbox.shift(); messages; messages = this.#outbox.shift()) {
      this.#emitter.emit('change', this.snapshot);
      for (const message of messages) this.#emitter.emit('event', message);
    }
    this.#notifying = false;
  }
}
