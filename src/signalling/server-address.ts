import { OmniCallError } from '../protocol/index.js';

/**
 * The call server's whole address, to which a path can be added, of what a page names it by, which may be relative to
 * the page. Throws `bad-request` for what is no http(s) address.
 */
export function serverAddress(server: string, base = globalThis.location?.href): string {
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
  return url.origin + url.pathname.replace(/\/*$/, '');
}
