import { randomFillSync } from 'node:crypto';

/** Bytes asked for at once: to ask for the few of one name takes longer than to seal a call. */
const AT_ONCE = 4096;

const drawn = Buffer.alloc(AT_ONCE);
let used = AT_ONCE;

/** So many random bytes, at most 4096, fit for secrets. */
export function fewRandomBytes(count: number): Buffer {
  if (used + count > AT_ONCE) {
    randomFillSync(drawn);
    used = 0;
  }
  used += count;
  return Buffer.from(drawn.subarray(used - count, used));
}
