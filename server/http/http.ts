import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import staticFiles from '@fastify/static';
import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import { OmniCallError, toWireError } from 'omni-call/protocol';
import type { RoomNews } from '../livekit/room-news.js';
import { registerApi, type ApiOptions } from '../api/api.js';
import type { Recordings } from '../recording/recordings.js';
import { serveRecordings } from './recording-files.js';
import type { Metrics } from '../metrics.js';
import { registerEmbed, type EmbedOptions } from './embed.js';

export interface HttpOptions {
  /** A folder of pages to serve at `/`, or null. */
  pages: string | null;
  /** Why this server should be sent nobody, in a few words; null when it should. */
  notReady: () => Promise<string | null>;
  metrics: Metrics;
  roomNews: Pick<RoomNews, 'receive'>;
  onError: (error: unknown) => void;
  /** Null: there is no API. */
  api: ApiOptions | null;
  /** Null where calls are not recorded. */
  recordings: Pick<Recordings, 'shelf' | 'links'> | null;
  embed: Omit<EmbedOptions, 'widget'>;
}

/** The widget's files: the single script and the chunks beside it. */
const WIDGET = dirname(fileURLToPath(import.meta.resolve('omni-call/dist/omni-call.js')));

/** What Node takes of a request before its body, in bytes. */
const LONGEST_PATH = 16_384;

/** HTTP: the widget's files, health, and pages where there are any. */
export async function createHttp({
  pages,
  notReady,
  metrics,
  roomNews,
  onError,
  api,
  recordings,
  embed,
}: HttpOptions): Promise<FastifyInstance> {
  const http = fastify({
    forceCloseConnections: true,
    // How long an id may be, the schemas say.
    routerOptions: { maxParamLength: LONGEST_PATH },
    // An address that cannot be decoded.
    frameworkErrors: (error, _request, reply: FastifyReply) =>
      void reply.code(400).send(toWireError(new OmniCallError('bad-request', error.message))),
  });

  http.get('/healthz', async () => ({ status: 'ok' }));
  http.get('/readyz', async (_request, reply) => {
    const why = await notReady();
    return why === null ? { status: 'ready' } : reply.code(503).send({ status: why });
  });
  http.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));

  // As text, since the signature is over the bytes.
  http.addContentTypeParser('application/webhook+json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  http.post<{ Body: string }>('/livekit/webhook', async (request, reply) => {
    try {
      await roomNews.receive(request.body, request.headers.authorization);
    } catch (error) {
      if (error instanceof OmniCallError && error.code === 'unauthorized') return reply.code(401).send();
      // LiveKit sends it again.
      onError(error);
      return reply.code(503).send();
    }
    return reply.code(204).send();
  });
  if (api) await registerApi(http, api);
  if (recordings) serveRecordings(http, recordings, onError);

  await registerEmbed(http, { ...embed, widget: WIDGET });

  await http.register(staticFiles, {
    root: WIDGET,
    index: false,
    // The widget's own output only: the package's modules and typings are not for pages.
    allowedPath: (path) => /^\/(omni-call\.js|embed\.(js|css)|chunks\/|blur\/)/.test(path),
    setHeaders: (reply, path) => {
      void reply.header('access-control-allow-origin', '*');
      void reply.header('cross-origin-resource-policy', 'cross-origin');
      // A chunk's name changes with its content; the entry's does not.
      const forever = path.includes('/chunks/');
      void reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'public, max-age=300');
    },
    decorateReply: false,
  });
  if (pages !== null)
    await http.register(staticFiles, { root: pages, prefix: '/', decorateReply: false, wildcard: false });
  return http;
}
