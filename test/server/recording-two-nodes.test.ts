import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pino } from 'pino';
import type { RecordingState } from 'omni-call/protocol';
import { createCallServer, type CallServer } from '../../server/call-server.js';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';
import type { LivekitServer } from '../../server/livekit/livekit-process.js';
import { RedisServer } from '../support/redis.js';
import { ServerProcess } from '../support/server-process.js';
import { StandInRecorder } from '../support/stand-in-recorder.js';
import { WsClient } from '../support/ws-client.js';

const API_KEY = 'a key for the back end alone';

describe('a recording of a call between two nodes', () => {
  let livekit: LivekitServer;
  let redis: RedisServer;
  let dir: string;
  const recorders = { near: new StandInRecorder(), far: new StandInRecorder() };
  let near: CallServer;
  let far: CallServer;

  before(async () => {
    livekit = await provideLivekit({ env: process.env, log: console.log });
    redis = await RedisServer.start();
    dir = await mkdtemp(join(tmpdir(), 'omni-call-nodes-'));
    const { url, apiKey, apiSecret } = livekit;
    const start = (recorder: StandInRecorder): Promise<CallServer> =>
      createCallServer({
        livekit: { url, apiKey, apiSecret },
        ...{ port: 0, apiKey: API_KEY, redisUrl: redis.url, logger: pino({ level: 'silent' }) },
        recording: { recorder, dir },
        roomSweepEvery: 1,
      });
    [near, far] = await Promise.all([start(recorders.near), start(recorders.far)]);
  });
  after(async () => {
    await Promise.all([near?.close(), far?.close()]);
    await redis?.stop();
    await livekit?.close();
    if (dir) await rm(dir, { recursive: true, force: true });
  });

  it('is looked after by one of them, paused and stopped from the other, and fetched from either', async () => {
    const [caller, callee] = await Promise.all([WsClient.join(near.url, 'alice'), WsClient.join(far.url, 'bob')]);
    const call = await caller.offer('bob', { record: true });
    const both = (recording: RecordingState) =>
      Promise.all([caller, callee].map((client) => client.view((view) => view.recording === recording)));
    await both('requested');
    await callee.answer(call, { record: true });
    await Promise.all([caller.enter(call), callee.enter(call)]);
    const task = await Promise.race(Object.values(recorders).map((recorder) => recorder.taskOf(call)));
    task.tell({ type: 'started' });
    await both('recording');
    // Whichever node has the recorder, one of the two is on the other.
    await caller.request('record', { call, wish: 'paused' });
    await task.until('pause');
    task.tell({ type: 'paused' });
    await both('paused');
    await callee.request('record', { call, wish: 'on' });
    await task.until('resume');
    task.tell({ type: 'resumed' });
    await callee.leave(call);
    await task.until('stop');
    await task.finish();
    assert.equal(recorders.near.tasks.length + recorders.far.tasks.length, 1);
    for (const node of [near, far]) {
      const link = await linkAt(node, call);
      for (const origin of [near.url, far.url]) assert.equal((await fetch(origin + link)).status, 200);
    }
  });

  it('is told to have failed when the node that makes it is killed; the call goes on', async () => {
    const dying = await ServerProcess.start({
      ...{ LIVEKIT_URL: livekit.url, LIVEKIT_API_KEY: livekit.apiKey, LIVEKIT_API_SECRET: livekit.apiSecret },
      ...{ REDIS_URL: redis.url, RECORDING: 'local', RECORDING_DIR: dir },
    });
    try {
      const [caller, callee] = await Promise.all([WsClient.join(near.url, 'carol'), WsClient.join(dying.url, 'dave')]);
      const call = await caller.offer('dave', { record: true });
      await callee.stage(call, 'ringing');
      await callee.answer(call, { record: true });
      // Whichever node sees the call connect has the recorder.
      await caller.enter(call);
      await callee.enter(call);
      await caller.view((view) => view.recording === 'recording');
      await dying.kill();
      const back = await WsClient.join(near.url, 'dave', { resume: callee.ticket, call });
      const told = await Promise.all(
        [caller, back].map((client) => client.view((view) => view.recording === 'failed')),
      );
      assert.deepEqual(
        told.map(({ stage }) => stage),
        ['connected', 'connected'],
      );
      await back.leave(call);
      await caller.stage(call, 'ended');
    } finally {
      await dying.kill();
    }
  });
});

/** Once it is there. */
async function linkAt({ url }: CallServer, call: string): Promise<string> {
  for (;;) {
    const response = await fetch(`${url}/api/v1/recordings/${call}/link`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}` },
    });
    if (response.ok) return ((await response.json()) as { url: string }).url;
  }
}
