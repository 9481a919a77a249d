import { OmniCallError } from '../protocol/index.js';

/** Where the WebSocket of the server at `server` is. Throws `bad-request` for what is no http(s) address. */
export function socketUrl(server: string, base?: string): string {
  let url: URL;
  try {
    url = new URL(server, base);
  } catch (cause) {
    throw new OmniCallError('bad-request', `“${server}” is not the address of a call server.`, { cause });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new OmniCallError(
      'bad-request',
      `The address of a call server starts with http or https, not ${url.protocol}`,
    );
  }
  const path = url.pathname.replace(/\/*$/, '/ws');
  return `${url.protocol.replace('http', 'ws')}//${url.host}${path}`;
}
