import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { TokenVerifier } from 'livekit-server-sdk';
import type { CallRecord, RecordingLink, RecordingState } from 'omni-call/protocol';
import { startStack, type Stack } from '../support/stack.js';
import { CONTENT, StandInRecorder } from '../support/stand-in-recorder.js';
import { WsClient } from '../support/ws-client.js';

const API_KEY = 'a key for the back end alone';
let stack: Stack;
let dir: string;
const recorder = new StandInRecorder();
let people = 0;

interface Listed {
  list: { id: string; bytes: number; duration_ms: number; caller: { user_id: string } }[];
  next: string | null;
}

async function api<T>(path: string, method = 'GET', body?: object): Promise<{ status: number; body: T }> {
  const response = await fetch(`${stack.origin}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${API_KEY}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}

const state = (client: WsClient, call: string, recording: RecordingState) =>
  client.view((view) => view.session === call && view.recording === recording, `${call} to be ${recording}`);

/** Alice offers Bob a call that is to be recorded. */
async function offer() {
  people += 1;
  const [alice, bob] = [`alice ${people}`, `bob ${people}`];
  const [caller, callee] = await Promise.all([WsClient.join(stack.origin, alice), WsClient.join(stack.origin, bob)]);
  const call = await caller.offer(bob, { record: true });
  return { alice, bob, caller, callee, call, both: [caller, callee] as const };
}

/** The same, connected. */
async function connect(record = true) {
  const offered = await offer();
  const { caller, callee, call } = offered;
  await callee.stage(call, 'ringing');
  await callee.answer(call, { record });
  await Promise.all([caller.enter(call), callee.enter(call)]);
  await Promise.all([caller.stage(call, 'connected'), callee.stage(call, 'connected')]);
  return offered;
}

/** The same, and the recorder has begun. */
async function recorded() {
  const connected = await connect();
  const task = await recorder.taskOf(connected.call);
  task.tell({ type: 'started' });
  await Promise.all(connected.both.map((client) => state(client, connected.call, 'recording')));
  return { ...connected, task };
}

/** Resolves with the call's record once its recording is in that state. */
async function recordOf(call: string, recording: RecordingState): Promise<CallRecord> {
  for (;;) {
    const { body } = await api<CallRecord>(`/calls/${call}`);
    if (body.recording === recording) return body;
  }
}

/** A call that is over, with its recording put away. */
async function ready() {
  const one = await recorded();
  await one.caller.leave(one.call);
  await one.task.until('stop');
  await one.task.finish();
  await recordOf(one.call, 'ready');
  return one;
}

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'omni-call-recordings-'));
  stack = await startStack({
    apiKey: API_KEY,
    recording: { recorder, dir },
    roomSweepEvery: 0.5,
    offersPerMinute: 100,
  });
});
after(async () => {
  for (const task of recorder.tasks) task.fail('crashed');
  await stack?.close();
  await rm(dir, { recursive: true, force: true });
});

describe('consent to a recording', () => {
  it('is asked for before the answer, and without it nothing is recorded while the call goes on', async () => {
    const { caller, callee, call, both } = await offer();
    assert.equal((await callee.stage(call, 'ringing')).recording, 'requested');
    await callee.answer(call, { record: false });
    await Promise.all([caller.enter(call), callee.enter(call)]);
    for (const client of both) assert.equal((await client.stage(call, 'connected')).recording, 'declined');
    await caller.leave(call);
    await caller.stage(call, 'ended');
    assert.equal((await api<CallRecord>(`/calls/${call}`)).body.recording, 'declined');
    assert.ok(!recorder.tasks.some((task) => task.call === call));
  });

  it('is not what an answer says that does not speak of it', async () => {
    const { callee, call } = await offer();
    await callee.stage(call, 'ringing');
    await callee.answer(call);
    await state(callee, call, 'declined');
  });

  it('is not agreed to by calling each other', async () => {
    const { alice, caller, callee, call } = await offer();
    await callee.stage(call, 'ringing');
    assert.equal(await callee.offer(alice), call);
    await state(caller, call, 'declined');
  });

  it('can be refused while it rings', async () => {
    const { caller, callee, call } = await offer();
    await callee.stage(call, 'ringing');
    await callee.request('record', { call, wish: 'off' });
    await state(caller, call, 'declined');
  });
});

describe('a recording', () => {
  it('begins once both are there, by a recorder whom nobody sees and who can only listen', async () => {
    const { caller, callee, call, alice, bob, both } = await connect();
    const { job } = await recorder.taskOf(call);
    for (const client of both) assert.equal((await client.stage(call, 'connected')).recording, 'requested');
    assert.deepEqual(job.parties, [
      { identity: caller.session, name: alice },
      { identity: callee.session, name: bob },
    ]);
    const { apiKey, apiSecret } = stack.livekit;
    const { video } = await new TokenVerifier(apiKey, apiSecret).verify(job.token);
    assert.deepEqual([video?.room, video?.hidden, video?.canSubscribe], [job.room, true, true]);
    assert.deepEqual([video?.canPublish, video?.canPublishData], [false, false]);
  });

  it('is paused and resumed by either, and both are told when it is, not when it was asked', async () => {
    const { caller, callee, call, task, both } = await recorded();
    await caller.request('record', { call, wish: 'paused' });
    await task.until('pause');
    assert.ok(!both.some(({ calls }) => calls.some(({ recording }) => recording === 'paused')));
    task.tell({ type: 'paused' });
    await Promise.all(both.map((client) => state(client, call, 'paused')));
    await callee.request('record', { call, wish: 'on' });
    await task.until('resume');
    task.tell({ type: 'resumed' });
    for (const client of both) {
      await client.view((view) => view.recording === 'recording' && view.revision > revisionOf(client, 'paused'));
    }
  });

  it('is not paused by a recorder that cannot: the pages know, and whoever asks all the same is told', async () => {
    recorder.canPause = false;
    try {
      const { caller, call, both } = await recorded();
      for (const { calls } of both) assert.equal(calls.at(-1)?.cannotPause, true);
      await assert.rejects(caller.request('record', { call, wish: 'paused' }), {
        code: 'bad-request',
        message: 'LiveKit Egress cannot pause. Stop the recording instead.',
      });
    } finally {
      recorder.canPause = true;
    }
  });

  it('that was paused before it began is paused as it begins', async () => {
    const { caller, call } = await connect();
    await caller.request('record', { call, wish: 'paused' });
    const task = await recorder.taskOf(call);
    assert.deepEqual(task.asked, []);
    task.tell({ type: 'started' });
    await task.until('pause');
  });

  it('is stopped by either, for good, and can be fetched while the call goes on', async () => {
    const { callee, call, task, both } = await recorded();
    await callee.request('record', { call, wish: 'off' });
    await task.until('stop');
    await task.finish();
    await Promise.all(both.map((client) => state(client, call, 'ready')));
    assert.equal(callee.calls.at(-1)?.stage, 'connected');
    await assert.rejects(callee.request('record', { call, wish: 'on' }), { code: 'bad-request' });
  });

  it('goes with the call to another room', async () => {
    const { caller, call, task } = await recorded();
    await caller.media(call, 'lost');
    await task.until('move');
    assert.notEqual(task.moves[0]?.room, task.job.room);
  });

  it('is nobody else’s to stop', async () => {
    const { call } = await recorded();
    const other = await WsClient.join(stack.origin, 'nobody of that call');
    await assert.rejects(other.request('record', { call, wish: 'off' }), { code: 'no-such-call' });
    await assert.rejects(other.request('recording-link', { call }), { code: 'no-such-call' });
  });

  it('is thrown away when the call ends before the recorder began', async () => {
    const { caller, call } = await connect();
    const task = await recorder.taskOf(call);
    await caller.leave(call);
    await task.until('kill');
    assert.equal((await recordOf(call, 'off')).recording_problem, null);
  });
});

describe('a recording that fails', () => {
  it('is told to both, with the call going on, and stays in the history', async () => {
    const { caller, callee, call, task, both } = await recorded();
    task.fail('disk-full');
    for (const client of both) assert.equal((await state(client, call, 'failed')).stage, 'connected');
    await callee.request('message', { call, text: 'Still here?' });
    await caller.push('message');
    await caller.leave(call);
    await caller.stage(call, 'ended');
    const { recording, recording_problem, reason } = (await api<CallRecord>(`/calls/${call}`)).body;
    assert.deepEqual([recording, recording_problem, reason], ['failed', 'disk-full', 'completed']);
  });

  it('fails at once where as many are recorded as may be, and the call goes on', async () => {
    recorder.limit = recorder.tasks.length;
    try {
      const { caller, call, both } = await connect();
      for (const client of both) assert.equal((await state(client, call, 'failed')).stage, 'connected');
      assert.equal((await api<CallRecord>(`/calls/${call}`)).body.recording_problem, 'too-many');
      await caller.leave(call);
    } finally {
      recorder.limit = Infinity;
    }
  });

  it('after the call changes the history, and disturbs no call that its people are in by then', async () => {
    const { caller, bob, call, task } = await recorded();
    await caller.leave(call);
    await task.until('stop');
    const next = await caller.offer(bob);
    await caller.stage(next, 'ringing');
    task.fail('crashed');
    await recordOf(call, 'failed');
    assert.equal(caller.calls.at(-1)?.session, next);
  });
});

describe('a recording that was put away', () => {
  it('is listed, newest first, by pages and people', async () => {
    const [first, second] = [await ready(), await ready()];
    const { body } = await api<Listed>('/recordings?limit=1');
    assert.deepEqual(
      body.list.map(({ id, bytes, duration_ms, caller }) => [id, bytes, duration_ms, caller.user_id]),
      [[second.call, CONTENT.length, 5000, second.alice]],
    );
    const more = await api<Listed>(`/recordings?limit=1&after=${body.next}`);
    assert.equal(more.body.list[0]?.id, first.call);
    const ofBob = await api<Listed>(`/recordings?user=${first.bob}`);
    assert.deepEqual([ofBob.body.list.map(({ id }) => id), ofBob.body.next], [[first.call], null]);
  });

  it('is fetched by a link, in parts too, for as long as that is good', async () => {
    const { call } = await ready();
    const { body: link } = await api<RecordingLink>(`/recordings/${call}/link`, 'POST', { for_seconds: 60 });
    const url = stack.origin + link.url;
    const whole = await fetch(url);
    assert.deepEqual([whole.status, whole.headers.get('content-type')], [200, 'video/mp4']);
    assert.deepEqual(Buffer.from(await whole.arrayBuffer()), CONTENT);
    for (const [range, first, last] of [
      ['bytes=0-99', 0, 99],
      ['bytes=900-', 900, 999],
      ['bytes=-1', 999, 999],
      ['bytes=990-5000', 990, 999],
    ] as const) {
      const part = await fetch(url, { headers: { range } });
      assert.deepEqual([part.status, part.headers.get('content-range')], [206, `bytes ${first}-${last}/1000`]);
      assert.deepEqual(Buffer.from(await part.arrayBuffer()), CONTENT.subarray(first, last + 1));
    }
    const beyond = await fetch(url, { headers: { range: 'bytes=1000-' } });
    assert.deepEqual([beyond.status, beyond.headers.get('content-range')], [416, 'bytes */1000']);
    const head = await fetch(url, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, '1000']);
  });

  it('is kept from whoever has no link, one for another recording, or one whose time is over or was changed', async () => {
    const { call } = await ready();
    const { body: link } = await api<RecordingLink>(`/recordings/${call}/link`, 'POST', { for_seconds: 60 });
    const url = new URL(stack.origin + link.url);
    const changed = (name: string, value: string): URL => {
      const other = new URL(url);
      other.searchParams.set(name, value);
      return other;
    };
    const other = await ready();
    const later = String(Number(url.searchParams.get('expires')) + 1000);
    for (const refused of [
      new URL(url.pathname, url),
      changed('expires', later),
      changed('expires', '1'),
      changed('signature', 'x'.repeat(43)),
      new URL(url.href.replace(call, other.call)),
      new URL(url.href.replace(`${call}.mp4`, `..%2F${call}.mp4`)),
    ]) {
      const { status } = await fetch(refused);
      assert.ok(status === 403 || status === 404, `${refused} gave ${status}`);
    }
    assert.equal((await fetch(url)).status, 200);
  });

  it('is fetched by either of the two', async () => {
    const { call, both } = await ready();
    for (const client of both) {
      const { url } = await client.request('recording-link', { call });
      assert.equal((await fetch(stack.origin + url)).status, 200);
    }
  });

  it('is deleted for good, its file too, and the history says so', async () => {
    const { call } = await ready();
    const { body: link } = await api<RecordingLink>(`/recordings/${call}/link`, 'POST');
    assert.ok(existsSync(join(dir, `${call}.mp4`)));
    assert.equal((await api(`/recordings/${call}`, 'DELETE')).status, 200);
    assert.ok(!(await readdir(dir)).some((name) => name.startsWith(call)));
    for (const [path, method] of [
      [`/recordings/${call}`, 'GET'],
      [`/recordings/${call}`, 'DELETE'],
      [`/recordings/${call}/link`, 'POST'],
    ] as const)
      assert.equal((await api(path, method)).status, 404);
    assert.equal((await fetch(stack.origin + link.url)).status, 404);
    assert.equal((await api<CallRecord>(`/calls/${call}`)).body.recording, 'deleted');
  });

  it('is refused to a request that is not as described', async () => {
    for (const [path, method, body] of [
      ['/recordings?limit=0', 'GET', undefined],
      ['/recordings?after=nothing', 'GET', undefined],
      ['/recordings/x/link', 'POST', { for_seconds: 0 }],
    ] as const)
      assert.equal((await api(path, method, body)).status, 400, path);
  });
});

/** Of the first view in that state. */
const revisionOf = (client: WsClient, recording: RecordingState): number =>
  client.calls.find((view) => view.recording === recording)?.revision ?? Infinity;
