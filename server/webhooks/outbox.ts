import type { Time } from '../core/call.js';

/** One webhook that is to be delivered. */
export interface Delivery {
  /** The same however often it is sent: the receiver knows a repetition by it. */
  readonly id: string;
  readonly body: string;
}

export interface Claimed {
  /** The call it belongs to: its deliveries are made one after the other. */
  readonly lane: string;
  readonly delivery: Delivery;
  /** How often it has failed. */
  readonly failures: number;
}

/** Where deliveries wait. The first of each lane is claimed by one node at a time. */
export interface Outbox {
  add(lane: string, deliveries: readonly Delivery[], now: Time): Promise<void>;
  /** The first of each lane whose time has come; nobody else is given them for `leaseMs`. */
  claim(now: Time, leaseMs: number): Promise<Claimed[]>;
  /** It arrived, or never will: the next of its lane is due. */
  done(claimed: Claimed, now: Time): Promise<void>;
  /** It failed, and is due again then. */
  retry(claimed: Claimed, at: Time): Promise<void>;
  close(): Promise<void>;
}

/** Lanes that are claimed at a time. */
export const CLAIMED_AT_ONCE = 50;

interface Lane {
  dueAt: Time;
  failures: number;
  waiting: Delivery[];
}

/** The outbox of a single node, which forgets with it. */
export class MemoryOutbox implements Outbox {
  readonly #lanes = new Map<string, Lane>();

  async add(name: string, deliveries: readonly Delivery[], now: Time): Promise<void> {
    const lane = this.#lanes.get(name) ?? { dueAt: now, failures: 0, waiting: [] };
    lane.waiting.push(...deliveries);
    this.#lanes.set(name, lane);
  }

  async claim(now: Time, leaseMs: number): Promise<Claimed[]> {
    const claimed: Claimed[] = [];
    for (const [name, lane] of this.#lanes) {
      const [delivery] = lane.waiting;
      if (!delivery || lane.dueAt > now) continue;
      lane.dueAt = now + leaseMs;
      claimed.push({ lane: name, delivery, failures: lane.failures });
      if (claimed.length === CLAIMED_AT_ONCE) break;
    }
    return claimed;
  }

  async done({ lane: name, delivery }: Claimed, now: Time): Promise<void> {
    const lane = this.#lanes.get(name);
    if (lane?.waiting[0]?.id !== delivery.id) return;
    lane.waiting.shift();
    lane.failures = 0;
    lane.dueAt = now;
    if (lane.waiting.length === 0) this.#lanes.delete(name);
  }

  async retry({ lane: name, delivery }: Claimed, at: Time): Promise<void> {
    const lane = this.#lanes.get(name);
    if (lane?.waiting[0]?.id !== delivery.id) return;
    lane.failures += 1;
    lane.dueAt = at;
  }

  async close(): Promise<void> {}
}
