import type { Presence } from 'omni-call/protocol';
import type { Call } from '../core/call.js';
import type { Store } from './store.js';

/** News of one person, for whichever nodes hold a session of, or watch, that person. */
export type News =
  | { kind: 'call'; call: Call }
  | { kind: 'text'; call: string; to: string; from: string; text: string }
  | { kind: 'presence'; user: string; state: Presence }
  /** This person blocks that one, who is told of it no more. */
  | { kind: 'block'; by: string; user: string }
  /** The session connected anew, or was ended: an older connection to it is closed. */
  | { kind: 'session'; session: string; connection: string | null };

export type Listener = (news: News) => void;

/** Where a call itself can be heard of, as a person can by the user id: in none of those is a control character. */
export const callChannel = (callId: string): string => `\u0000${callId}`;

/** Carries news between the nodes. A channel is a user id, or a call's. */
export interface Bus {
  publish(channel: string, news: News): void;
  /** Tells how this person is by now. Whichever nodes tell it, what is heard last is so. */
  announce(userId: string): void;
  /** One listener for each channel and node. Resolves once no news can be missed. */
  subscribe(channel: string, listener: Listener): Promise<void>;
  unsubscribe(channel: string): void;
  close(): Promise<void>;
}

/** The bus of a single node. */
export class LocalBus implements Bus {
  readonly #listeners = new Map<string, Listener>();
  readonly #store: Pick<Store, 'presenceOf'>;

  constructor(store: Pick<Store, 'presenceOf'>) {
    this.#store = store;
  }

  publish(userId: string, news: News): void {
    this.#listeners.get(userId)?.(news);
  }

  announce(user: string): void {
    void this.#store.presenceOf(user).then((state) => this.publish(user, { kind: 'presence', user, state }));
  }

  async subscribe(userId: string, listener: Listener): Promise<void> {
    this.#listeners.set(userId, listener);
  }

  unsubscribe(userId: string): void {
    this.#listeners.delete(userId);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }
}
