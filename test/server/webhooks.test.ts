import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Redis } from 'ioredis';
import { offered, transition, type Offer } from '../../server/core/call-machine.js';
import type { Call } from '../../server/core/call.js';
import { newsOf, type CallNews } from '../../server/webhooks/call-news.js';
import { MemoryOutbox, type Outbox } from '../../server/webhooks/outbox.js';
import { RedisOutbox } from '../../server/webhooks/redis-outbox.js';
import { Webhooks, type WebhooksOptions } from '../../server/webhooks/webhooks.js';
import { LoopbackHttp } from '../support/loopback-http.js';
import { RedisServer } from '../support/redis.js';
import { startStack } from '../support/stack.js';
import { WsClient } from '../support/ws-client.js';

const SECRET = 'what only the two of us know';

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  news: CallNews;
}

/** A back end that answers as the test has it. */
class Receiver extends LoopbackHttp {
  readonly received: Received[] = [];
  answer: (response: ServerResponse, received: Received) => void = (response) => response.end();
  /** Requests that are being answered at the same time, at the most so far. */
  mostAtOnce = 0;
  #open = 0;
  readonly #watchers = new Set<() => void>();

  constructor() {
    super((request, response) => this.#take(request, response));
  }

  get url(): string {
    return `${this.origin}/hooks`;
  }

  get types(): string[] {
    return this.received.map(({ news }) => news.type);
  }

  /** Resolves once that many have been received. */
  async until(count: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`only ${this.types.join(', ')} came`)), 20_000);
      const look = (): void => {
        if (this.received.length < count) return;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    this.#open += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#open);
    response.once('close', () => (this.#open -= 1));
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const received = { headers: request.headers, body, news: JSON.parse(body) as CallNews };
      this.received.push(received);
      this.answer(response, received);
      for (const look of this.#watchers) look();
    });
  }
}

async function receiver(): Promise<Receiver> {
  const made = new Receiver();
  await made.listen();
  return made;
}

let calls = 0;
const NOW = Date.now();
/** A call's stations: offered, reached, declined. */
function stations(): [Call, Call, Call] {
  const offer: Offer = {
    id: `call-${++calls}`,
    callType: 'videocall',
    caller: { userId: 'alice', displayName: 'Alice', session: 'alice-session' },
    callee: 'bob',
    muted: { audio: false, video: false },
    data: null,
    record: false,
    ringTimeout: 60_000,
    room: 'room',
    limits: { connect: 30_000, grace: 20_000 },
  };
  const { call } = offered(offer, NOW);
  const step = (from: Call, event: Parameters<typeof transition>[1]): Call => {
    const outcome = transition(from, event, NOW + 1);
    assert.ok('call' in outcome);
    return outcome.call;
  };
  const reached = step(call, { type: 'reached', displayName: null });
  return [call, reached, step(reached, { type: 'leave', session: 'bob-session', userId: 'bob' })];
}

function webhooksTo(url: string, outbox: Outbox, options: Partial<WebhooksOptions> = {}): Webhooks {
  const onError = (error: unknown): void => console.error(error);
  return new Webhooks({
    url,
    secret: SECRET,
    outbox,
    now: Date.now,
    answerWithin: 1000,
    retryAfter: 50,
    giveUpAfter: 60_000,
    onError,
    ...options,
  });
}

/** Tells when a delivery failed, and after how many milliseconds it is due again. */
class Failures {
  #tell: (wait: number) => void = () => undefined;

  constructor(readonly now: () => number) {}

  of(outbox: Outbox): Outbox {
    return {
      add: (...given) => outbox.add(...given),
      claim: (...given) => outbox.claim(...given),
      done: (...given) => outbox.done(...given),
      close: () => outbox.close(),
      retry: async (claimed, at) => {
        await outbox.retry(claimed, at);
        this.#tell(at - this.now());
      },
    };
  }

