import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { PublishableKey } from '../auth/authenticator.js';

export interface EmbedOptions {
  /** The folder of the widget's files. */
  widget: string;
  /** LiveKit's address for browsers. */
  livekit: string;
  keys: readonly PublishableKey[];
}

/** LiveKit's client also asks by HTTP why a WebSocket failed. */
const bothSchemes = (address: string): string => {
  const { host, protocol } = new URL(address);
  const s = /^(https|wss):/.test(protocol) ? 's' : '';
  return `ws${s}://${host} http${s}://${host}`;
};

/** What the page may load, and which pages may have it in a frame: those that its key is for. Without a key of ours it can do nothing. */
export function embedPolicy(
  { livekit, keys }: Pick<EmbedOptions, 'livekit' | 'keys'>,
  key: string | undefined,
): string {
  const known = keys.find((each) => each.key === key);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${bothSchemes(livekit)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
    ...(known ? [`frame-ancestors ${known.origins.join(' ')}`] : []),
  ].join('; ');
}

/** Serves the page that sites show in a frame where they can have no script of their own. */
export async function registerEmbed(http: FastifyInstance, options: EmbedOptions): Promise<void> {
  const page = await readFile(join(options.widget, 'embed.html'), 'utf8');
  http.get<{ Querystring: { key?: string } }>('/embed.html', async (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', embedPolicy(options, request.query.key))
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-cache')
      .send(page),
  );
}
