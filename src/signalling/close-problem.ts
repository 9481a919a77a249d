import { CLOSE, OmniCallError } from '../protocol/index.js';

/** What the close of a WebSocket means to who uses it. */
export function closeProblem(code: number): OmniCallError {
  switch (code) {
    case CLOSE.UNAUTHORIZED:
      return new OmniCallError('unauthorized', 'The call server did not accept the token or key.');
    case CLOSE.ORIGIN:
      return new OmniCallError(
        'not-allowed',
        'The call server does not take pages of this origin: see ALLOWED_ORIGINS.',
      );
    case CLOSE.REPLACED:
      return new OmniCallError('no-session', 'This session goes on in another page.');
    case CLOSE.REVOKED:
      return new OmniCallError('no-session', 'The host ended this session.');
    case CLOSE.RATE_LIMITED:
      return new OmniCallError('rate-limited', 'Too many messages or connections.');
    default:
      return new OmniCallError('unreachable', 'The call server cannot be reached. Trying again.');
  }
}
