import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CallEvent } from '../../server/core/call-events.js';
import { RecordingKeeper } from '../../server/recording/recording-keeper.js';
import { LocalBus } from '../../server/store/bus.js';
import { MemoryStore } from '../../server/store/memory-store.js';
import { StandInRecorder } from '../support/stand-in-recorder.js';
import { BEGIN, SITUATIONS } from './core/calls.js';

describe('a recording that is to begin while the store is away', () => {
  const recorder = new StandInRecorder();
  const errors: unknown[] = [];
  let told: (event: CallEvent) => void;
  let keeper: RecordingKeeper;

  before(() => {
    const store = new MemoryStore();
    const away = async (): Promise<never> => {
      throw new Error('The store is away.');
    };
    keeper = new RecordingKeeper({
      ...{ recorder, bus: new LocalBus(store), folder: '/nowhere', now: () => BEGIN, signEvery: 3_600_000 },
      store: { call: (id) => store.call(id), putMark: away },
      passFor: () => assert.fail('it did not begin'),
      keep: async () => undefined,
      apply: async (_id, event) => told(event),
      onError: (error) => void errors.push(error),
    });
  });
  after(() => keeper.close());

  it('is told to have failed, and looked after no more', { timeout: 10_000 }, async () => {
    const telling = new Promise<CallEvent>((resolve) => (told = resolve));
    keeper.begin(SITUATIONS.connected());
    assert.equal(keeper.size, 1);
    assert.deepEqual(await telling, { type: 'recording', state: 'failed', problem: 'crashed' });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(keeper.size, 0);
    assert.match(String(errors), /The store is away/);
    assert.deepEqual(recorder.tasks, []);
  });
});
