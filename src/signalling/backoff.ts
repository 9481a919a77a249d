const FIRST = 200;
const STEP = 500;
const CAP = 10_000;

/**
 * Milliseconds to wait before attempt `attempt`, from 0, to connect again: full jitter, so that the pages of a
 * server that went down don't all come back in the same moment. `random` is in [0, 1); it is never more than `longest`.
 */
export const backoff = (attempt: number, random: number, longest = CAP): number =>
  Math.round(random * Math.min(CAP, longest, attempt === 0 ? FIRST : STEP * 2 ** attempt));
