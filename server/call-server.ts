import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { pino, type Logger } from 'pino';
import { CLOSE, OmniCallError } from 'omni-call/protocol';
import { callRoutes } from './api/routes.js';
import { Authenticator, type AuthOptions } from './auth/authenticator.js';
import type { Call } from './core/call.js';
import { Deadlines } from './deadlines.js';
import { CallEngine } from './engine.js';
import { fewRandomBytes } from './few-random-bytes.js';
import { createHttp } from './http/http.js';
import { RoomNews } from './livekit/room-news.js';
import { RoomPasses } from './livekit/room-passes.js';
import { RoomSweep } from './livekit/room-sweep.js';
import { LivekitRooms, type LivekitOptions } from './livekit/rooms.js';
import { logStep, withSafeErrors } from './log.js';
import { Metrics } from './metrics.js';
import { PresenceBook } from './presence.js';
import { recordingRoutes } from './api/recording-routes.js';
import { Recordings, type RecordingOptions } from './recording/recordings.js';
import { Restorer } from './restorer.js';
import { RoomKeeper } from './room-keeper.js';
import { assertSafe, LOOPBACK } from './safe-options.js';
import { Sealer } from './sealed-state.js';
import { Sessions } from './sessions.js';
import { LocalBus, type Bus } from './store/bus.js';
import { MemoryStore } from './store/memory-store.js';
import { RedisBus } from './store/redis-bus.js';
import { RedisStore } from './store/redis-store.js';
import type { Store } from './store/store.js';
import { Gate } from './transport/gate.js';
import { Hub } from './transport/hub.js';
import { Requests } from './transport/requests.js';
import { MemoryOutbox } from './webhooks/outbox.js';
import { RedisOutbox } from './webhooks/redis-outbox.js';
import { Webhooks } from './webhooks/webhooks.js';

export interface CallServerOptions {
  livekit: LivekitOptions;
  /** Default: 8080. 0 takes a free one. */
  port?: number;
  /** Default: `127.0.0.1`. Any but the loopback wants `auth`. */
  host?: string;
  /** Left out, or without secret and JWKS: open, anybody may be anybody. A secret has 32 bytes or more. */
  auth?: AuthOptions;
  /** Origins whose pages may connect. Default: any. */
  allowedOrigins?: readonly string[];
  /** What the host's back end shows to use the HTTP API, 16 characters or more. Left out: there is no API. */
  apiKey?: string;
  /** Where the host's back end is told of calls, and the secret of 16 characters or more that signs it. Left out: it is not. */
  webhook?: { url: string; secret: string };
  /** Left out: calls are not recorded, and offers to be are refused. */
  recording?: RecordingOptions;
  /** Left out: everything is kept in memory, and this is the only node. */
  redisUrl?: string;
  /** Seconds a call rings. Default: 60. */
  ringTimeout?: number;
  /** Seconds for which a lost session can be resumed. Default: 20. */
  resumeGrace?: number;
  /** Sessions of one person at a time. Default: 20. */
  sessionsPerUser?: number;
  /** Connections from one address, or one /64 of IPv6, at a time. Default: 200. */
  connectionsPerAddress?: number;
  /** How many proxies, each adding to `X-Forwarded-For`, stand in front. Default: 0, the header is not believed. */
  trustProxy?: number;
  /** Offers that one person may make in a minute, or all visitors with a publishable key of one address. Default: 30. */
  offersPerMinute?: number;
  /** Seconds after which LiveKit's rooms and the calls are compared again. Default: 10. */
  roomSweepEvery?: number;
  /** A folder of pages to serve beside the widget. Default: none. */
  pages?: string;
  /** Default: pino at level `info`, to standard output. */
  logger?: Logger;
}

export interface CallServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Milliseconds from the answer in which both must be in the room. */
const CONNECT_LIMIT = 30_000;

/** Milliseconds that a server which goes down gives its pages and LiveKit. What is left then, the next one finds. */
const CLOSE_WITHIN = 8_000;

