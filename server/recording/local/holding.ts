/** What WebRTC has counted of a track since that began, as its statistics tell it. */
export interface Held {
  /** Seconds for which all that went through was held back, summed up. */
  readonly seconds: number;
  /** How much that was: samples or pictures. */
  readonly count: number;
}

/** For how many milliseconds WebRTC holds each track back now: from one look to the next. */
export class Holding {
  readonly #before = new Map<string, Held>();

  /** Null when nothing went through since the last look. */
  look(track: string, now: Held): number | null {
    const before = this.#before.get(track);
    this.#before.set(track, now);
    // Counted anew, or looked at for the first time.
    const since = before && before.count <= now.count ? before : { seconds: 0, count: 0 };
    const count = now.count - since.count;
    return count > 0 ? ((now.seconds - since.seconds) * 1000) / count : null;
  }
}
