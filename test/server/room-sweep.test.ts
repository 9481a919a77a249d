import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Call } from '../../server/core/call.js';
import { RoomSweep } from '../../server/livekit/room-sweep.js';
import { BEGIN, GRACE, SITUATIONS } from './core/calls.js';

describe('a room of a call that is not known', () => {
  let sweep: RoomSweep;
  let now: number;
  let known: Call | null;
  let closed: string[];

  beforeEach(() => {
    [now, known, closed] = [BEGIN, null, []];
    sweep = new RoomSweep({
      rooms: {
        listWithCalls: async () => [{ name: 'room', call: 'call' }],
        close: async (room) => void closed.push(room),
      },
      ...{ shown: () => [], call: async () => known, every: 3_600_000, now: () => now },
      callsComeBackUntil: BEGIN + GRACE,
      engine: { makeRoom: () => undefined, loseRoom: async () => undefined },
      onError: (error) => assert.fail(String(error)),
    });
  });
  afterEach(() => sweep.stop());

  it('is left for as long as its page may bring the call back to a server that started anew', async () => {
    for (; now <= BEGIN + GRACE; now += GRACE / 4) await sweep.look();
    assert.deepEqual(closed, []);
    await sweep.look();
    assert.deepEqual(closed, ['room']);
  });

  it('is closed at the second look after that', async () => {
    now = BEGIN + GRACE + 1;
    await sweep.look();
    assert.deepEqual(closed, [], 'another node may be about to store its call');
    await sweep.look();
    assert.deepEqual(closed, ['room']);
  });

  it('is closed at once where the call is known, and over', async () => {
    known = SITUATIONS.ended();
    await sweep.look();
    assert.deepEqual(closed, ['room']);
  });
});
