import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import { startStack, type Stack } from '../support/stack.js';
import { WsClient } from '../support/ws-client.js';

const SECRET = 'a secret of this test, of 32 bytes';

let stack: Stack;

/** A session of somebody whom the host lets call these people only; left out: anyone. */
async function join(userId: string, callees?: readonly string[]): Promise<WsClient> {
  const token = await new SignJWT({ sub: userId, ...(callees && { callees }) })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(SECRET));
  const client = await WsClient.open(stack.origin);
  await client.hello({ token });
  return client;
}

const refusalOf = (request: Promise<unknown>): Promise<{ code: string; message: string }> =>
  request.then(
    () => ({ code: 'none', message: '' }),
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  );

before(async () => {
  stack = await startStack({ auth: { secret: SECRET } });
});
after(() => stack?.close());

describe('a caller', () => {
  it('learns nothing of a person whom it may not call, be that one here, busy, away, or nobody at all', async () => {
    const [spy, idle, one, other, blocker] = await Promise.all([
      join('spy', ['blocker']),
      join('idle'),
      join('one'),
      join('other'),
      join('blocker'),
    ]);
    await blocker.request('block', { user: 'spy', blocked: true });
    const call = await one.offer('other');
    await other.stage(call, 'ringing');
    const people = ['idle', 'one', 'other', 'nobody-of-that-name', 'blocker'];

    const { users } = await spy.request('watch', { users: people });
    assert.deepEqual(users, Object.fromEntries(people.map((user) => [user, 'offline'])));
    assert.deepEqual(
      (await spy.request('list', { page: 1 })).list.map(({ user_id }) => user_id),
      ['spy'],
    );
    const offers = [];
    const answers = [];
    for (const user of people) {
      offers.push(await refusalOf(spy.offer(user)));
      answers.push(await refusalOf(spy.request('answer', { caller: user, muted: { audio: false, video: false } })));
    }
    for (const refusal of offers) assert.deepEqual(refusal, { ...offers[0], code: 'not-allowed' });
    for (const refusal of answers) assert.deepEqual(refusal, { ...answers[0], code: 'no-such-call' });
    // Of its own calls it is told the same, whoever was called.
    const endings = spy.calls.map(({ ending }) => ending);
    assert.equal(endings.length, people.length);
    for (const ending of endings) assert.deepEqual(ending, { reason: 'not-allowed', by: 'server', durationMs: 0 });

    // What they do later does not come through either.
    await one.leave(call);
    await idle.request('bye', { closing: true });
    await spy.request('ping', {});
    assert.deepEqual(
      spy.pushes.filter(({ type }) => type !== 'call'),
      [],
    );
    assert.equal(idle.calls.length + blocker.calls.length, 0, 'nobody of them rang');
  });

  it('hears no more of a person that blocks it, from then on', async () => {
    const [watcher, watched] = await Promise.all([join('watcher'), join('watched')]);
    const { users } = await watcher.request('watch', { users: ['watched'] });
    assert.deepEqual(users, { watched: 'active' });
    await watched.request('block', { user: 'watcher', blocked: true });
    await watcher.push('presence', ({ state }) => state === 'offline');
    const told = watcher.pushes.length;
    await watched.leave(await watched.offer('somebody'));
    await watcher.request('ping', {});
    assert.equal(watcher.pushes.length, told);
  });
});

describe('a stranger who knows the id of a call', () => {
  it('can neither see, answer, end nor disturb it, nor tell it from one that never was', async () => {
    const [one, other, stranger] = await Promise.all([join('pair-1'), join('pair-2'), join('stranger')]);
    const running = await one.offer('pair-2');
    await other.stage(running, 'ringing');
    await one.view(({ session, room }) => session === running && room !== null);
    const muted = { audio: true, video: true };
    const attempts = (call: string) =>
      Promise.all([
        refusalOf(stranger.request('answer', { call, muted })),
        refusalOf(stranger.request('leave', { call })),
      ]);
    assert.deepEqual(await attempts(running), await attempts('never-was'));
    for (const attempt of [
      stranger.request('mute', { call: running, muted }),
      stranger.request('share', { call: running, on: true }),
      stranger.request('voice-only', { call: running, on: true }),
      stranger.request('message', { call: running, text: 'hello' }),
    ])
      assert.equal((await refusalOf(attempt)).code, 'no-such-call');
    const before = one.calls.length;
    await stranger.media(running, 'lost');
    const late = await join('stranger');
    assert.equal(late.welcome?.call, null);
    await one.leave(running);
    await other.stage(running, 'ended');
    assert.deepEqual(await attempts(running), await attempts('never-was'));
    assert.equal(one.calls[before]?.stage, 'ended', 'nothing came between');
    assert.equal(stranger.calls.length, 0);
  });
});

describe('the threat model and the table of situations', () => {
  const ROOT = new URL('../../', import.meta.url);
  const TITLE = /(?:\b(?:it|describe|test))\(\s*(?:`([^`]*)`|'((?:[^'\\]|\\.)*)'|"([^"]*)")/g;
  const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
  const titlesIn = (source: string): string[] =>
    [...source.matchAll(TITLE)].map(([, template, single, double]) => template ?? single ?? double ?? '');

  for (const page of ['SECURITY.md', 'docs/call-situations.md']) {
    it(`${page} names, in every row, tests that there are`, () => {
      const rows = read(page)
        .split('\n')
        .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+$/.test(line));
      const named = rows.filter((row) => !/\| Proved by \s*\|/.test(row));
      assert.ok(named.length > 10, `${named.length} rows`);
      for (const row of named) {
        const tests = [...row.matchAll(/`(test\/[^`›]+\.ts) › ([^`]+)`/g)];
        assert.ok(tests.length > 0, `no test is named in: ${row}`);
        for (const [, file = '', title = ''] of tests)
          assert.ok(titlesIn(read(file)).includes(title), `${file} has no test “${title}”`);
      }
    });
  }
});
