import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Call } from '../../server/core/call.js';
import { CALLS_REMEMBERED, RoomPasses } from '../../server/livekit/room-passes.js';
import { LivekitRooms } from '../../server/livekit/rooms.js';
import { BEGIN, SITUATIONS } from './core/calls.js';

describe('the passes to rooms', () => {
  it('are kept for so many calls, and the oldest forgotten whose end was never heard of', () => {
    const made: string[] = [];
    const passes = new RoomPasses(
      {
        access: ({ id }) => {
          made.push(id);
          return { url: 'ws://livekit', token: id, generation: 1 };
        },
      },
      () => BEGIN,
    );
    const connected = SITUATIONS.connected();
    const call = (n: number): Call => ({ ...connected, id: `call ${n}` });
    for (let n = 0; n <= CALLS_REMEMBERED; n += 1) passes.passFor(call(n), 'a');
    made.length = 0;
    passes.passFor(call(CALLS_REMEMBERED), 'a');
    passes.passFor(call(1), 'a');
    assert.deepEqual(made, [], 'these are known');
    passes.passFor(call(0), 'a');
    assert.deepEqual(made, ['call 0']);
  });

  it('are good for as long as a call may last where a recorder has one: it comes back by it after LiveKit was away', () => {
    const rooms = new LivekitRooms({ url: 'ws://127.0.0.1:1', apiKey: 'key', apiSecret: 'secret' });
    const { token } = rooms.recorderPass(SITUATIONS.connected());
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const { nbf, exp } = JSON.parse(payload) as { nbf: number; exp: number };
    assert.ok(exp - nbf >= 12 * 3600, `it is good for ${exp - nbf} s`);
  });
});
