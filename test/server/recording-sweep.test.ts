import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CallEvent } from '../../server/core/call-events.js';
import type { Call } from '../../server/core/call.js';
import { offered } from '../../server/core/call-machine.js';
import { recorderMark } from '../../server/recording/recording-keeper.js';
import { RecordingSweep } from '../../server/recording/recording-sweep.js';
import { MemoryStore } from '../../server/store/memory-store.js';
import { after as following, answerBy, BEGIN, mediaOf, offerOf } from './core/calls.js';

const recorded = (): Call =>
  following(
    offered(offerOf('videocall', true), BEGIN).call,
    { type: 'room-ready', generation: 1 },
    mediaOf('a', 'joined'),
    answerBy('b1'),
    mediaOf('b1', 'joined'),
    { type: 'recording', state: 'recording' },
  );

describe('a recording whose node died', () => {
  let store: MemoryStore;
  let sweep: RecordingSweep;
  let shown: Call[];
  let applied: [string, CallEvent][];

  before(() => {
    store = new MemoryStore();
    sweep = new RecordingSweep({
      ...{ store, shown: () => shown, now: () => BEGIN, every: 3_600_000 },
      apply: async (id, event) => void applied.push([id, event]),
      onError: (error) => assert.fail(String(error)),
    });
  });
  after(() => sweep.stop());

  const lookTwice = async (): Promise<[string, CallEvent][]> => {
    applied = [];
    await sweep.look();
    assert.deepEqual(applied, [], 'somebody may just be about to look after it');
    await sweep.look();
    return applied;
  };

  it('is told to have failed, while the call goes on', async () => {
    shown = [recorded()];
    assert.deepEqual(await lookTwice(), [['call', { type: 'recording', state: 'failed', problem: 'crashed' }]]);
  });

  it('is told to have failed too where its call is over', async () => {
    shown = [];
    await store.recordCall(following(recorded(), { type: 'leave', session: 'a', userId: 'alice' }));
    assert.equal((await lookTwice()).length, 1);
  });

  it('is not one that somebody looks after', async () => {
    shown = [recorded()];
    await store.putMark(recorderMark('call'), BEGIN, 10_000, BEGIN);
    assert.deepEqual(await lookTwice(), []);
  });
});
