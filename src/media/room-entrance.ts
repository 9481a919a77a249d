import type { RoomAccess } from '../protocol/index.js';
import type { LiveKitRoom, RoomWish } from './livekit-room.js';
import type { RoomLink } from './media.js';

/** Milliseconds before each further try to join. */
const PAUSES = [300, 1000, 2500];

/**
 * The way into one LiveKit room, in as many tries as that takes. Each is a room of its own: one that could not be joined
 * has dropped what had been published in it by then.
 */
export class RoomEntrance {
  readonly generation: number;
  readonly #wish: () => RoomWish;
  readonly #onChange: () => void;
  #access: RoomAccess;
  #room: LiveKitRoom | null = null;
  #failed = false;
  #closed = false;

  constructor(access: RoomAccess, wish: () => RoomWish, onChange: () => void) {
    this.generation = access.generation;
    this.#access = access;
    this.#wish = wish;
    this.#onChange = onChange;
    void this.#enter();
  }

  /** The room of the try that is on, once its code is loaded. */
  get room(): LiveKitRoom | null {
    return this.#room;
  }

  get link(): RoomLink {
    return this.#failed ? 'lost' : (this.#room?.link ?? 'joining');
  }

  /** The newest pass to the same room: each try takes that. */
  renew(access: RoomAccess): void {
    this.#access = access;
  }

  /** Leaves the room. */
  close(): void {
    this.#closed = true;
    this.#room?.close();
  }

  async #enter(): Promise<void> {
    try {
      const { LiveKitRoom } = await import('./livekit-room.js');
      for (const pause of [0, ...PAUSES]) {
        if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
        if (this.#closed) return;
        const room = new LiveKitRoom(this.#wish(), this.#onChange);
        this.#room = room;
        this.#onChange();
        if (await room.join(this.#access)) return;
        room.close();
        this.#room = null;
      }
    } catch {
      // The code of rooms could not be loaded.
    }
    this.#failed = true;
    this.#onChange();
  }
}