/** Milliseconds in which the back end answers a webhook, until it is first repeated, and until it is given up. */
const WEBHOOK_ANSWER_WITHIN = 10_000;
const WEBHOOK_RETRY_AFTER = 1_000;
const WEBHOOK_GIVE_UP_AFTER = 24 * 3_600_000;

/** 128 random bits. */
const randomName = (): string => fewRandomBytes(16).toString('base64url');

/** Starts a call server. Rejects when the port is taken, and with a `SettingError` when an option is not safe. */
export async function createCallServer(options: CallServerOptions): Promise<CallServer> {
  assertSafe(options);
  const log = withSafeErrors(options.logger ?? pino());
  const now = Date.now;
  const grace = (options.resumeGrace ?? 20) * 1000;
  const rooms = new LivekitRooms(options.livekit);
  const passes = new RoomPasses(rooms, now);
  const onError = (error: unknown): void => log.error({ err: error }, 'failed');
  const { redisUrl: redis } = options;
  const store: Store =
    redis === undefined
      ? new MemoryStore()
      : new RedisStore({
          url: redis,
          onError,
          holds: (connection) => gate.holds(connection),
          onRevived: () => affirmAll(),
          onNodeGone: () => refreshAll(),
        });
  const bus: Bus =
    redis === undefined ? new LocalBus(store) : new RedisBus({ url: redis, onError, onGap: () => refreshAll() });

  const keeper = new RoomKeeper({
    rooms,
    call: (id) => store.call(id),
    apply: (id, event) => engine.apply(id, event),
    retryEvery: 500,
    wait: (ms) => wait(ms, undefined, { ref: false }),
    onError: (error, context) => log.error({ err: error, ...context }, 'LiveKit could not be told'),
  });
  const engine: CallEngine = new CallEngine({
    store,
    bus,
    now,
    randomName,
    limits: { connect: CONNECT_LIMIT, grace },
    offersPerMinute: options.offersPerMinute ?? 30,
    records: options.recording !== undefined,
    perform: (call, effect) => {
      if (effect.do === 'record') recordings?.begin(call);
      else keeper.perform(call, effect);
    },
    observe: (call, before) => {
      logStep(log, call, before);
      metrics.countStep(call, before);
      webhooks?.observe(call, before);
      if (call.stage === 'ended') passes.forget(call.id);
      // One that was refused made nobody busy.
      if ((call.stage === 'ended') !== (before === null)) announceBoth(call);
    },
  });
  const webhooks = options.webhook
    ? new Webhooks({
        ...options.webhook,
        outbox: redis === undefined ? new MemoryOutbox() : new RedisOutbox(redis, onError),
        now,
        answerWithin: WEBHOOK_ANSWER_WITHIN,
        retryAfter: WEBHOOK_RETRY_AFTER,
        giveUpAfter: WEBHOOK_GIVE_UP_AFTER,
        onError,
      })
    : null;
  const presence = new PresenceBook(store, bus);
  const announce = (userId: string): void => bus.announce(userId);
  const announceBoth = (call: Call): void => {
    announce(call.caller.userId);
    announce(call.callee.userId);
  };
  const sessions = new Sessions({
    store,
    bus,
    engine,
    now,
    randomName,
    grace,
    perUser: options.sessionsPerUser ?? 20,
    onPresenceChange: announce,
  });
  const restorer: Restorer | null =
    redis === undefined
      ? new Restorer({ sealer: new Sealer(options.livekit.apiSecret), store, engine, rooms, now, grace })
      : null;
  const hub = new Hub({
    bus,
    passes,
    now,
    holderOf: async (session) => (await store.session(session))?.connection ?? null,
    seal: restorer && ((session, call) => restorer.seal(session, call)),
    recorder: options.recording?.recorder ?? null,
    onError,
  });
  const refreshAll = (): void => void hub.refresh(store).catch(onError);
  const affirmAll = async (): Promise<void> => {
    await hub.affirm(sessions, engine);
    refreshAll();
  };
  const recordings = options.recording
    ? new Recordings(options.recording, {
        ...{ store, bus, rooms, engine, now },
        shown: () => hub.shown(),
        secret: options.livekit.apiSecret,
        sweepEvery: (options.roomSweepEvery ?? 10) * 1000,
        onError: (error, context = {}) => log.error({ err: error, ...context }, 'recording'),
      })
    : null;
  let closing = false;
  const requests = new Requests({
    store,
    engine,
    sessions,
    presence,
    hub,
    authenticator: new Authenticator(options.auth ?? {}),
    restorer,
    recordings,
    now,
    ringTimeout: options.ringTimeout ?? 60,
    grace,
    assertOpen: () => {
      if (closing) throw new OmniCallError('server-error', 'This server is going down. Connect again.');
      if (!store.available)
        throw new OmniCallError('server-error', 'The call server cannot reach its Redis. Try again in a moment.');
    },
  });
  const deadlines = new Deadlines({
    store,
    now,
    onCall: (id) => engine.apply(id, { type: 'deadline' }),
    onSession: (id) => sessions.expire(id),
    onOrphan: (session) => sessions.lose(session),
    onError,
  });
  const sweep = new RoomSweep({
    rooms,
    shown: () => hub.shown(),
    call: (id) => store.call(id),
    engine,
    now,
    callsComeBackUntil: restorer?.endsAt ?? 0,
    every: (options.roomSweepEvery ?? 10) * 1000,
    onError,
  });
  const gate = new Gate({
    handle: (connection, message) => requests.handle(connection, message),
    onLeave: async (connection) => {
      hub.leave(connection);
      if (connection.session) await sessions.lose(connection.session).catch(onError);
    },
    allowedOrigins: options.allowedOrigins ?? null,
    connectionsPerAddress: options.connectionsPerAddress ?? 200,
    trustProxy: options.trustProxy ?? 0,
    onRefusal: (code) => metrics.countError(code),
    log,
  });
  const livekitAnswers = (): Promise<boolean> =>
    rooms.check().then(
      () => true,
      () => false,
    );
  const metrics = new Metrics({
    connections: () => gate.size,
    sessions: () => hub.size,
    calls: () => hub.shown(),
    livekitAnswers,
    redisAnswers: redis === undefined ? null : () => store.available,
    recordings: recordings && (() => recordings.running),
  });
  let http: FastifyInstance | null = null;
  const close = async (): Promise<void> => {
    closing = true;
    deadlines.stop();
    sweep.stop();
    const drained = Promise.all([
      gate.close(CLOSE.MOVING, 'the server goes down').then(() => keeper.idle()),
      recordings?.close(),
    ]);
    await Promise.race([drained, wait(CLOSE_WITHIN, undefined, { ref: false })]);
    await http?.close();
    await webhooks?.close();
    await bus.close();
    await store.close();
  };
  try {
    http = await createHttp({
      pages: options.pages ?? null,
      notReady: async () => {
        if (closing) return 'going down';
        if (!store.available) return 'Redis does not answer';
        return (await livekitAnswers()) ? null : 'LiveKit does not answer';
      },
      metrics,
      roomNews: new RoomNews({ livekit: options.livekit, rooms, call: (id) => store.call(id), engine }),
      onError,
      api:
        options.apiKey === undefined
          ? null
          : {
              apiKey: options.apiKey,
              routes: [
                ...callRoutes({ store, engine, sessions, presence, now }),
                ...(recordings ? recordingRoutes(recordings) : []),
              ],
              onError,
            },
      recordings,
      embed: { livekit: options.livekit.publicUrl ?? options.livekit.url, keys: options.auth?.keys ?? [] },
    });
    gate.attach(http.server);
    // The first page is not to come before Redis has answered; without it there is at least a server that says so.
    await store.userIds().catch(onError);
    await recordings?.open();
    await http.listen({ host: options.host ?? LOOPBACK, port: options.port ?? 8080 });
  } catch (error) {
    // What is left running would keep the process.
    await close();
    throw error;
  }
  const { address, port, family } = http.server.address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  log.info({ url }, 'listening');

  return {
    url,
    close: async () => {
      await close();
      log.info('closed');
    },
  };
}
