import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Call } from './core/call.js';
import type { CallEvent, Effect } from './core/call-events.js';
import type { LivekitRooms } from './livekit/rooms.js';

/** What concerns LiveKit's rooms. */
type RoomEffect = Exclude<Effect, { do: 'record' }>;

export interface RoomKeeperOptions {
  rooms: Pick<LivekitRooms, 'make' | 'close' | 'admit' | 'expel'>;
  call: (id: string) => Promise<Call | null>;
  apply: (callId: string, event: CallEvent) => Promise<void>;
  /** Milliseconds between two attempts, of which there are as many as fit into the grace period where each fails at once. */
  retryEvery: number;
  wait: (ms: number) => Promise<void>;
  onError: (error: unknown, context: { call: string; doing: RoomEffect['do'] }) => void;
}

/** Makes LiveKit follow the calls. What cannot be done comes back to the call as an event. */
export class RoomKeeper {
  readonly #options: RoomKeeperOptions;
  readonly #running = new Set<Promise<void>>();

  constructor(options: RoomKeeperOptions) {
    this.#options = options;
  }

  perform(call: Call, effect: RoomEffect): void {
    const running = this.#carryOut(call, effect)
      .catch((error: unknown) => this.#options.onError(error, { call: call.id, doing: effect.do }))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when all that was begun is done. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #carryOut(call: Call, effect: RoomEffect): Promise<void> {
    const { rooms } = this.#options;
    // What the pages are told goes first.
    await nextTurn();
    switch (effect.do) {
      case 'make-room':
        return this.#make(call, effect.generation);
      case 'close-room':
        return this.#retrying(call, () => rooms.close(effect.room));
      case 'admit':
        await rooms.admit(call, effect.session);
        return;
      case 'expel':
        await Promise.all(effect.sessions.map((session) => rooms.expel(call.room.name, session)));
    }
  }

  async #make(call: Call, generation: number): Promise<void> {
    const { rooms, call: current, apply } = this.#options;
    try {
      await this.#retrying(call, () => rooms.make(call));
    } catch (error) {
      await apply(call.id, { type: 'room-failed', generation });
      throw error;
    }
    await apply(call.id, { type: 'room-ready', generation });
    // The call may have ended, or lost this room, before it was there to be closed.
    const now = await current(call.id);
    if (now?.stage === 'ended' || now?.room.name !== call.room.name) await rooms.close(call.room.name);
  }

  async #retrying(call: Call, attempt: () => Promise<void>): Promise<void> {
    const { retryEvery, wait } = this.#options;
    for (let left = Math.floor(call.limits.grace / retryEvery); ; left -= 1) {
      try {
        return await attempt();
      } catch (error) {
        if (left <= 0) throw error;
        await wait(retryEvery);
      }
    }
  }
}