  next(): Promise<number> {
    return new Promise((resolve) => (this.#tell = resolve));
  }
}

/** A receiver is away for a minute, by the webhooks' clock; after each of its failures `meanwhile` may start them anew. */
async function awayForAMinute(
  open: () => Outbox,
  meanwhile: (current: Webhooks, begin: () => Webhooks) => Promise<Webhooks>,
) {
  const away = await receiver();
  const { port, url } = away;
  await away.close();
  let clock = NOW;
  const now = (): number => clock;
  const failures = new Failures(now);
  const begin = (): Webhooks =>
    webhooksTo(url, failures.of(open()), { now, retryAfter: 1000, giveUpAfter: 86_400_000 });
  const back = new Receiver();
  let webhooks = begin();
  const waits: number[] = [];
  try {
    let failed = failures.next();
    tell(webhooks, stations());
    while (clock < NOW + 60_000) {
      const wait = await failed;
      waits.push(wait);
      webhooks = await meanwhile(webhooks, begin);
      failed = failures.next();
      if (clock + wait >= NOW + 60_000) await back.listen(port);
      clock += wait;
    }
    await back.until(3);
  } finally {
    await webhooks.close();
    await back.close();
  }
  return { waits, types: back.types };
}

function tell(webhooks: Webhooks, [call, reached, ended]: readonly [Call, Call, Call]): void {
  webhooks.observe(call, null);
  webhooks.observe(reached, call);
  webhooks.observe(ended, reached);
}

describe('webhooks of a recording', () => {
  it('tell once that it can be fetched, or why there is none, also after the call', () => {
    const offer = { ...stations()[0], recording: 'stopped' as const };
    const told = (to: Partial<Call>) => newsOf({ ...offer, ...to }, offer, NOW + 5000);
    const [ready, ...more] = told({ recording: 'ready' });
    assert.deepEqual([ready?.type, ready?.data.recording, more], ['recording.ready', 'ready', []]);
    assert.equal(ready?.timestamp, new Date(NOW + 5000).toISOString());
    const [failed] = told({ recording: 'failed', recordingProblem: 'disk-full' });
    assert.deepEqual([failed?.type, failed?.data.recording_problem], ['recording.failed', 'disk-full']);
    const settled = { ...offer, recording: 'ready' as const };
    assert.deepEqual(newsOf({ ...settled, recording: 'deleted' }, settled, NOW), []);
    assert.deepEqual(newsOf(settled, settled, NOW), []);
  });
});

const IN_ORDER = ['call.offered', 'call.ringing', 'call.ended'];

describe('webhooks of a running server', () => {
  it('tell of a call from the offer to its end, signed, and of a missed one', async () => {
    const back = await receiver();
    const stack = await startStack({ webhook: { url: back.url, secret: SECRET } });
    try {
      const [caller, callee] = await Promise.all([
        WsClient.join(stack.origin, 'alice'),
        WsClient.join(stack.origin, 'bob'),
      ]);
      const call = await caller.offer('bob', { data: { order: 7 } });
      await callee.stage(call, 'ringing');
      await callee.answer(call);
      await caller.leave(call);
      await back.until(4);
      assert.deepEqual(back.types, ['call.offered', 'call.ringing', 'call.answered', 'call.ended']);
      const { data } = back.received[3]?.news ?? {};
      assert.equal(data?.session, call);
      assert.equal(data?.reason, 'completed');
      assert.equal(data?.by, 'alice');
      assert.deepEqual(data?.data, { order: 7 });
      for (const { headers, body } of back.received) {
        const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
        const expected = createHmac('sha256', SECRET).update(signed).digest('base64');
        assert.equal(headers['webhook-signature'], `v1,${expected}`);
      }
      // Nobody of this name is here: the back end may have another way to reach her.
      await caller.leave(await caller.offer('carol'));
      await back.until(7);
      assert.deepEqual(back.types.slice(4), ['call.offered', 'call.ended', 'call.missed']);
    } finally {
      await stack.close();
      await back.close();
    }
  });
});

describe('webhooks to a receiver that hangs', () => {
  it('are under way in a number that is bounded, however many calls there are', async ({ mock }) => {
    mock.timers.enable({ apis: ['setInterval'] });
    const back = await receiver();
    back.answer = () => undefined;
    const outbox = new MemoryOutbox();
    let claimed = 0;
    const claim = outbox.claim.bind(outbox);
    outbox.claim = async (...given) => {
      const lanes = await claim(...given);
      claimed += lanes.length;
      return lanes;
    };
    const webhooks = webhooksTo(back.url, outbox, { answerWithin: 60_000 });
    try {
      for (let n = 0; n < 1000; n += 1) await outbox.add(`call ${n}`, [{ id: `${n}`, body: '{}' }], NOW);
      for (let look = 0; look < 20; look += 1) {
        mock.timers.tick(200);
        await new Promise((resolve) => setImmediate(resolve));
      }
      assert.equal(claimed, 200);
    } finally {
      await webhooks.close();
      await back.close();
    }
  });
});

/** What holds for either outbox. */
function anOutbox(name: string, open: () => Outbox): void {
  describe(`webhooks ${name}`, () => {
    it('wait for a slow receiver: the next of a call comes when it has taken the one before', async () => {
      const back = await receiver();
      const waiting: ServerResponse[] = [];
      back.answer = (response) => void waiting.push(response);
      const webhooks = webhooksTo(back.url, open());
      try {
        tell(webhooks, stations());
        for (const [index] of IN_ORDER.entries()) {
          await back.until(index + 1);
          assert.equal(back.received.length, index + 1);
          waiting[index]?.end();
        }
        assert.deepEqual(back.types, IN_ORDER);
        assert.equal(back.mostAtOnce, 1);
      } finally {
        await webhooks.close();
        await back.close();
      }
    });

    it('come again, under the same id, to one that refuses them or answers too late, in order', async () => {
      const back = await receiver();
      let count = 0;
      back.answer = (response) => {
        count += 1;
        if (count === 1) response.writeHead(500).end();
        else if (count === 2) response.writeHead(302, { location: back.url }).end();
        // The third is never answered.
        else if (count !== 3) response.end();
      };
      const webhooks = webhooksTo(back.url, open());
      try {
        tell(webhooks, stations());
        await back.until(6);
        assert.deepEqual(back.types, ['call.offered', 'call.offered', 'call.offered', ...IN_ORDER]);
        const ids = back.received.map(({ headers }) => headers['webhook-id']);
        assert.equal(new Set(ids.slice(0, 4)).size, 1);
        assert.equal(new Set(ids).size, 3);
      } finally {
        await webhooks.close();
        await back.close();
      }
    });

    it('reach one that answers too late twice, and in order to whoever drops an id that it knows', async () => {
      const back = await receiver();
      const seen = new Map<string, ServerResponse>();
      const acted: string[] = [];
      back.answer = (response, { headers, news }) => {
        const id = String(headers['webhook-id']);
        const late = seen.get(id);
        if (!late) {
          seen.set(id, response);
          acted.push(news.type);
          return;
        }
        // By now nobody listens to the first answer.
        late.end();
        response.end();
      };
      const webhooks = webhooksTo(back.url, open(), { answerWithin: 100 });
      try {
        tell(webhooks, stations());
        await back.until(6);
        assert.deepEqual(acted, IN_ORDER);
        assert.deepEqual(
          back.types,
          IN_ORDER.flatMap((type) => [type, type]),
        );
      } finally {
        await webhooks.close();
        await back.close();
      }
    });

    it('are not taken for delivered by a second answer to the one before', async () => {
      const back = await receiver();
      back.answer = (response) => {
        const { socket } = response;
        response.end(() => socket?.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
      };
      const webhooks = webhooksTo(back.url, open());
      try {
        tell(webhooks, stations());
        await back.until(3);
        assert.deepEqual([...new Set(back.types)], IN_ORDER);
      } finally {
        await webhooks.close();
        await back.close();
      }
    });

    it('of one call do not wait for those of another', async () => {
      const back = await receiver();
      const stuck = stations();
      back.answer = (response, { news }) => {
        if (news.data.session === stuck[0].id) response.writeHead(503);
        response.end();
      };
      const webhooks = webhooksTo(back.url, open());
      try {
        tell(webhooks, stuck);
        await back.until(1);
        const other = stations();
        tell(webhooks, other);
        const arrived = (): string[] =>
          back.received.filter(({ news }) => news.data.session === other[0].id).map(({ news }) => news.type);
        for (let count = 2; arrived().length < 3; count += 1) await back.until(count);
        assert.deepEqual(arrived(), IN_ORDER);
      } finally {
        await webhooks.close();
        await back.close();
      }
    });

    it('reach one that was away for a minute once it is back, in order, each further attempt after twice the wait', async () => {
      assert.deepEqual(await awayForAMinute(open, async (current) => current), {
        waits: [1000, 2000, 4000, 8000, 16_000, 32_000],
        types: IN_ORDER,
      });
    });
  });
}

anOutbox('in memory', () => new MemoryOutbox());

describe('with Redis', () => {
  let redis: RedisServer;
  const open = (): Outbox => new RedisOutbox(redis.url, (error) => console.error(error));
  before(async () => {
    redis = await RedisServer.start();
  });
  after(() => redis?.stop());
  // What one test left undelivered is not for the next.
  beforeEach(async () => {
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
  });

  anOutbox('on Redis', open);

  it('what happened as a server went down is delivered by the next', async () => {
    const back = await receiver();
    const first = webhooksTo(back.url, open());
    tell(first, stations());
    await first.close();
    const second = webhooksTo(back.url, open());
    try {
      // The first may have delivered some, and then been cut off from writing that down.
      const arrived = (): string[] => [...new Set(back.types)];
      for (let count = 3; arrived().length < 3; count += 1) await back.until(count);
      assert.deepEqual(arrived(), IN_ORDER);
    } finally {
      await second.close();
      await back.close();
    }
  });

  it('what was not delivered is delivered after restarts, in order, and no sooner than it would have been', async () => {
    const restarted = await awayForAMinute(open, async (current, begin) => {
      await current.close();
      return begin();
    });
    assert.deepEqual(restarted, { waits: [1000, 2000, 4000, 8000, 16_000, 32_000], types: IN_ORDER });
  });
});
