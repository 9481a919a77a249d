import type { Static, TSchema } from '@sinclair/typebox';
import { OmniCallError, type CallRecord, type SessionPage } from 'omni-call/protocol';
import type { Time } from '../core/call.js';
import { recordOf } from '../core/call-record.js';
import type { CallEngine } from '../engine.js';
import type { PresenceBook } from '../presence.js';
import type { Sessions } from '../sessions.js';
import type { Store } from '../store/store.js';
import { listCalls } from './call-list.js';
import * as schemas from './schemas.js';

/** One operation: what it takes, what it gives, and what it does. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** In OpenAPI's way, `{id}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly answer: TSchema;
  /** Whether what it names may not be there. */
  readonly canBeMissing?: true;
  readonly handle: (request: { params: unknown; query: unknown; body: unknown }) => Promise<unknown>;
}

interface Typed<
  Params extends TSchema,
  Query extends TSchema,
  Body extends TSchema,
  Answer extends TSchema,
> extends Omit<Route, 'params' | 'query' | 'body' | 'answer' | 'handle'> {
  params?: Params;
  query?: Query;
  body?: Body;
  answer: Answer;
  handle: (request: { params: Static<Params>; query: Static<Query>; body: Static<Body> }) => Promise<Static<Answer>>;
}

/** Ties the handler's types to the schemas, which are what makes its arguments so. */
export const route = <Params extends TSchema, Query extends TSchema, Body extends TSchema, Answer extends TSchema>(
  typed: Typed<Params, Query, Body, Answer>,
): Route => typed as Route;

export interface ApiParts {
  store: Store;
  engine: CallEngine;
  sessions: Sessions;
  presence: PresenceBook;
  now: () => Time;
}

/** Who is here, calls and their history, ending a call, and revoking a user. */
export function callRoutes({ store, engine, sessions, presence, now }: ApiParts): Route[] {
  const recordById = async (id: string): Promise<CallRecord> => {
    const call = await store.call(id);
    if (!call) throw new OmniCallError('no-such-call', 'There is no such call, or it is long over.');
    return recordOf(call);
  };

  return [
    route({
      method: 'GET',
      path: '/sessions',
      operationId: 'listSessions',
      summary: 'Who is here',
      query: schemas.sessionQuery,
      answer: schemas.sessionPage,
      handle: async ({ query: { page = 1 } }): Promise<SessionPage> => presence.everyone(page),
    }),
    route({
      method: 'GET',
      path: '/calls',
      operationId: 'listCalls',
      summary: 'Calls, newest first',
      query: schemas.callQuery,
      answer: schemas.callPage,
      handle: async ({ query }) => {
        const { list, next } = await listCalls(store, query);
        return { list: list.map(recordOf), next };
      },
    }),
    route({
      method: 'GET',
      path: '/calls/{id}',
      operationId: 'getCall',
      summary: 'One call',
      params: schemas.callParams,
      answer: schemas.callRecord,
      canBeMissing: true,
      handle: async ({ params: { id } }) => recordById(id),
    }),
    route({
      method: 'POST',
      path: '/calls/{id}/end',
      operationId: 'endCall',
      summary: 'End a call; one that is over stays as it ended',
      params: schemas.callParams,
      answer: schemas.callRecord,
      canBeMissing: true,
      handle: async ({ params: { id } }) => {
        await engine.apply(id, { type: 'end' });
        return recordById(id);
      },
    }),
    route({
      method: 'POST',
      path: '/users/{id}/revoke',
      operationId: 'revokeUser',
      summary: "End a user's call and sessions, and refuse new ones for a while",
      params: schemas.userParams,
      body: schemas.revocation,
      answer: schemas.revoked,
      handle: async ({ params: { id }, body }) => {
        const forMs = (body.for_seconds ?? 3600) * 1000;
        return { sessions: await sessions.revoke(id, now() + forMs) };
      },
    }),
  ];
}
