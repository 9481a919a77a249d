import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** By what a page is counted: its IPv4 address, or the /64 of its IPv6 address, for who has one has all the others in it. */
export function addressOf(request: IncomingMessage, trustProxy: number): string {
  // Each proxy appends whom it heard from: what stands further left than our own proxies reach is anybody's claim.
  const named = trustProxy > 0 ? String(request.headers['x-forwarded-for'] ?? '').split(',') : [];
  return networkOf(named.at(-trustProxy)?.trim() || (request.socket.remoteAddress ?? ''));
}

function networkOf(address: string): string {
  // IPv4, as a socket for both kinds tells it.
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, '');
  if (isIP(plain) !== 6) return plain;
  const [bare = ''] = plain.split('%');
  // A URL has one way to write it.
  const [head = [], tail = []] = new URL(`http://[${bare}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''));
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
