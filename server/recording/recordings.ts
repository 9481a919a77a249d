import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { OmniCallError, type RecordingLink, type RecordingWish } from 'omni-call/protocol';
import type { Call, Time } from '../core/call.js';
import type { CallEngine } from '../engine.js';
import type { LivekitRooms } from '../livekit/rooms.js';
import { SettingError } from '../setting-error.js';
import type { Bus } from '../store/bus.js';
import type { Store } from '../store/store.js';
import { FolderStorage } from './folder-storage.js';
import { removeLeftovers } from './leftovers.js';
import { RecordingLinks } from './links.js';
import type { Recorder } from './recorder.js';
import { isOf } from './recording.js';
import { RecordingKeeper } from './recording-keeper.js';
import { RecordingSweep } from './recording-sweep.js';
import { S3Storage, type S3Options } from './s3-storage.js';
import { RecordingShelf } from './shelf.js';

export interface RecordingOptions {
  recorder: Recorder;
  /** What this machine lacks for recording, in words; null when all is there. */
  lacks?: () => Promise<string | null>;
  /** The folder that recorders write to, and that keeps the recordings unless `s3` does. */
  dir: string;
  s3?: S3Options;
  /** Days for which a recording is kept. Default: until it is deleted. */
  days?: number;
}

export interface RecordingsParts {
  store: Store;
  bus: Bus;
  rooms: Pick<LivekitRooms, 'recorderPass'>;
  engine: Pick<CallEngine, 'apply'>;
  /** The open calls that this node's pages are in. */
  shown: () => Iterable<Call>;
  /** Signs the links; the same on every node. */
  secret: string;
  now: () => Time;
  /** Milliseconds between two looks for recordings whose node died. */
  sweepEvery: number;
  onError: (error: unknown, context?: object) => void;
}

/** Milliseconds. */
const SIGN_EVERY = 2_000;
const EXPIRE_EVERY = 3_600_000;
const RETRY_AFTER = [1_000, 5_000, 25_000];
const DAY = 86_400_000;

/** Of files that are being written, below `dir`. */
const UNFINISHED = 'unfinished';

/** Everything about recording: those that go on, and those that were put away. */
export class Recordings {
  readonly shelf: RecordingShelf;
  readonly links: RecordingLinks;
  readonly #keeper: RecordingKeeper;
  readonly #sweep: RecordingSweep;
  readonly #expiry: NodeJS.Timeout;
  readonly #recorder: Recorder;
  readonly #now: () => Time;
  readonly #options: RecordingOptions;
  readonly #onError: RecordingsParts['onError'];

  constructor(options: RecordingOptions, { store, bus, rooms, engine, shown, secret, now, ...parts }: RecordingsParts) {
    const { recorder, dir, s3, days } = options;
    const { onError } = parts;
    this.#options = options;
    this.#recorder = recorder;
    this.#onError = onError;
    const apply: CallEngine['apply'] = (id, event) => engine.apply(id, event);
    this.links = new RecordingLinks(secret, now);
    this.shelf = new RecordingShelf({
      storage: s3 ? new S3Storage(s3) : new FolderStorage(dir),
      ...{ store, now },
      keepFor: days === undefined ? null : days * DAY,
      retryAfter: RETRY_AFTER,
      wait: (ms) => wait(ms, undefined, { ref: false }),
      onDeleted: async (id) => {
        // The history may have forgotten the call by now.
        if (await store.call(id)) await apply(id, { type: 'recording', state: 'deleted' });
      },
    });
    this.#keeper = new RecordingKeeper({
      ...{ recorder, bus, store, apply, now, onError },
      passFor: (call) => rooms.recorderPass(call),
      folder: join(dir, UNFINISHED),
      keep: (recording, file) => this.shelf.put(recording, file),
      signEvery: SIGN_EVERY,
    });
    this.#sweep = new RecordingSweep({ shown, store, apply, now, every: parts.sweepEvery, onError });
    this.#now = now;
    this.#expiry = setInterval(() => void this.#expire().catch(onError), EXPIRE_EVERY);
  }

  /** Rejects where nothing could be recorded. */
  async open(): Promise<void> {
    const lack = await this.#options.lacks?.();
    if (lack) throw new SettingError(`RECORDING: expected ${lack}.`);
    try {
      const folder = join(this.#options.dir, UNFINISHED);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await access(folder, constants.W_OK);
    } catch (cause) {
      throw new SettingError('RECORDING_DIR: expected a folder that this server can write to.', { cause });
    }
    // A storage that is away at the moment is no reason to refuse calls.
    await this.shelf
      .restore()
      .then(() => this.#expire())
      .catch(this.#onError);
  }

  /** How many go on, of those that this node looks after. */
  get running(): number {
    return this.#keeper.size;
  }

  begin(call: Call): void {
    this.#keeper.begin(call);
  }

  /** Throws where this recorder is not able to do that. */
  assertCan(wish: RecordingWish): void {
    if (wish === 'paused' && !this.#recorder.canPause)
      throw new OmniCallError('bad-request', 'LiveKit Egress cannot pause. Stop the recording instead.');
  }

  /** Null where there is no such recording, or not of this person. */
  async linkFor(userId: string, id: string): Promise<RecordingLink | null> {
    const recording = await this.shelf.find(id);
    return recording && isOf(recording, userId) ? this.links.make(id) : null;
  }

  async #expire(): Promise<void> {
    const { dir, days } = this.#options;
    await this.shelf.expire();
    if (days !== undefined) await removeLeftovers(join(dir, UNFINISHED), this.#now() - days * DAY);
  }

  async close(): Promise<void> {
    clearInterval(this.#expiry);
    this.#sweep.stop();
    await this.#keeper.close();
  }
}
