import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Call } from '../../server/core/call.js';
import { CALLS_REMEMBERED, RoomPasses } from '../../server/livekit/room-passes.js';
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
});
