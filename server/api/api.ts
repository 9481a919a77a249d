import { createHash, timingSafeEqual } from 'node:crypto';
import { Value } from '@sinclair/typebox/value';
import type { FastifyInstance } from 'fastify';
import { OmniCallError, toWireError, type ErrorCode } from 'omni-call/protocol';
import { openApiOf } from './openapi.js';
import type { Route } from './routes.js';

export interface ApiOptions {
  /** What the back end shows as `Authorization: Bearer …`. */
  apiKey: string;
  routes: readonly Route[];
  onError: (error: unknown) => void;
}

const PREFIX = '/api/v1';

const STATUS: Partial<Record<ErrorCode, number>> = {
  'bad-request': 400,
  unauthorized: 401,
  'no-such-call': 404,
  'rate-limited': 429,
};

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

function asProblem(error: unknown): OmniCallError {
  if (error instanceof OmniCallError) return error;
  // What fastify refuses: a request that does not fit the schema, a body that is no JSON or too large.
  if (error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500)
    return new OmniCallError('bad-request', error.message, { cause: error });
  return new OmniCallError('server-error', 'The server failed. Its log says why.', { cause: error });
}

/** What can be done at this address. */
function methodsAt(routes: readonly Route[], url: string): string[] {
  const [path = ''] = url.slice(PREFIX.length).split('?');
  const here = routes.filter((route) => new RegExp(`^${route.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path));
  return here.flatMap(({ method }) => (method === 'GET' ? [method, 'HEAD'] : [method]));
}

/** The HTTP API for the host's back end, below `/api/v1`. */
export async function registerApi(http: FastifyInstance, { apiKey, routes, onError }: ApiOptions): Promise<void> {
  const expected = hashOf(apiKey);
  const document = openApiOf(routes);
  const mayEnter = (header: string | undefined): boolean => {
    const [, key] = /^Bearer (.+)$/i.exec(header ?? '') ?? [];
    return key !== undefined && timingSafeEqual(hashOf(key), expected);
  };

  await http.register(
    async (api) => {
      api.setErrorHandler((error, _request, reply) => {
        const problem = asProblem(error);
        if (problem.code === 'server-error') onError(problem.cause ?? problem);
        return reply.code(STATUS[problem.code] ?? 503).send(toWireError(problem));
      });
      const noSuch = toWireError(new OmniCallError('bad-request', 'The API has no such operation.'));
      api.setNotFoundHandler((_request, reply) => reply.code(404).send(noSuch));
      api.addHook('onRequest', async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        if (!mayEnter(request.headers.authorization))
          throw new OmniCallError('unauthorized', 'Send the API_KEY as "Authorization: Bearer …".');
        const methods = request.is404 ? methodsAt(routes, request.url) : [];
        if (methods.length > 0) return reply.code(405).header('allow', methods.join(', ')).send(noSuch);
      });
      for (const { method, path, params, query, body, answer, handle } of routes) {
        api.route({
          method,
          url: path.replace(/\{(\w+)\}/g, ':$1'),
          schema: {
            ...(params && { params }),
            ...(query && { querystring: query }),
            response: { 200: answer },
          },
          // Every body may be left out. One that is there is taken as it stands: fastify's own check takes null for 0.
          preValidation: async (request) => {
            if (request.body === undefined) request.body = {};
            const wrong = body && Value.Errors(body, request.body).First();
            if (wrong) throw new OmniCallError('bad-request', `body${wrong.path}: ${wrong.message}.`);
          },
          handler: ({ params, query, body }) => handle({ params, query, body }),
        });
      }
    },
    { prefix: PREFIX },
  );
  // How the API looks is no secret.
  http.get(`${PREFIX}/openapi.json`, async () => document);
}
