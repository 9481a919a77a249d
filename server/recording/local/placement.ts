/** Nearer than this to where it belongs, a voice is left in peace. In seconds. */
const TOLERANCE = 0.005;
/** A voice that is off by this much, and too late, is mended at once. In seconds. */
const TOO_LATE = 0.02;
/** A voice that is off for this long has lost something; for less, it was only held up. In seconds. */
const PATIENCE = 1;

export interface Placed {
  /** When the first sample that is kept would have arrived, had nothing held it up. */
  at: number;
  /** Samples to leave out at the beginning. */
  skip: number;
}

/**
 * Lines up a voice's frames in time. They are numbered by nothing but their arrival, which jitters, while their number of
 * samples does not; the line is moved when even the most punctual frame of a while is off.
 */
export class Placement {
  readonly #rate: number;
  #next: number | null = null;
  #leastDelay = Infinity;
  #watched = 0;

  /** `rate`: samples a second. Everything else is in samples. */
  constructor(rate: number) {
    this.#rate = rate;
  }

  place(arrived: number, length: number): Placed {
    const wanted = Math.round(arrived) - length;
    if (this.#next === null || wanted - this.#next > PATIENCE * this.#rate) return this.#begin(wanted, length);
    const off = this.#correction(wanted - this.#next, length);
    const skip = Math.min(length, Math.max(0, -off));
    const at = this.#next + Math.max(0, off);
    this.#next = at + length - skip;
    return { at, skip };
  }

  #begin(at: number, length: number): Placed {
    this.#next = at + length;
    this.#watchAnew();
    return { at, skip: 0 };
  }

  /** By how much the line is to be moved: forwards, leaving a gap, or backwards, leaving samples out. */
  #correction(delay: number, length: number): number {
    // Nothing arrives before it was said, so the line was begun with a frame that was held up.
    if (delay < -TOO_LATE * this.#rate) return delay;
    this.#leastDelay = Math.min(this.#leastDelay, delay);
    this.#watched += length;
    if (this.#watched < PATIENCE * this.#rate) return 0;
    const off = this.#leastDelay;
    this.#watchAnew();
    return Math.abs(off) > TOLERANCE * this.#rate ? off : 0;
  }

  #watchAnew(): void {
    this.#leastDelay = Infinity;
    this.#watched = 0;
  }
}
