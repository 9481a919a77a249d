/** WebSocket close codes of the call server (the range for applications, RFC 6455 §7.4.2). */
export const CLOSE = {
  /** A frame that is no message of this protocol. */
  BAD_FRAME: 4400,
  /** The token or key was refused. A new one is needed before trying again. */
  UNAUTHORIZED: 4401,
  /** This origin may not connect. */
  ORIGIN: 4403,
  /** No `hello` in time. */
  HELLO_TIMEOUT: 4408,
  /** The same session connected anew. */
  REPLACED: 4409,
  /** The back end ended this session. */
  REVOKED: 4410,
  /** A frame over the limit. */
  TOO_LARGE: 4413,
  /** Too many messages or sessions. */
  RATE_LIMITED: 4429,
  /** The server goes down: connect again after a short random delay. */
  MOVING: 4503,
  /** The client reads too slowly. */
  TOO_SLOW: 4508,
} as const;

/** Codes after which connecting again by itself would only be refused again. */
export const FINAL_CLOSES: ReadonlySet<number> = new Set<number>([
  CLOSE.UNAUTHORIZED,
  CLOSE.ORIGIN,
  CLOSE.REPLACED,
  CLOSE.REVOKED,
]);
