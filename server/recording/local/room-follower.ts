import { setTimeout as wait } from 'node:timers/promises';
import type { RecordedRoom } from '../recorder.js';
import { RoomLink, type RoomLinkOptions } from './room-link.js';

/** Milliseconds between two attempts to get in. */
const RETRY_EVERY = 500;

/** Keeps us in the room where the call goes on, which may become another. */
export class RoomFollower {
  readonly #options: Omit<RoomLinkOptions, 'onLost'>;
  #room: RecordedRoom;
  #link: RoomLink | null = null;
  #closed = false;
  /** One attempt after the other. */
  #joining: Promise<void> = Promise.resolve();

  constructor(room: RecordedRoom, options: Omit<RoomLinkOptions, 'onLost'>) {
    this.#room = room;
    this.#options = options;
  }

  /** Resolves when we are in. Rejects with the last refusal after this many attempts. */
  async join(attempts: number): Promise<void> {
    for (let left = attempts - 1; ; left--) {
      try {
        return await this.#enter();
      } catch (error) {
        if (left <= 0) throw error;
        await wait(RETRY_EVERY);
      }
    }
  }

  move(room: RecordedRoom): void {
    this.#room = room;
    this.#joining = this.#joining.then(() => this.#return());
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#joining;
    await this.#link?.leave();
  }

  async #enter(): Promise<void> {
    const link = new RoomLink({ ...this.#options, onLost: () => this.#lost(link) });
    const room = this.#room;
    await link.join(room);
    const before = this.#link;
    this.#link = link;
    await before?.leave();
  }

  #lost(link: RoomLink): void {
    if (link === this.#link) this.#joining = this.#joining.then(() => this.#return());
  }

  /** Tries for as long as it takes: when a call is over is not for us to say. */
  async #return(): Promise<void> {
    while (!this.#closed) {
      try {
        return await this.#enter();
      } catch {
        await wait(RETRY_EVERY);
      }
    }
  }
}
