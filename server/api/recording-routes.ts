import { OmniCallError } from 'omni-call/protocol';
import { isOf, type RecordedPerson, type Recording } from '../recording/recording.js';
import type { Recordings } from '../recording/recordings.js';
import { route, type Route } from './routes.js';
import * as schemas from './schemas.js';

const person = ({ userId, displayName }: RecordedPerson) => ({ user_id: userId, display_name: displayName });

const shown = ({ id, callType, caller, callee, startedAt, storedAt, durationMs, bytes }: Recording) => ({
  id,
  call_type: callType,
  caller: person(caller),
  callee: person(callee),
  started_at: new Date(startedAt).toISOString(),
  stored_at: new Date(storedAt).toISOString(),
  duration_ms: durationMs,
  bytes,
});

/** Recordings read from the store at a time. */
const CHUNK = 200;

/** A page of them, newest first. `after` is the last of the page before. */
async function pageOf(
  shelf: Recordings['shelf'],
  { user, after, limit = 50 }: schemas.RecordingQuery,
): Promise<{ list: Recording[]; next: string | null }> {
  const from = after === undefined ? null : await shelf.find(after);
  if (after !== undefined && !from) throw new OmniCallError('bad-request', '"after" names a recording that is gone.');
  // Those of the same millisecond too: they are told apart by the id.
  const before = from ? from.startedAt + 1 : Number.MAX_SAFE_INTEGER;
  const list: Recording[] = [];
  let begun = from === null;
  for (let offset = 0; ; offset += CHUNK) {
    const chunk = await shelf.list(before, offset, CHUNK);
    for (const recording of chunk) {
      if (begun && (user === undefined || isOf(recording, user))) list.push(recording);
      if (recording.id === after) begun = true;
      if (list.length > limit) return { list: list.slice(0, limit), next: list[limit - 1]?.id ?? null };
    }
    if (chunk.length < CHUNK) return { list, next: null };
  }
}

/** The recordings: which there are, links to fetch them by, and deletion. */
export function recordingRoutes({ shelf, links }: Pick<Recordings, 'shelf' | 'links'>): Route[] {
  const gone = (): OmniCallError => new OmniCallError('no-such-call', 'There is no such recording.');
  const found = async (id: string): Promise<Recording> => {
    const recording = await shelf.find(id);
    if (!recording) throw gone();
    return recording;
  };

  return [
    route({
      method: 'GET',
      path: '/recordings',
      operationId: 'listRecordings',
      summary: 'Recordings that can be fetched, newest first',
      query: schemas.recordingQuery,
      answer: schemas.recordingPage,
      handle: async ({ query }) => {
        const { list, next } = await pageOf(shelf, query);
        return { list: list.map(shown), next };
      },
    }),
    route({
      method: 'GET',
      path: '/recordings/{id}',
      operationId: 'getRecording',
      summary: 'One recording',
      params: schemas.callParams,
      answer: schemas.recording,
      canBeMissing: true,
      handle: async ({ params: { id } }) => shown(await found(id)),
    }),
    route({
      method: 'POST',
      path: '/recordings/{id}/link',
      operationId: 'linkRecording',
      summary: 'A link by which the file can be fetched for a while',
      params: schemas.callParams,
      body: schemas.linkWish,
      answer: schemas.recordingLink,
      canBeMissing: true,
      handle: async ({ params: { id }, body }) => links.make((await found(id)).id, body.for_seconds),
    }),
    route({
      method: 'DELETE',
      path: '/recordings/{id}',
      operationId: 'deleteRecording',
      summary: 'Delete a recording, for good',
      params: schemas.callParams,
      answer: schemas.recording,
      canBeMissing: true,
      handle: async ({ params: { id } }) => {
        const recording = await found(id);
        if (!(await shelf.remove(id))) throw gone();
        return shown(recording);
      },
    }),
  ];
}
