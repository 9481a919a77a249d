const LOUDEST = 32_767;

/** Sums voices at their places in the file. What nobody says anything at is silence. */
export class Mixer {
  /** A ring: the sample at position `n` lies at `n % length`. */
  readonly #ring: Int32Array;
  #taken = 0;

  /** `capacity`: how many samples ahead of what was taken there may be. */
  constructor(capacity: number) {
    this.#ring = new Int32Array(capacity);
  }

  /** How many samples were taken. */
  get taken(): number {
    return this.#taken;
  }

  /** Adds what lies between what was taken already and the capacity; the rest comes too late, or too early. */
  add(at: number, samples: Int16Array): void {
    const from = Math.max(0, this.#taken - at);
    const to = Math.min(samples.length, this.#taken + this.#ring.length - at);
    for (let i = from; i < to; i++) this.#ring[(at + i) % this.#ring.length]! += samples[i]!;
  }

  take(count: number): Int16Array {
    const mixed = new Int16Array(count);
    for (let i = 0; i < count; i++) {
      const place = (this.#taken + i) % this.#ring.length;
      mixed[i] = Math.max(-LOUDEST, Math.min(LOUDEST, this.#ring[place]!));
      this.#ring[place] = 0;
    }
    this.#taken += count;
    return mixed;
  }
}
