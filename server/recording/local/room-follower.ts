import { setTimeout as wait } from 'node:timers/promises';
import type { RecordedRoom } from '../recorder.js';
import { RoomLink, type RoomLinkOptions } from './room-link.js';

/** Milliseconds between two attempts to get in. */
const RETRY_EVERY = 500;

/** Keeps us in the room where the call goes on, which may become another. */
export class RoomFollower {
  readonly #options: Omit<RoomLinkOptions, 'onLost'>;
  #wanted: RecordedRoom;
  /** Where we are. */
  #place: { room: RecordedRoom; link: RoomLink } | null = null;
  #closed = false;
  /** One way in after the other. */
  #entering: Promise<void> = Promise.resolve();

  constructor(room: RecordedRoom, options: Omit<RoomLinkOptions, 'onLost'>) {
    this.#wanted = room;
    this.#options = options;
  }

  /** Resolves when we are in. Rejects with the last refusal after this many attempts. */
  join(attempts: number): Promise<void> {
    const joined = this.#enter(attempts);
    this.#entering = joined.catch(() => undefined);
    return joined;
  }

  move(room: RecordedRoom): void {
    this.#wanted = room;
    this.#return();
  }

  close(): void {
    this.#closed = true;
    this.#place?.link.leave();
  }

  /** Tries for as long as it takes: when a call is over is not for us to say. */
  #return(): void {
    this.#entering = this.#entering.then(() => this.#enter(Infinity));
  }

  async #enter(attempts: number): Promise<void> {
    for (let left = attempts; !this.#closed && this.#place?.room !== this.#wanted;) {
      try {
        await this.#attempt(this.#wanted);
      } catch (error) {
        if (--left <= 0) throw error;
        await wait(RETRY_EVERY);
      }
    }
  }

  async #attempt(room: RecordedRoom): Promise<void> {
    const link = new RoomLink({ ...this.#options, onLost: () => this.#lost(link) });
    await link.join(room);
    this.#place?.link.leave();
    this.#place = { room, link };
    if (this.#closed) link.leave();
  }

  #lost(link: RoomLink): void {
    if (link !== this.#place?.link) return;
    this.#place = null;
    this.#return();
  }
}
