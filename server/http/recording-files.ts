import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { rangeOf } from '../recording/byte-range.js';
import type { LinkProof } from '../recording/links.js';
import type { Recordings } from '../recording/recordings.js';

interface Ask {
  Params: { id: string };
  Querystring: Partial<LinkProof>;
}

/** The files themselves, for whoever has a link that is good still. */
export function serveRecordings(
  http: FastifyInstance,
  { shelf, links }: Pick<Recordings, 'shelf' | 'links'>,
  onError: (error: unknown) => void,
): void {
  const serve = async (request: FastifyRequest<Ask>, reply: FastifyReply): Promise<FastifyReply> => {
    const { id } = request.params;
    const { expires = '', signature = '' } = request.query;
    void reply.headers({
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
    });
    if (!links.isGood(id, { expires: String(expires), signature: String(signature) })) return reply.code(403).send();
    const recording = await shelf.find(id);
    if (!recording) return reply.code(404).send();
    const size = recording.bytes;
    const range = rangeOf(request.headers.range, size);
    void reply.header('accept-ranges', 'bytes');
    if (!range) return reply.code(416).header('content-range', `bytes */${size}`).send();
    const length = range.last - range.first + 1;
    void reply.type('video/mp4').header('content-length', length);
    if (length < size) void reply.code(206).header('content-range', `bytes ${range.first}-${range.last}/${size}`);
    if (request.method === 'HEAD') return reply.send();
    try {
      return await reply.send(await shelf.read(id, range));
    } catch (error) {
      onError(error);
      return reply.code(503).removeHeader('content-length').send();
    }
  };
  // HEAD for itself: fastify's own would open the file, and lose its length.
  http.route<Ask>({ method: ['GET', 'HEAD'], url: '/recordings/:id.mp4', handler: serve });
}
