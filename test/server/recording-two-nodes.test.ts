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
