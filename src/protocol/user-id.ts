import { LIMITS } from './call.js';

// Control characters and lone surrogates have no place in an id that ends up in logs and URLs.
const PRINTABLE = /^[^\p{Cc}\p{Cs}]+$/u;

/** A user id that the wire takes: 1 to 128 characters, none of them a control character, not only spaces. */
export const isUserId = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LIMITS.userId && PRINTABLE.test(value) && /\S/.test(value);
