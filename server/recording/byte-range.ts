import type { ByteRange } from './storage.js';

/**
 * What a `Range` header asks of a file of that size (RFC 9110 §14). The whole for none, or for one that may be ignored:
 * another unit, several ranges. Null when there is nothing at that place.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | null {
  const whole = { first: 0, last: size - 1 };
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return whole;
  if (from === '') {
    const length = Number(to);
    return length === 0 ? null : { first: Math.max(0, size - length), last: size - 1 };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return whole;
  return first >= size ? null : { first, last };
}
