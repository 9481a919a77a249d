import * as v from 'valibot';
import { OmniCallError } from './errors.js';
import type { ClientMessage } from './client-messages.js';
import { schemaFor, type ServerMessage } from './messages.js';

/** What is undefined is left out. */
export const encode = (message: ClientMessage | ServerMessage): string => JSON.stringify(message);

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new OmniCallError('bad-request', 'The frame is not JSON.', { cause });
  }
};

/** The request's `id` where a refused frame has a usable one, so that the refusal can name it. */
export const requestIdOf = (value: unknown): number | null =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  Number.isSafeInteger(value.id) &&
  (value.id as number) >= 0
    ? (value.id as number)
    : null;

/** Reads a frame of a client. Throws `bad-request`, with `cause` holding what was read, for anything else. */
export function parseClientMessage(text: string): ClientMessage {
  const value = parseJson(text);
  const result = v.safeParse(schemaFor(value), value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = v.getDotPath(issue);
  throw new OmniCallError('bad-request', `${where ? `${where}: ` : ''}${issue.message}`, { cause: value });
}

/**
 * Reads a frame of the server. The page trusts its own server for the inner shape, as it does for the script
 * itself; what is checked is what a wrong address or a proxy's error page would get wrong.
 */
export function parseServerMessage(text: string): ServerMessage {
  let value: unknown;
  let cause: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    cause = error;
  }
  if (typeof value === 'object' && value !== null && ('re' in value || 'type' in value)) return value as ServerMessage;
  throw new OmniCallError('server-error', 'The server sent something that is not a message of omni-call.', { cause });
}
