import { once, EventEmitter } from 'node:events';
import { CALL_TYPE, type CallType } from 'omni-call/protocol';
import { familyOf } from '../processes.js';
import type { RecordedRoom, Recorder, RecorderEvent, RecordingTask } from '../../../server/recording/recorder.js';
import type { Rooms } from './rooms.js';

type EventOf<T extends RecorderEvent['type']> = Extract<RecorderEvent, { type: T }>;

/** Milliseconds after which what should have happened has not. */
const LIMIT = 60_000;

/** A recording under test: the call of `alice` and `bob` in a room. */
export class Recorded {
  readonly events: RecorderEvent[] = [];
  /** Of its process. */
  pid = NaN;
  readonly #news = new EventEmitter();
  #task: RecordingTask | null = null;

  static async start(
    recorder: Recorder,
    call: { rooms: Rooms; room: string; file: string; kind?: CallType; access?: RecordedRoom },
  ): Promise<Recorded> {
    const { rooms, room, file, kind = CALL_TYPE.VIDEO_CALL } = call;
    const recorded = new Recorded();
    const job = {
      ...(call.access ?? (await rooms.access(room))),
      parties: [
        { identity: 'alice', name: 'Alice' },
        { identity: 'bob', name: 'Bob' },
      ],
      kind,
      file,
    } as const;
    const others = new Set(familyOf([process.pid]));
    recorded.#task = recorder.start(job, (event) => {
      recorded.events.push(event);
      recorded.#news.emit('news');
    });
    recorded.pid = Number(familyOf([process.pid]).find((pid) => !others.has(pid)));
    return recorded;
  }

  get task(): RecordingTask {
    if (!this.#task) throw new Error('Nothing is recorded.');
    return this.#task;
  }

  get types(): string[] {
    return this.events.map(({ type }) => type);
  }

  /** Resolves with the first event of this type, past or to come. Rejects when it failed instead. */
  async until<T extends RecorderEvent['type']>(type: T): Promise<EventOf<T>> {
    const signal = AbortSignal.timeout(LIMIT);
    for (;;) {
      const found = this.events.find((event): event is EventOf<T> => event.type === type);
      if (found) return found;
      const failed = this.events.find((event) => event.type === 'failed');
      if (failed) throw new Error(`recording ${failed.reason}: ${failed.detail}`);
      await once(this.#news, 'news', { signal });
    }
  }
}
