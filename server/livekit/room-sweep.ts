import type { Call, Time } from '../core/call.js';
import type { CallEngine } from '../engine.js';
import type { LivekitRooms } from './rooms.js';

export interface RoomSweepOptions {
  rooms: Pick<LivekitRooms, 'listWithCalls' | 'close'>;
  /** The open calls that this node's pages are in. */
  shown: () => Iterable<Call>;
  call: (id: string) => Promise<Call | null>;
  engine: Pick<CallEngine, 'makeRoom' | 'loseRoom'>;
  now: () => Time;
  /** Until then a page may bring back a call that the server before this one knew. */
  callsComeBackUntil: Time;
  /** Milliseconds between two looks. */
  every: number;
  onError: (error: unknown) => void;
}

/**
 * Puts right, in a while, what a node could not do because it died: a room that was not made or not closed; and what
 * nobody told: a room that LiveKit lost.
 */
export class RoomSweep {
  readonly #options: RoomSweepOptions;
  readonly #timer: NodeJS.Timeout;
  /** Rooms whose call was not known at the last look: one may be about to come back from a page or another node. */
  #strange: ReadonlySet<string> = new Set();
  #missing: ReadonlySet<string> = new Set();

  constructor(options: RoomSweepOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.look().catch(options.onError), options.every);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async look(): Promise<void> {
    const { rooms, shown } = this.#options;
    const calls = [...shown()];
    const open = await rooms.listWithCalls();
    await this.#closeLeftOver(open);
    await this.#replaceMissing(calls, new Set(open.map(({ name }) => name)));
  }

  async #closeLeftOver(open: readonly { name: string; call: string }[]): Promise<void> {
    const { rooms, call, now, callsComeBackUntil } = this.#options;
    const mayComeBack = now() <= callsComeBackUntil;
    const strange = new Set<string>();
    for (const { name, call: id } of open) {
      const owner = await call(id);
      const isNeeded = owner !== null && owner.stage !== 'ended' && owner.room.name === name;
      if (isNeeded) continue;
      if (owner !== null || (this.#strange.has(name) && !mayComeBack)) await rooms.close(name);
      else strange.add(name);
    }
    this.#strange = strange;
  }

  async #replaceMissing(calls: readonly Call[], open: ReadonlySet<string>): Promise<void> {
    const { engine } = this.#options;
    const missing = calls.filter(({ room }) => !open.has(room.name));
    for (const call of missing) {
      // One that is being made at this moment is there at the next look.
      if (!this.#missing.has(call.room.name)) continue;
      if (call.room.ready) await engine.loseRoom(call);
      else engine.makeRoom(call);
    }
    this.#missing = new Set(missing.map(({ room }) => room.name));
  }
}
