import { CALL_TYPE, LIMITS, OmniCallError, TRACK_TYPE, isUserId } from '../protocol/index.js';

/*
 * What a page passes to the service is checked here, before anything happens: TypeScript is not there to do it on a
 * plain page. Each throws a `bad-request` that says what was expected.
 */

export const badRequest = (message: string): OmniCallError => new OmniCallError('bad-request', message);

/** LiveKit's media is carried by WebRTC, which some browsers inside of apps do not have. */
export function assertWebRtc(): void {
  if (!('RTCPeerConnection' in globalThis)) {
    throw new OmniCallError('unsupported-browser', 'This browser has no WebRTC, which calls are made of.');
  }
}

export function assertOneOf(what: string, values: object, value: unknown): void {
  const known = Object.values(values) as unknown[];
  if (!known.includes(value)) throw badRequest(`A ${what} is ${known.join(' or ')}, not “${String(value)}”.`);
}

export const assertCallType = (value: unknown): void => assertOneOf('call type', CALL_TYPE, value);

export const assertTrack = (value: unknown): void => assertOneOf('track', TRACK_TYPE, value);

export function assertUserId(value: unknown): void {
  if (!isUserId(value)) {
    throw badRequest(`A user id is 1 to ${LIMITS.userId} characters, none of them a control character.`);
  }
}

export function assertMessage(value: unknown): void {
  if (typeof value !== 'string' || value.length < 1 || value.length > LIMITS.message) {
    throw badRequest(`A message is 1 to ${LIMITS.message} characters.`);
  }
}
