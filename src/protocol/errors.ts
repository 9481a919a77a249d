export const ERROR_CODES = [
  'bad-request',
  'unauthorized',
  'not-allowed',
  'no-session',
  'no-such-call',
  'already-in-call',
  'busy',
  'rate-limited',
  'unreachable',
  'timeout',
  'permission-denied',
  'permission-blocked-by-policy',
  'insecure-context',
  'device-not-found',
  'device-in-use',
  'unsupported-browser',
  'media-failed',
  'server-error',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Whether trying the same again, unchanged, can succeed. */
const RETRYABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'busy',
  'rate-limited',
  'unreachable',
  'timeout',
  'device-in-use',
  'media-failed',
  'server-error',
]);

/** Every error of omni-call: a stable `code`, words that help, and whether trying again can help. */
export class OmniCallError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;

  /** Also of one that another copy of this code made: copies on one page share their services. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'OmniCallError';
  }

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; retryable?: boolean } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'OmniCallError';
    this.code = code;
    this.retryable = options.retryable ?? RETRYABLE.has(code);
  }
}

/** An error as it travels. */
export interface WireError {
  code: ErrorCode;
  message: string;
  retryable: boolean;
}

export const toWireError = ({ code, message, retryable }: OmniCallError): WireError => ({ code, message, retryable });

export const fromWireError = ({ code, message, retryable }: WireError): OmniCallError =>
  new OmniCallError(code, message, { retryable });
