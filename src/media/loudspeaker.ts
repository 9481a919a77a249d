import { OmniCallError } from '../protocol/index.js';

/** Plays one track of sound. The element is never in a document, so that no view's coming and going interrupts it. */
export class Loudspeaker {
  readonly #audio = new Audio();
  readonly #onChange: () => void;
  #track: MediaStreamTrack | null = null;
  #blocked = false;
  #sink = '';

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether the browser wants a tap before it plays. */
  get blocked(): boolean {
    return this.#blocked;
  }

  /** 0 to 1. On an iPhone the system alone sets it, and it stays 1. */
  get volume(): number {
    return this.#audio.volume;
  }

  set volume(volume: number) {
    this.#audio.volume = volume;
  }

  /**
   * Plays that track from now on; null: nothing. `aloud` false: silently, so that the way to the speaker, which a
   * browser stands still for while it opens it, is there when it is to be heard.
   */
  setTrack(track: MediaStreamTrack | null, aloud = true): void {
    if (track === this.#track && aloud === !this.#audio.muted) return;
    this.#audio.muted = !aloud;
    if (track !== this.#track) this.#audio.srcObject = track && new MediaStream([track]);
    this.#track = track;
    if (track) void this.play();
    else this.#setBlocked(false);
  }

  /** Starts playing. When the browser wants a tap first, it says so, and this is to be called from one. */
  async play(): Promise<void> {
    if (!this.#track) return;
    try {
      await this.#audio.play();
      this.#setBlocked(false);
    } catch (error) {
      // Anything else is a track that was changed meanwhile.
      if (error instanceof Error && error.name === 'NotAllowedError') this.#setBlocked(true);
    }
  }

  /** Plays on that speaker; empty: the system's. Rejects with `unsupported-browser` or `device-not-found`. */
  async setSink(deviceId: string): Promise<void> {
    if (deviceId === this.#sink) return;
    if (!('setSinkId' in this.#audio)) {
      throw new OmniCallError('unsupported-browser', 'This browser cannot choose a speaker: choose it in the system.');
    }
    try {
      await this.#audio.setSinkId(deviceId);
      this.#sink = deviceId;
    } catch (cause) {
      throw new OmniCallError('device-not-found', 'The speaker could not be used.', { cause });
    }
  }

  #setBlocked(blocked: boolean): void {
    if (blocked === this.#blocked) return;
    this.#blocked = blocked;
    this.#onChange();
  }
}
