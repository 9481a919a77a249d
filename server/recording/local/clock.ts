/** Milliseconds of a clock that only goes forward. */
export type Moment = number;

/** Tells where in the file a moment belongs: what was paused is left out. */
export class RecordingClock {
  #start: Moment = Infinity;
  readonly #pauses: { from: Moment; to: Moment }[] = [];

  /** The file begins with this moment. */
  begin(at: Moment): void {
    this.#start = at;
  }

  pause(at: Moment): void {
    if (!this.paused) this.#pauses.push({ from: at, to: Infinity });
  }

  resume(at: Moment): void {
    const last = this.#pauses.at(-1);
    if (last && this.paused) last.to = at;
  }

  get paused(): boolean {
    return this.#pauses.at(-1)?.to === Infinity;
  }

  /** Milliseconds from the beginning of the file. Stands still before it, and over a pause. */
  positionOf(at: Moment): number {
    const passed = (from: Moment, to: Moment): number => Math.max(0, Math.min(at, to) - Math.max(this.#start, from));
    return this.#pauses.reduce((left, { from, to }) => left - passed(from, to), passed(-Infinity, Infinity));
  }

  /** Whether what happened at this moment is in the file. */
  covers(at: Moment): boolean {
    return at >= this.#start && !this.#pauses.some(({ from, to }) => at >= from && at < to);
  }
}
