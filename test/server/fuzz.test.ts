import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { CLOSE } from 'omni-call/protocol';
import { startStack, type Stack } from '../support/stack.js';
import { WsClient } from '../support/ws-client.js';

const FRAMES = 200_000;
/** Within what a connection may send at once, with the hello and the ping around them. */
const BATCH = 90;
/** Made at a time: the server runs in this process too, and is not to be held up. */
const BATCHES = 25;
/** Connections at a time. */
const ABREAST = 24;
const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

/** The codes of the protocol, and of RFC 6455 for: protocol error, text that is no UTF-8, too big. */
const NAMED = new Set<number>([...Object.values(CLOSE), 1002, 1007, 1009]);

type Frame = string | Buffer;

const PEOPLE = ['fuzz-1', 'fuzz-2', 'fuzz-3', 'victim-1', '__proto__', 'constructor', 'nobody'];
const user = fc.oneof(fc.constantFrom(...PEOPLE), fc.string({ maxLength: 140 }));
const call = fc.oneof(fc.constantFrom('call', '__proto__', '../x'), fc.string({ maxLength: 70 }));
const id = fc.integer({ min: 1_000, max: 2_000 });
const muted = fc.record({ audio: fc.boolean(), video: fc.boolean() });
const callType = fc.constantFrom('videocall', 'audiocall');
const of = <T extends string>(type: T, rest: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ id, type: fc.constant(type), ...rest }) as fc.Arbitrary<Record<string, unknown>>;

const valid = fc.oneof(
  of('offer', { offerId: call, callType, callee: user, record: fc.boolean(), ringTimeout: fc.constant(1), muted }),
  of('answer', { call, muted, record: fc.boolean() }),
  of('answer', { caller: user, muted }),
  of('leave', { call }),
  of('media', { call, generation: fc.nat(3), state: fc.constantFrom('joined', 'away', 'lost') }),
  of('mute', { call, muted }),
  of('share', { call, on: fc.boolean() }),
  of('voice-only', { call, on: fc.boolean() }),
  of('record', { call, wish: fc.constantFrom('on', 'paused', 'off') }),
  of('recording-link', { call }),
  of('message', { call, text: fc.string({ minLength: 1 }) }),
  of('list', { page: fc.integer({ min: 1, max: 2 ** 40 }) }),
  of('watch', { users: fc.array(user, { maxLength: 5 }) }),
  of('block', { user: fc.constantFrom('nobody', 'fuzz-9'), blocked: fc.boolean() }),
  of('hello', { userId: user, resume: fc.record({ session: call, secret: call, seal: fc.string() }) }),
  of('ping', {}),
);
/** Its bytes are more than its characters. */
const wide = fc
  .tuple(fc.constantFrom('ё', '名', '🙂', '\ud800'), fc.integer({ min: 1, max: 200 }))
  .map(([character, times]) => character.repeat(times));
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(-1, 1e308, '', [], {}, null, '\u0000'),
  wide,
);
/** A message with one thing wrong: a part missing, of another kind, too much, or the text cut off. */
const nearlyValid = fc
  .tuple(valid, fc.nat(), odd, fc.oneof(fc.constant('extra'), wide), fc.constantFrom('drop', 'change', 'add', 'cut'))
  .map(([message, at, value, extra, how]) => {
    const keys = Object.keys(message);
    const key = keys[at % keys.length] ?? 'id';
    const rest = { ...message };
    delete rest[key];
    if (how === 'drop') return JSON.stringify(rest);
    if (how === 'change') return JSON.stringify({ ...rest, [key]: value });
    if (how === 'add') return JSON.stringify({ ...message, [extra]: value });
    const text = JSON.stringify(message);
    return text.slice(0, at % text.length);
  });
const garbage = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
  fc.json(),
);
/** What names no request closes the connection, and what follows is not read: so it comes last. */
const batch: fc.Arbitrary<{ isKnown: boolean; frames: Frame[] }> = fc.record({
  isKnown: fc.boolean(),
  frames: fc
    .tuple(
      fc.array(
        fc.oneof(
          valid.map((message): Frame => JSON.stringify(message)),
          nearlyValid.filter((text) => /^\{"id":1\d{3},.*\}$/.test(text)) as fc.Arbitrary<Frame>,
        ),
        { minLength: BATCH - 10, maxLength: BATCH - 10, size: 'max' },
      ),
      fc.array(fc.oneof(nearlyValid, garbage) as fc.Arbitrary<Frame>, { minLength: 10, maxLength: 10, size: 'max' }),
    )
    .map(([frames, last]) => [...frames, ...last]),
});

