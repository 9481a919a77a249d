import { Placement } from './placement.js';

/** A voice that is held back by as much more or less than before is left where it is. In seconds. */
const TOLERANCE = 0.01;
/** Below it nobody hears where samples are left out. Of 32767. */
const QUIET = 500;
/** By which share a voice that speaks is made shorter or longer: less than half a semitone. */
const STRETCH = 0.025;

export interface Spoken {
  /** When the first of the samples was said, in samples of the clock that arrivals are told by. */
  readonly at: number;
  readonly samples: Int16Array;
}

/**
 * Finds when the samples of one voice were said. WebRTC holds them back by more when they come unevenly, and by less again
 * later: they are moved along with that, at once where it is quiet, and otherwise so slowly that nothing is heard of it.
 */
export class Voice {
  readonly #rate: number;
  readonly #placement: Placement;
  /** By how much all is moved back. */
  #back: number | null = null;

  /** `rate`: samples a second. Everything else is in samples. */
  constructor(rate: number) {
    this.#rate = rate;
    this.#placement = new Placement(rate);
  }

  /** `arrived`: when the last of the samples did. `heldBack`: for how long WebRTC had them before. */
  said(frame: Int16Array, arrived: number, heldBack: number): Spoken {
    const { at, skip } = this.#placement.place(arrived, frame.length);
    const samples = frame.subarray(skip);
    const back = (this.#back ??= heldBack);
    const off = Math.abs(heldBack - back) > TOLERANCE * this.#rate ? heldBack - back : 0;
    if (off === 0) return { at: at - back, samples };
    if (!isQuiet(samples)) {
      const most = Math.ceil(STRETCH * samples.length);
      const by = Math.max(-most, Math.min(most, off));
      this.#back = back + by;
      return { at: at - back, samples: stretch(samples, samples.length - by) };
    }
    const by = Math.min(off, samples.length);
    this.#back = back + by;
    return by > 0 ? { at: at - back, samples: samples.subarray(by) } : { at: at - back - by, samples };
  }
}

const isQuiet = (samples: Int16Array): boolean => samples.every((sample) => Math.abs(sample) < QUIET);

/** The same, in so many samples. */
export function stretch(samples: Int16Array, count: number): Int16Array {
  const step = samples.length / count;
  return Int16Array.from({ length: count }, (_, i) => {
    const before = Math.floor(i * step);
    const [left, right] = [samples[before]!, samples[Math.min(before + 1, samples.length - 1)]!];
    return Math.round(left + (right - left) * (i * step - before));
  });
}
