import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import { pino } from 'pino';
import { withSafeErrors } from '../../server/log.js';
import { startStack, type Stack } from '../support/stack.js';
import { WsClient } from '../support/ws-client.js';

const SECRET = 'a secret of this test, of 32 bytes';

let stack: Stack;
let call: string;
/** What no log line may hold. */
const secrets: string[] = [SECRET];

const tokenOf = async (sub: string, name: string): Promise<string> => {
  const token = await new SignJWT({ sub, name })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(SECRET));
  secrets.push(token, name);
  return token;
};

async function join(userId: string, name: string): Promise<WsClient> {
  const client = await WsClient.open(stack.origin);
  await client.hello({ token: await tokenOf(userId, name) });
  secrets.push(client.ticket.secret);
  return client;
}

before(async () => {
  stack = await startStack({ auth: { secret: SECRET }, resumeGrace: 1 });
  secrets.push(stack.livekit.apiSecret);
  const [caller, callee] = await Promise.all([join('alice', 'Alice Liddell'), join('bob', 'Robert Tables')]);
  call = await caller.offer('bob', { data: { patient: 'J. Doe' } });
  await callee.stage(call, 'ringing');
  await callee.answer(call);
  await Promise.all([caller.enter(call), callee.enter(call)]);
  await caller.stage(call, 'connected');
  await caller.request('message', { call, text: 'the password is swordfish' });
  await callee.push('message');
  secrets.push('J. Doe', 'swordfish');
  // Refusals, and a failure inside: each may log something.
  const expired = await WsClient.open(stack.origin);
  await assert.rejects(expired.hello({ token: `${await tokenOf('carol', 'Carol Danvers')}x` }), {
    code: 'unauthorized',
  });
  await assert.rejects(caller.offer('dave'), { code: 'already-in-call' });
  for (const { room, seal } of [...caller.calls, ...callee.calls]) secrets.push(room?.token ?? SECRET, seal ?? SECRET);
});
after(() => stack?.close());

const metrics = async (): Promise<string> => (await fetch(`${stack.origin}/metrics`)).text();

describe('to operate it', () => {
  it('there are metrics of sessions, calls, set-up times, errors, and of what it depends on', async () => {
    const text = await metrics();
    for (const line of [
      'omni_sessions 2',
      'omni_calls{phase="connected"} 1',
      'omni_calls{phase="ringing"} 0',
      'omni_call_setup_seconds_count 1',
      'omni_call_ringing_seconds_count 1',
      'omni_errors_total{code="unauthorized"} 1',
      'omni_errors_total{code="already-in-call"} 1',
      'omni_livekit_up 1',
    ])
      assert.ok(text.includes(`${line}\n`), `${line} is missing from\n${text}`);
    assert.doesNotMatch(text, /omni_redis_up/);
  });

  it('there is a health of the process and a readiness of the whole', async () => {
    assert.equal((await fetch(`${stack.origin}/healthz`)).status, 200);
    assert.deepEqual(await (await fetch(`${stack.origin}/readyz`)).json(), { status: 'ready' });
  });

  it('each step of a call is a line of the log, by its id', async () => {
    const lines = stack.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    const steps = lines.filter((line) => line['call'] === call && line['msg'] === 'call').map(({ stage }) => stage);
    assert.deepEqual(steps, ['ringing', 'connecting', 'connected']);
  });

  it('no line of the log, and no metric, holds a token, a secret, a name or what people say', async () => {
    const said = [...stack.log, await metrics()].join('\n');
    for (const secret of secrets) assert.ok(!said.includes(secret), `the log says ${secret}`);
  });

  it('an error is logged without the properties that it carries', async () => {
    const lines: string[] = [];
    const log = withSafeErrors(pino({}, { write: (line) => void lines.push(line) }));
    const cause = Object.assign(new Error('why'), { payload: { name: 'Alice Liddell' } });
    log.error({ err: Object.assign(new Error('no', { cause }), { command: { args: ['swordfish'] } }) }, 'failed');
    assert.match(lines[0] ?? '', /"message":"no".*"cause":"Error: why"/);
    assert.doesNotMatch(lines[0] ?? '', /swordfish|Liddell/);
  });

  it('the widget is served, and nothing else of its package', async () => {
    const script = await fetch(`${stack.origin}/omni-call.js`);
    assert.equal(script.status, 200);
    assert.match(script.headers.get('content-type') ?? '', /javascript/);
    for (const path of [
      '/package.json',
      '/index.js',
      '/protocol/index.js',
      '/..%2fpackage.json',
      '/chunks/..%2f..%2fpackage.json',
    ])
      assert.equal((await fetch(`${stack.origin}${path}`)).status, 404, path);
  });
});
