import { rm, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import {
  EgressStatus,
  EncodedFileOutput,
  EncodedFileType,
  type EgressClient,
  type EgressInfo,
} from 'livekit-server-sdk';
import type { RecorderEvent, RecordingJob, RecordingTask } from '../recorder.js';

/** Looks at an egress that may fail in a row: LiveKit may be starting anew. */
const BLIND_LOOKS = 30;

const NS_PER_MS = 1_000_000n;

type Client = Pick<EgressClient, 'startRoomCompositeEgress' | 'stopEgress' | 'listEgress'>;

/** One egress, from its start until its file is there. */
export class EgressTask implements RecordingTask {
  readonly #client: Client;
  readonly #job: RecordingJob;
  readonly #onEvent: (event: RecorderEvent) => void;
  readonly #lookEvery: number;
  readonly #id: Promise<string>;
  readonly #done: Promise<void>;
  #isKilled = false;

  constructor(client: Client, job: RecordingJob, onEvent: (event: RecorderEvent) => void, lookEvery: number) {
    this.#client = client;
    this.#job = job;
    this.#onEvent = onEvent;
    this.#lookEvery = lookEvery;
    this.#id = this.#begin();
    this.#done = this.#run().catch((error: unknown) => this.#tell(failed(`Egress: ${String(error)}`)));
  }

  /** Egress has no such thing: pages are told so before it comes to this. */
  pause(): void {}
  resume(): void {}
  /** The egress ends with the room that is gone, and so does the recording. */
  move(): void {}

  async stop(): Promise<void> {
    // One that has ended by itself need not be stopped.
    await this.#id.then((id) => this.#client.stopEgress(id)).catch(() => undefined);
    await this.#done;
  }

  kill(): void {
    this.#isKilled = true;
    void this.stop().then(() => rm(this.#job.file, { force: true }));
  }

  async #begin(): Promise<string> {
    const output = new EncodedFileOutput({ fileType: EncodedFileType.MP4, filepath: this.#job.file });
    const { egressId } = await this.#client.startRoomCompositeEgress(this.#job.room, output, { layout: 'grid' });
    return egressId;
  }

  async #run(): Promise<void> {
    const id = await this.#id;
    let hasStarted = false;
    for (let blind = 0; blind < BLIND_LOOKS; await wait(this.#lookEvery, undefined, { ref: false })) {
      const info = await this.#look(id);
      blind = info ? 0 : blind + 1;
      if (!info) continue;
      if (!hasStarted && info.status === EgressStatus.EGRESS_ACTIVE) {
        hasStarted = true;
        this.#tell({ type: 'started' });
      }
      if (info.status >= EgressStatus.EGRESS_COMPLETE) return this.#finish(info);
    }
    this.#tell(failed('LiveKit does not tell of the egress any more.'));
  }

  async #look(id: string): Promise<EgressInfo | null> {
    const [info] = await this.#client.listEgress({ egressId: id }).catch(() => []);
    return info ?? null;
  }

  async #finish({ status, error, fileResults: [result] }: EgressInfo): Promise<void> {
    const { file } = this.#job;
    const isWhole = status === EgressStatus.EGRESS_COMPLETE || status === EgressStatus.EGRESS_LIMIT_REACHED;
    if (!isWhole || !result) return this.#tell(failed(`The egress failed: ${error || 'it says not why'}`));
    const written = await stat(file).catch(() => null);
    if (!written) return this.#tell(failed(`Egress has written ${file}, but not where this server could read it.`));
    const durationMs = Number(result.duration / NS_PER_MS);
    this.#tell({ type: 'ready', file, bytes: written.size, durationMs });
  }

  #tell(event: RecorderEvent): void {
    if (!this.#isKilled) this.#onEvent(event);
  }
}

const failed = (detail: string): RecorderEvent => ({ type: 'failed', reason: 'media', detail });
