import {
  CALL_TYPE,
  OmniCallError,
  type CallRecord,
  type CallType,
  type Push,
  type RecordingLink,
  type RecordingWish,
  type SessionPage,
  type TrackType,
  type Welcome,
} from '../protocol/index.js';
import type { DeviceKind, DeviceLists, Resolution } from '../media/devices.js';
import type { CreateMedia, Media } from '../media/media.js';
import { pageClock, type Clock } from '../signalling/clock.js';
import { serverAddress } from '../signalling/server-address.js';
import type { Token } from '../signalling/token-source.js';
import {
  assertCallType,
  assertData,
  assertMessage,
  assertRingTimeout,
  assertTrack,
  assertUserId,
  assertWebRtc,
  badRequest,
} from './arguments.js';
import { CallConnection, type Surroundings } from './call-connection.js';
import type { AnswerOptions, CallService, CallServiceOptions, OfferOptions } from './call-service.js';
import { isIn, openOffer, type CallState } from './call-state.js';
import type { CloseMessage, ServiceEvents } from './event-messages.js';
import { Leaving } from './leaving.js';
import type { Verdict } from './media-verdict.js';
import { PresenceWatch } from './presence-watch.js';
import { SideLoader } from './side-loader.js';
import type { CallSnapshot } from './snapshot.js';
import { StateKeeper } from './state-keeper.js';

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
  readonly #keeper = new StateKeeper(() => this.#follow());
  readonly #leaving: Leaving;
  readonly #side: SideLoader;
  /** Milliseconds. */
  #grace = 20_000;
  #stopGivingUp: (() => void) | null = null;
  /** The offer or answer that the server has not answered yet. */
  #pending: Promise<{ session: string }> | null = null;
  #closing: Promise<void> | null = null;

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? pageClock;
    this.#connection = new CallConnection(
      options,
      {
        onConnecting: () => this.#keeper.dispatch({ type: 'connecting' }),
        onWelcome: (welcome) => this.#handleWelcome(welcome),
        onPush: (push) => this.#handlePush(push),
        onLost: (problem, final) => this.#handleLost(problem, final),
      },
      options,
    );
    this.#presence = new PresenceWatch(
      async (users) => (await this.#connection.request('watch', { users })).users,
      (presence) => this.#keeper.dispatch({ type: 'presence', presence }),
    );
    this.#leaving = new Leaving({
      ...{ keeper: this.#keeper, connection: this.#connection, clock: this.#clock },
      pending: () => this.#pending,
    });
    this.#side = new SideLoader({
      server: options.server,
      prepare: options.prepare ?? true,
      loadMedia: options.loadMedia,
      state: () => this.#keeper.state,
      send: (type, body) => this.#connection.request(type, body),
      onDevices: (devices) => this.#keeper.dispatch({ type: 'devices', devices }),
      onMedia: (media) => this.#keeper.dispatch({ type: 'media', media }),
      onVerdict: (why) => this.#giveUp(why),
    });
  }

  get snapshot(): CallSnapshot {
    return this.#keeper.snapshot;
  }

  subscribe(listener: (snapshot: CallSnapshot) => void): () => void {
    // A function of its own, so that one listener can subscribe twice.
    const own = (snapshot: CallSnapshot): void => listener(snapshot);
    this.#keeper.emitter.on('change', own);
    return () => this.#keeper.emitter.off('change', own);
  }

  on<Name extends keyof ServiceEvents>(name: Name, listener: (message: ServiceEvents[Name]) => void): void {
    this.#keeper.emitter.on(name, listener as (message: (ServiceEvents & { change: CallSnapshot })[Name]) => void);
  }

  off<Name extends keyof ServiceEvents>(name: Name, listener: (message: ServiceEvents[Name]) => void): void {
    this.#keeper.emitter.off(name, listener as (message: (ServiceEvents & { change: CallSnapshot })[Name]) => void);
  }

  async createSession(userId?: string): Promise<{ session: string; user_id: string }> {
    if (this.#closing) throw new OmniCallError('no-session', 'This service is closed. Create another.');
    await this.#connection.open(userId, this.#keeper.state.self?.userId ?? null);
    const { self } = this.#keeper.state;
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
    this.#keeper.dispatch({ type: 'seen' });
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
    const self = this.#assertReady();
    assertCallType(callType);
    assertUserId(callee);
    if (callee === self.userId) throw badRequest('You cannot call yourself.');
    if (ringTimeout !== undefined) assertRingTimeout(ringTimeout);
    if (data !== undefined) assertData(data);
    const { call, act } = this.#keeper.state;
    // Calling back who is ringing is answering: with a recording, where this side asks for one as well.
    if (call?.view.stage === 'ringing' && call.view.caller.userId === callee)
      return this.answerCall(callType, undefined, { record });
    if (call || act) throw new OmniCallError('already-in-call', 'There is a call already. Leave it first.');
    this.#keeper.dispatch({ type: 'offering', offer: { callType, callee, data: data ?? null } });
    const { muted } = this.#keeper.state;
    const body = { offerId: randomId(), callType, callee, record, ringTimeout, data, muted };
    return this.#carryOut('offer', this.#connection.request('offer', body));
  }

  async answerCall(callType?: CallType, caller?: string, options: AnswerOptions = {}): Promise<{ session: string }> {
    this.#assertReady();
    if (callType !== undefined) assertCallType(callType);
    if (caller !== undefined) assertUserId(caller);
    const { call, act } = this.#keeper.state;
    if (act?.do === 'answer' && this.#pending) return this.#pending;
    const view = call?.view;
    const rings =
      view?.stage === 'ringing' && view.role === 'callee' && (caller ?? view.caller.userId) === view.caller.userId;
    if (!rings && (caller === undefined || act)) throw noCall('Nobody is calling.');
    if (view && isIn(view, this.#keeper.state.self))
      throw new OmniCallError('already-in-call', 'Leave the other call first.');
    const sends = callType ?? view?.callType ?? CALL_TYPE.VIDEO_CALL;
    this.#keeper.dispatch({ type: 'answering', callType: sends });
    const { muted } = this.#keeper.state;
    const which = rings ? { call: view.session } : { caller };
    const body = { ...which, callType: sends, record: options.record ?? rings, muted };
    return this.#carryOut('answer', this.#connection.request('answer', body));
  }

  leave(): Promise<void> {
    const { call, act } = this.#keeper.state;
    if (this.#leaving.current) return this.#leaving.current;
    if (!call && !act) return Promise.reject(noCall('There is no call to leave.'));
    return this.#leaving.start();
  }

  dismiss(): void {
    this.#keeper.dispatch({ type: 'dismiss' });
  }

  setMute(track: TrackType): Promise<void> {
    return this.#setMuted(track, true);
  }

  setUnmute(track: TrackType): Promise<void> {
    return this.#setMuted(track, false);
  }

  async getDeviceList(): Promise<DeviceLists> {
    return (await this.#side.load()).refreshDevices();
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
    await (await this.#side.load()).setResolution(resolution);
  }

  async setBlur(on: boolean): Promise<void> {
    await (await this.#side.load()).setBlur(on);
  }

  async setVolume(volume: number): Promise<void> {
    (await this.#side.load()).setVolume(volume);
  }

  async screenShare(): Promise<void> {
    await this.#mediaOfCall().shareScreen();
    await this.#side.current?.told('share');
  }

  async screenUnshare(): Promise<void> {
    await this.#mediaOfCall().unshareScreen();
    await this.#side.current?.told('share');
  }

  async setRecording(wish: RecordingWish): Promise<void> {
    const { call } = this.#keeper.state;
    if (!call) throw noCall('There is no call to record.');
    await this.#connection.request('record', { call: call.view.session, wish });
  }

  async recordingLink(session: string): Promise<RecordingLink> {
    const link = await this.#connection.request('recording-link', { call: session });
    return { ...link, url: serverAddress(this.#options.server) + link.url };
  }

  async sendMessage(text: string): Promise<void> {
    this.#assertSession();
    const { call } = this.#keeper.state;
    if (!call) throw noCall('There is no call to send a message in.');
    assertMessage(text);
    await this.#connection.request('message', { call: call.view.session, text });
  }

  async startPlayback(): Promise<void> {
    await this.#side.current?.media?.startPlayback();
  }

  retryDevices(): void {
    this.#side.current?.media?.retryDevices();
  }

  /** Another token of the same person, for the next connection. */
  renewToken(token: Token): void {
    this.#connection.renewToken(token);
  }

  /** It was closed, and may still have something to tell the server. */
  get isClosing(): boolean {
    return this.#closing !== null;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  #assertSession(): NonNullable<CallState['self']> {
    const { connection, self, problem } = this.#keeper.state;
    if (connection === 'off') {
      throw problem ?? new OmniCallError('no-session', 'There is no session: call createSession() first.');
    }
    if (self) return self;
    throw problem ?? new OmniCallError('unreachable', 'The call server has not answered yet.');
  }

  /** There is a session, and what media are made of: before anybody is rung, or answered. */
  #assertReady(): NonNullable<CallState['self']> {
    const self = this.#assertSession();
    if (!this.#options.loadMedia) assertWebRtc();
    return self;
  }

  /** Waits for the server's word on an offer or an answer. */
  async #carryOut(act: 'offer' | 'answer', reply: Promise<{ session: string }>): Promise<{ session: string }> {
    this.#pending = reply;
    try {
      const { session } = await reply;
      this.#keeper.dispatch({ type: 'accepted', session });
      return { session };
    } catch (error) {
      this.#keeper.dispatch({ type: 'refused', act });
      throw error;
    } finally {
      if (this.#pending === reply) this.#pending = null;
    }
  }

  async #setMuted(track: TrackType, on: boolean): Promise<void> {
    assertTrack(track);
    this.#keeper.dispatch({ type: 'mute', track, on });
    await this.#side.current?.told('mute');
  }

  async #setDevice(kind: DeviceKind, id: string): Promise<void> {
    await (await this.#side.load()).setDevice(kind, id);
  }

  #mediaOfCall(): Media {
    const media = this.#keeper.state.call?.connectedAt ? this.#side.current?.media : null;
    if (!media) throw noCall('A screen is shared in a connected call only.');
    return media;
  }

  #giveUp(why: Verdict): void {
    const { call, act } = this.#keeper.state;
    if (this.#leaving.current || (!call && !act)) return;
    // The ending tells the person; a server that refuses even this tells why by itself.
    this.#leaving.start(why).catch(() => undefined);
  }

  async #close(): Promise<void> {
    const { call, act, self, connection } = this.#keeper.state;
    if (connection === 'open' && ((call && isIn(call.view, self)) || act)) {
      const left = (this.#leaving.current ?? this.#leaving.start()).catch(() => undefined);
      await Promise.race([left, new Promise<void>((resolve) => this.#clock.after(LAST_WORDS, resolve))]);
    }
    const session = this.#keeper.state.self?.session;
    this.#connection.close();
    this.#keeper.dispatch({ type: 'lost', problem: null, final: true, at: this.#clock.now() });
    this.#keeper.dispatch({ type: 'dismiss' });
    this.#side.current?.close();
    if (session !== undefined) this.#keeper.emitter.emit('close', { session, problem: null });
    this.#options.onClosed?.();
  }

  #handleWelcome(welcome: Welcome): void {
    const before = this.#keeper.state.self?.session;
    this.#grace = welcome.graceMs;
    this.#side.current?.repeat();
    this.#keeper.dispatch({ type: 'welcome', welcome, at: this.#clock.now() });
    if (before !== undefined && before !== welcome.session) {
      const problem = new OmniCallError('no-session', 'The session was lost. Another one has begun.');
      this.#keeper.emitter.emit('close', { session: before, problem } satisfies CloseMessage);
    }
    this.#presence.welcome();
    const { call } = welcome;
    const { over, guess } = this.#keeper.state;
    // This person has been told that it is over, so nobody shall wait here for it to go on.
    if (call && !call.ending && over.includes(call.session)) {
      const why = guess?.view.session === call.session ? { why: 'connection-lost' as const } : {};
      this.#connection.request('leave', { call: call.session, ...why }).catch(() => undefined);
    }
  }

  #handlePush(push: Push): void {
    if (push.type === 'call') this.#keeper.dispatch({ type: 'view', view: push.call, at: this.#clock.now() });
    else if (push.type === 'presence') {
      this.#keeper.dispatch({ type: 'presence', presence: { [push.user]: push.state } });
    } else if (push.type === 'message' && push.call === this.#keeper.state.call?.view.session) {
      const { call: session, from, text } = push;
      this.#keeper.emitter.emit('event', { cmd: 'MESSAGE_EVENT', session, user_id: from, message: text });
    }
  }

  #handleLost(problem: OmniCallError, final: boolean): void {
    const session = this.#keeper.state.self?.session;
    this.#keeper.dispatch({ type: 'lost', problem, final, at: this.#clock.now() });
    if (final && session !== undefined) this.#keeper.emitter.emit('close', { session, problem });
  }

  /** Brings in line with the state what depends on it. Each step does nothing where nothing changed. */
  #follow(): void {
    const { state } = this.#keeper;
    this.#connection.noteCall((state.call ?? state.guess)?.view.session ?? null, state.media.link === 'joined');
    this.#watchLoss(state);
    const { current } = this.#side;
    if (current) current.follow();
    else if (state.call || openOffer(state.act)) this.#side.loadForCall();
  }

  /** Past the grace period the server has ended the call of a page that neither it nor the room could see. */
  #watchLoss({ call, connection, media }: CallState): void {
    const lost = call && connection !== 'open' && (call.view.stage === 'ringing' || media.link !== 'joined');
    if (!lost) {
      this.#stopGivingUp?.();
      this.#stopGivingUp = null;
      return;
    }
    // A ring goes on for the person's other devices, and may be heard here again.
    const ringsOn = isIn(call.view, this.#keeper.state.self) ? 0 : (call.ringEndsAt ?? 0) - this.#clock.now();
    const { session } = call.view;
    this.#stopGivingUp ??= this.#clock.after(Math.max(this.#grace, ringsOn), () => {
      this.#stopGivingUp = null;
      this.#keeper.dispatch({ type: 'given-up', session, at: this.#clock.now() });
    });
  }
}
