import type { ErrorCode } from '../protocol/index.js';
import type { LocalMedia } from '../media/media.js';

const REFUSED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'permission-denied',
  'permission-blocked-by-policy',
  'insecure-context',
]);

/** A reason to leave a call. */
export type Verdict = 'permission-denied' | 'media-failed';

/**
 * Why there is nothing to go on with; null: the call goes on. One kind that works, or that its owner mutes, is
 * enough; and who has no device at all can still listen.
 */
export function mediaVerdict({ audio, video }: LocalMedia): Verdict | null {
  const wanted = [audio, video].filter(({ state }) => state !== 'off');
  const codes = wanted.map(({ state, problem }) => (state === 'failed' ? (problem?.code ?? null) : null));
  if (codes.length === 0) return null;
  if (codes.every((code) => code === 'unsupported-browser')) return 'media-failed';
  return codes.every((code) => code !== null && REFUSED.has(code)) ? 'permission-denied' : null;
}
