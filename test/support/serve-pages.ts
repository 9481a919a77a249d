import { LoopbackHttp } from './loopback-http.js';

export type Pages = Pick<LoopbackHttp, 'origin' | 'close'>;

export interface ServedPage {
  body: string;
  headers?: Readonly<Record<string, string>>;
}

/** Pages by their paths, on an origin of their own; asked for anew at each request. */
export async function servePages(pageAt: (path: string) => ServedPage | undefined): Promise<Pages> {
  const http = new LoopbackHttp((request, response) => {
    const page = pageAt(new URL(request.url ?? '/', 'http://host').pathname);
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
    response.end(page?.body);
  });
  await http.listen();
  return http;
}
