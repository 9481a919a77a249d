import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Pages {
  readonly origin: string;
  close(): Promise<void>;
}

export interface ServedPage {
  body: string;
  headers?: Readonly<Record<string, string>>;
}

/** Pages by their paths, on an origin of their own; asked for anew at each request. */
export async function servePages(pageAt: (path: string) => ServedPage | undefined): Promise<Pages> {
  const http = createServer((request, response) => {
    const page = pageAt(new URL(request.url ?? '/', 'http://host').pathname);
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
    response.end(page?.body);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
