import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';

/** Serves each module, bundled, as a page of its own at `/<name>`. */
export async function servePages(
  entries: Record<string, string>,
  host = '127.0.0.1',
): Promise<{ url: string; close(): Promise<void> }> {
  const bundles = new Map<string, string>();
  const { outputFiles } = await build({
    entryPoints: entries,
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    outdir: '/',
    target: 'es2022',
  });
  for (const { path, text } of outputFiles) bundles.set(path.replace(/.*\//, '/'), text);
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const script = bundles.get(path);
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script ?? `<!doctype html><title>bench</title><script type="module" src="${path}.js"></script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
