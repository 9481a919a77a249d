/** Opens a muted microphone for as long as a key is held. Letting go anywhere, in whatever way, mutes it again. */
export class PushToTalk {
  readonly #talk: (on: boolean) => void;
  #held: AbortController | null = null;

  /** `talk`: unmutes, or mutes. */
  constructor(talk: (on: boolean) => void) {
    this.#talk = talk;
  }

  press(): void {
    if (this.#held) return;
    const held = (this.#held = new AbortController());
    const release = (): void => this.release();
    // A key that is let go in another window is not told of here.
    window.addEventListener('blur', release, { signal: held.signal });
    window.addEventListener('keyup', release, { signal: held.signal, capture: true });
    document.addEventListener('visibilitychange', release, { signal: held.signal });
    this.#talk(true);
  }

  release(): void {
    if (!this.#held) return;
    this.stop();
    this.#talk(false);
  }

  /** Forgets the key, and leaves the microphone as it is. */
  stop(): void {
    this.#held?.abort();
    this.#held = null;
  }
}
