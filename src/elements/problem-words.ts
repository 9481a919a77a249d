import type { Localize } from '../locales/localize.js';
import type { Strings } from '../locales/strings.js';
import { OmniCallError, type ErrorCode } from '../protocol/index.js';

type Plain = { [Key in keyof Strings]: Strings[Key] extends string ? Key : never }[keyof Strings];

const WORDS: Partial<Record<ErrorCode, Plain>> = {
  unauthorized: 'unauthorized',
  'not-allowed': 'notAllowedHere',
  'already-in-call': 'alreadyInCall',
  'rate-limited': 'rateLimited',
  unreachable: 'serverDown',
  timeout: 'serverDown',
  'permission-denied': 'permissionDeniedHint',
  'permission-blocked-by-policy': 'blockedByPage',
  'insecure-context': 'insecure',
  'unsupported-browser': 'unsupported',
};

/** What a person is told of an error, and what helps. */
export const problemWords = (error: unknown, localize: Localize): string =>
  localize.term((error instanceof OmniCallError && WORDS[error.code]) || 'failed');
