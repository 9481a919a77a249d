import { createHmac } from 'node:crypto';
import type { VideoGrant } from 'livekit-server-sdk';
import type { LivekitOptions } from './rooms.js';

/** What a token allows, with the sources by the names that LiveKit has for them in tokens. */
export type RoomGrant = Omit<VideoGrant, 'canPublishSources'> & { canPublishSources?: readonly string[] };

/** Seconds in which a token is good, unless said otherwise. */
const TTL = 300;

const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');

const HEADER = part({ alg: 'HS256', typ: 'JWT' });

/**
 * A token for LiveKit. The SDK makes the same ones, but only promises them: then a view could be overtaken by the
 * next while it waits for its pass.
 */
export function roomToken(
  { apiKey, apiSecret }: Pick<LivekitOptions, 'apiKey' | 'apiSecret'>,
  grant: RoomGrant,
  identity?: string,
  ttl = TTL,
): string {
  const now = Math.floor(Date.now() / 1000);
  const content = `${HEADER}.${part({ iss: apiKey, sub: identity, nbf: now, exp: now + ttl, video: grant })}`;
  return `${content}.${createHmac('sha256', apiSecret).update(content).digest('base64url')}`;
}