function* batches(): Generator<{ isKnown: boolean; frames: Frame[] }> {
  for (let made = 0; made * BATCH < FRAMES; made += BATCHES) {
    yield* fc.sample(batch, { numRuns: BATCHES, seed: SEED + made });
  }
}

interface Told {
  /** Null: it still answers. */
  code: number | null;
  answers: string[];
}

let stack: Stack;
let people = 0;

/** Sends the frames on a connection of its own. Resolves when it is closed, or has answered a ping after all of them. */
function attack({ isKnown, frames }: { isKnown: boolean; frames: Frame[] }): Promise<Told> {
  const socket = new WebSocket(`${stack.origin.replace(/^http/, 'ws')}/ws`, { perMessageDeflate: false });
  const answers: string[] = [];
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => {
      const hello = { id: 1, type: 'hello', userId: `fuzz-${++people % 400}` };
      if (isKnown) socket.send(JSON.stringify(hello));
      for (const frame of frames) socket.send(frame);
      socket.send(JSON.stringify({ id: 2, type: 'ping' }));
    });
    socket.on('message', (data) => {
      const text = String(data);
      answers.push(text);
      if ((JSON.parse(text) as { re?: number }).re !== 2) return;
      socket.terminate();
      resolve({ code: null, answers });
    });
    socket.on('close', (code) => resolve({ code, answers }));
  });
}

before(async () => {
  stack = await startStack({ connectionsPerAddress: 1_000, resumeGrace: 1 });
});
after(() => stack?.close());

describe('frames of any kind', () => {
  it(`${FRAMES} of them, from seed ${SEED}: each connection is answered or closed with a named code, nobody else's call is seen or touched`, async () => {
    const [one, other] = await Promise.all([
      WsClient.join(stack.origin, 'victim-1'),
      WsClient.join(stack.origin, 'victim-2'),
    ]);
    const secret = 'what only the two of them know';
    // LiveKit keeps a room that nobody enters for longer than it may ring: these two only say that they are in it.
    const running = await one.offer('victim-2', { data: { secret }, ringTimeout: 600 });
    await other.stage(running, 'ringing');
    await other.answer(running);
    await Promise.all([one.enter(running), other.enter(running)]);
    await Promise.all([one.stage(running, 'connected'), other.stage(running, 'connected')]);
    const seen = { one: one.calls.length, other: other.calls.length };
    const hidden = [secret, running, one.session, other.session, one.ticket.secret, other.ticket.secret];

    const count = { answered: 0, closed: new Map<number | null, number>(), frames: 0 };
    const all = batches();
    let taken = 0;
    const next = async (): Promise<void> => {
      for (const each of all) {
        const nth = ++taken;
        const { code, answers } = await attack(each);
        assert.ok(code === null || NAMED.has(code), `closed with ${code}`);
        for (const text of answers) for (const word of hidden) assert.ok(!text.includes(word), text);
        count.frames += each.frames.length;
        count.answered += answers.length;
        count.closed.set(code, (count.closed.get(code) ?? 0) + 1);
        if (nth % 100 === 0) {
          const text = `${secret}: ${nth}`;
          await one.request('message', { call: running, text });
          await other.push('message', (push) => push.text === text);
        }
      }
    };
    await Promise.all(Array.from({ length: ABREAST }, next));
    console.log(`${count.frames} frames, ${count.answered} answers, closed with`, Object.fromEntries(count.closed));
    assert.ok(count.frames >= FRAMES);
    assert.ok(count.answered > FRAMES / 2, 'most frames are to get far enough to be answered');
    // It did not notice: no view came, nobody was marked away, and it ends as its people wish.
    assert.deepEqual({ one: one.calls.length, other: other.calls.length }, seen);
    await one.leave(running);
    assert.deepEqual((await other.stage(running, 'ended')).ending?.reason, 'completed');
    const failures = stack.log.filter((line) => line.includes('request failed'));
    assert.deepEqual(failures, []);
  });
});
