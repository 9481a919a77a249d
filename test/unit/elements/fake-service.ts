import { snapshotOf } from '../../../src/service/snapshot-of.js';
import { FIRST_STATE, type CallState, type CallStoreEvent } from '../../../src/service/call-state.js';
import { reduce } from '../../../src/service/call-store.js';
import { messagesBetween } from '../../../src/service/messages-between.js';
import type { CallService } from '../../../src/service/call-service.js';
import type { EventMessage, ServiceEvents } from '../../../src/service/event-messages.js';
import type { CallSnapshot } from '../../../src/service/snapshot.js';
import type { OmniCallError } from '../../../src/protocol/index.js';

/** A service whose state is the real store's, moved by the test; what is asked of it is remembered. */
export class FakeService implements CallService {
  readonly asked: string[] = [];
  readonly watched: string[] = [];
  /** What the next request rejects with. */
  refusal: OmniCallError | null = null;
  #state: CallState = FIRST_STATE;
  readonly #subscribers = new Set<(snapshot: CallSnapshot) => void>();
  readonly #listeners = new Set<(message: EventMessage) => void>();

  get snapshot(): CallSnapshot {
    return snapshotOf(this.#state);
  }

  /** How many listen to it in any way. */
  get listeners(): number {
    return this.#subscribers.size + this.#listeners.size;
  }

  apply(...events: CallStoreEvent[]): void {
    for (const event of events) {
      const before = this.#state;
      this.#state = reduce(before, event);
      for (const subscriber of [...this.#subscribers]) subscriber(this.snapshot);
      for (const message of messagesBetween(before, this.#state)) this.tell(message);
    }
  }

  tell(message: EventMessage): void {
    for (const listener of [...this.#listeners]) listener(message);
  }

  subscribe(listener: (snapshot: CallSnapshot) => void): () => void {
    const own = (snapshot: CallSnapshot): void => listener(snapshot);
    this.#subscribers.add(own);
    return () => this.#subscribers.delete(own);
  }

  on<Name extends keyof ServiceEvents>(name: Name, listener: (message: ServiceEvents[Name]) => void): void {
    if (name === 'event') this.#listeners.add(listener as (message: EventMessage) => void);
  }

  off<Name extends keyof ServiceEvents>(_name: Name, listener: (message: ServiceEvents[Name]) => void): void {
    this.#listeners.delete(listener as (message: EventMessage) => void);
  }

  watch(userId: string): () => void {
    this.watched.push(userId);
    return () => void this.watched.splice(this.watched.indexOf(userId), 1);
  }

  dismiss(): void {
    this.asked.push('dismiss');
    this.apply({ type: 'dismiss' });
  }

  retryDevices(): void {
    this.asked.push('retryDevices');
  }

  async getDeviceList(): Promise<CallSnapshot['devices']> {
    return this.snapshot.devices;
  }

  readonly createSession = this.#answer('createSession', { session: 'session-of-me', user_id: 'me' });
  readonly sessionList = this.#answer('sessionList', { page: 1, count: 0, list: [] });
  readonly callHistory = this.#answer('callHistory', []);
  readonly dismissMissed = this.#answer('dismissMissed', undefined);
  readonly offerCall = this.#answer('offerCall', { session: 'call' });
  readonly answerCall = this.#answer('answerCall', { session: 'call' });
  readonly leave = this.#answer('leave', undefined);
  readonly setMute = this.#answer('setMute', undefined);
  readonly setUnmute = this.#answer('setUnmute', undefined);
  readonly setVideoDevice = this.#answer('setVideoDevice', undefined);
  readonly setAudioDevice = this.#answer('setAudioDevice', undefined);
  readonly setAudioOutput = this.#answer('setAudioOutput', undefined);
  readonly setResolution = this.#answer('setResolution', undefined);
  readonly setBlur = this.#answer('setBlur', undefined);
  readonly setVolume = this.#answer('setVolume', undefined);
  readonly screenShare = this.#answer('screenShare', undefined);
  readonly screenUnshare = this.#answer('screenUnshare', undefined);
  readonly setRecording = this.#answer('setRecording', undefined);
  readonly recordingLink = this.#answer('recordingLink', { url: 'http://calls/recordings/call.mp4', expires_at: '' });
  readonly sendMessage = this.#answer('sendMessage', undefined);
  readonly startPlayback = this.#answer('startPlayback', undefined);
  readonly close = this.#answer('close', undefined);

  #answer<Result>(name: string, result: Result): (...args: unknown[]) => Promise<Result> {
    return async (...args) => {
      this.asked.push([name, ...args.filter((arg) => arg !== undefined).map((arg) => JSON.stringify(arg))].join(' '));
      const { refusal } = this;
      this.refusal = null;
      if (refusal) throw refusal;
      return result;
    };
  }
}
