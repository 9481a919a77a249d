import { FIRST_STATE, type CallState, type CallStoreEvent } from './call-state.js';
import { reduce } from './call-store.js';
import { Emitter } from './emitter.js';
import type { EventMessage, ServiceEvents } from './event-messages.js';
import { messagesBetween } from './messages-between.js';
import type { CallSnapshot } from './snapshot.js';
import { snapshotOf } from './snapshot-of.js';

/** Owns the state. After each change, first what depends on it is brought in line, then views and listeners are told. */
export class StateKeeper {
  readonly emitter = new Emitter<ServiceEvents & { change: CallSnapshot }>();
  readonly #follow: () => void;
  #state: CallState = FIRST_STATE;
  /** Messages of changes that views are still to be told of. */
  #outbox: EventMessage[][] = [];
  #notifying = false;

  constructor(follow: () => void) {
    this.#follow = follow;
  }

  get state(): CallState {
    return this.#state;
  }

  get snapshot(): CallSnapshot {
    return snapshotOf(this.#state);
  }

  dispatch(event: CallStoreEvent): void {
    const before = this.#state;
    const after = reduce(before, event);
    if (after === before) return;
    this.#state = after;
    this.#outbox.push(messagesBetween(before, after));
    this.#follow();
    this.#notify();
  }

  /** A listener that changes something is told of that after all others have heard what came before. */
  #notify(): void {
    if (this.#notifying) return;
    this.#notifying = true;
    for (let messages = this.#outbox.shift(); messages; messages = this.#outbox.shift()) {
      this.emitter.emit('change', this.snapshot);
      for (const message of messages) this.emitter.emit('event', message);
    }
    this.#notifying = false;
  }
}
