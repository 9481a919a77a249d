import { OmniCallError } from 'omni-call/protocol';
import type { Call } from '../core/call.js';
import type { Store } from '../store/store.js';
import type { CallQuery } from './schemas.js';

/** Calls read from the store at a time. */
const CHUNK = 200;

function fits(call: Call, { user, call_type, reason, offered_from, offered_before }: CallQuery): boolean {
  return (
    (user === undefined || call.caller.userId === user || call.callee.userId === user) &&
    (call_type === undefined || call.callType === call_type) &&
    (reason === undefined || call.end?.reason === reason) &&
    (offered_from === undefined || call.offeredAt >= Date.parse(offered_from)) &&
    (offered_before === undefined || call.offeredAt < Date.parse(offered_before))
  );
}

/**
 * A page of calls, newest first. `after` is the last call of the page before, so that calls which come up meanwhile
 * shift nothing.
 */
export async function listCalls(
  store: Pick<Store, 'calls'>,
  query: CallQuery,
): Promise<{ list: Call[]; next: string | null }> {
  const { state = 'ended', after, limit = 50 } = query;
  const list: Call[] = [];
  let begun = after === undefined;
  const listed = new Set<string>();
  for (let offset = 0; ; offset += CHUNK) {
    const chunk = await store.calls(state, offset, CHUNK);
    for (const call of chunk) {
      // A call that ended between two chunks shifts the rest: some come twice.
      if (listed.has(call.id)) continue;
      listed.add(call.id);
      if (begun && fits(call, query)) list.push(call);
      if (call.id === after) begun = true;
      if (list.length > limit) return { list: list.slice(0, limit), next: list[limit - 1]?.id ?? null };
    }
    if (chunk.length < CHUNK) break;
  }
  if (!begun) throw new OmniCallError('bad-request', '"after" names a call that is not listed (any more).');
  return { list, next: null };
}
