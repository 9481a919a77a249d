import { setTimeout as wait } from 'node:timers/promises';
import type { Push } from 'omni-call/protocol';
import { WsClient } from '../../test/support/ws-client.js';

/** Offer, two reports of media, answer, leave: each with its reply. */
const REQUESTS = 5;

const AT_ONCE = 10;

/** Two people who call each other again and again, as the call server sees them: page by page, message by message. */
export class Couple {
  readonly #caller: WsClient;
  readonly #callee: WsClient;
  readonly #name: string;
  /** Frames of the last call that passed the server, in and out. */
  frames = 0;
  /** What the callee was last told of a ring. */
  ring: Push | null = null;

  private constructor(name: string, caller: WsClient, callee: WsClient) {
    this.#name = name;
    this.#caller = caller;
    this.#callee = callee;
  }

  static async open(server: string, name: string): Promise<Couple> {
    const [caller, callee] = await Promise.all([
      WsClient.join(server, `caller-${name}`),
      WsClient.join(server, `callee-${name}`),
    ]);
    return new Couple(name, caller, callee);
  }

  /**
   * A whole call: offer, ring, both into the room while it rings, answer, connected, hang up. Resolves, when it is
   * over, with the milliseconds from the offer's frame at the caller's socket to the ring's at the callee's.
   */
  async call(): Promise<number> {
    const offered = this.#caller.offer(`callee-${this.#name}`);
    this.ring = await this.#callee.push('call', ({ call }) => call.stage === 'ringing');
    const rang = this.#callee.arrivedAt - this.#caller.sentAt;
    const call = await offered;
    await Promise.all([this.#caller.enter(call), this.#callee.enter(call)]);
    await this.#callee.answer(call);
    await Promise.all([this.#caller.stage(call, 'connected'), this.#callee.stage(call, 'connected')]);
    await this.#caller.leave(call);
    await Promise.all([this.#caller.stage(call, 'ended'), this.#callee.stage(call, 'ended')]);
    const pushes = [this.#caller, this.#callee].map((client) => client.pushes.splice(0).length);
    this.frames = 2 * REQUESTS + pushes.reduce((sum, count) => sum + count, 0);
    return rang;
  }

  async close(): Promise<void> {
    await Promise.all([this.#caller.close(), this.#callee.close()]);
  }
}

export const openCouples = (server: string, count: number): Promise<Couple[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => Couple.open(server, String(index))));

/**
 * Does something so many times, ten at a time, each with the one of `all` that has waited longest. With enough of them
 * nobody sends more in a second than a server takes from one page.
 */
export async function inTurn<T>(all: readonly T[], times: number, act: (one: T) => Promise<unknown>): Promise<void> {
  const free = [...all];
  let left = times;
  const goOn = async (): Promise<void> => {
    while (left-- > 0) {
      const one = free.shift();
      if (one === undefined) throw new Error(`There are fewer than ${AT_ONCE}.`);
      await act(one);
      free.push(one);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, goOn));
}

/** Begins something `perSecond` times a second for that long; resolves with all that came of it. */
export async function atRate<T>(
  perSecond: number,
  seconds: number,
  begin: (index: number) => Promise<T>,
): Promise<T[]> {
  const begun = performance.now();
  const all: Promise<T>[] = [];
  for (let index = 0; index < perSecond * seconds; index++) {
    const due = begun + (index * 1000) / perSecond - performance.now();
    if (due > 0) await wait(due);
    all.push(begin(index));
  }
  return Promise.all(all);
}
