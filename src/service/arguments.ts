import { CALL_TYPE, LIMITS, OmniCallError, TRACK_TYPE, isUserId } from '../protocol/index.js';

/*
 * What a page passes to the service is checked here, before anything happens: TypeScript is not there to do it on a
 * plain page. Each throws a `bad-request` that says what was expected.
 */

export const badRequest = (message: string, options?: { cause: unknown }): OmniCallError =>
  new OmniCallError('bad-request', message, options);

/** LiveKit's media is carried by WebRTC, which some browsers inside of apps do not have. */
export function assertWebRtc(): void {
  if (!('RTCPeerConnection' in globalThis)) {
    throw new OmniCallError('unsupported-browser', 'This browser has no WebRTC, which calls are made of.');
  }
}

const badValue = (what: string, expected: string, value: unknown): OmniCallError =>
  badRequest(`A ${what} is ${expected}, not “${String(value)}”.`);

export function assertOneOf(what: string, values: object, value: unknown): void {
  const known = Object.values(values) as unknown[];
  if (!known.includes(value)) throw badValue(what, known.join(' or '), value);
}

export function assertWithin(what: string, min: number, max: number, value: unknown): void {
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    throw badValue(what, `a number from ${min} to ${max}`, value);
  }
}

export const assertCallType = (value: unknown): void => assertOneOf('call type', CALL_TYPE, value);

export const assertTrack = (value: unknown): void => assertOneOf('track', TRACK_TYPE, value);

export function assertUserId(value: unknown): void {
  if (!isUserId(value)) {
    throw badRequest(`A user id is 1 to ${LIMITS.userId} characters, none of them a control character.`);
  }
}

export const assertRingTimeout = (value: unknown): void =>
  assertWithin('ring timeout', LIMITS.ringTimeoutMin, LIMITS.ringTimeoutMax, value);

export function assertData(value: unknown): void {
  let json: string | undefined;
  let cause: unknown;
  try {
    json = JSON.stringify(value);
  } catch (error) {
    cause = error;
  }
  if (!json || new Blob([json]).size > LIMITS.data) {
    throw badRequest(`Data is JSON of at most ${LIMITS.data} bytes.`, { cause });
  }
}

export function assertMessage(value: unknown): void {
  if (typeof value !== 'string' || value.length < 1 || value.length > LIMITS.message) {
    throw badRequest(`A message is 1 to ${LIMITS.message} characters.`);
  }
}
