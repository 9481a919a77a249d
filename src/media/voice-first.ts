import type { Clock } from '../signalling/clock.js';
import { isWeak, type Quality } from './media.js';

/** Milliseconds for which a connection is weak before pictures are given up: LiveKit says how it is every few seconds. */
const PATIENCE = 4_000;
/** The same after nothing came through at all: what LiveKit says then is of that time still. */
const PATIENCE_AFTER_LOSS = 12_000;
/** Milliseconds for which it is good before pictures are tried again, twice as long after each try that failed. */
const REST = 5_000;
const LONGEST_REST = 80_000;
/** Milliseconds with pictures after which a try counts as a success. */
const STEADY = 30_000;

/**
 * Says whether the other side's pictures are asked for. On a connection that is too narrow for both they are given up,
 * so that its whole width is the voice's, and tried again when it is better.
 */
export class VoiceFirst {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #quality: Quality = 'unknown';
  #givesUp = false;
  #patience = PATIENCE;
  #rest = REST;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Whether pictures are given up. */
  get givesUp(): boolean {
    return this.#givesUp;
  }

  /** To be told of this side's connection whenever that is known anew. */
  note(quality: Quality): void {
    if (quality === 'unknown' || quality === this.#quality) return;
    const wasWeak = this.#isWeak;
    this.#quality = quality;
    if (quality === 'lost') this.#patience = PATIENCE_AFTER_LOSS;
    else if (!this.#isWeak) this.#patience = PATIENCE;
    if (this.#isWeak || wasWeak) this.#watch();
  }

  stop(): void {
    this.#cancel();
  }

  get #isWeak(): boolean {
    return isWeak(this.#quality);
  }

  #watch(): void {
    this.#cancel();
    if (this.#isWeak !== this.#givesUp) {
      this.#cancel = this.#clock.after(this.#isWeak ? this.#patience : this.#rest, () => this.#turn());
    } else if (!this.#isWeak) {
      this.#cancel = this.#clock.after(STEADY, () => (this.#rest = REST));
    }
  }

  #turn(): void {
    this.#givesUp = this.#isWeak;
    if (!this.#givesUp) this.#rest = Math.min(LONGEST_REST, this.#rest * 2);
    this.#watch();
    this.#onChange();
  }
}
