import { EgressClient } from 'livekit-server-sdk';
import type { Recorder, RecorderEvent, RecordingJob, RecordingTask } from '../recorder.js';
import { EgressTask } from './egress-task.js';

export interface EgressRecorderOptions {
  /** `ws(s)://` or `http(s)://` address at which this server reaches LiveKit. */
  url: string;
  apiKey: string;
  apiSecret: string;
  /** Milliseconds between two looks at how an egress is doing. Default: 1000. */
  lookEvery?: number;
}

/**
 * Records by LiveKit's Egress service, which runs beside LiveKit. It writes into the same folder as this server reads.
 * It cannot pause, and ends with the room that it began in.
 */
export class EgressRecorder implements Recorder {
  readonly name = 'egress';
  readonly canPause = false;
  readonly #client: EgressClient;
  readonly #lookEvery: number;

  constructor({ url, apiKey, apiSecret, lookEvery = 1_000 }: EgressRecorderOptions) {
    this.#client = new EgressClient(url.replace(/^ws/, 'http'), apiKey, apiSecret, { requestTimeout: 10 });
    this.#lookEvery = lookEvery;
  }

  start(job: RecordingJob, onEvent: (event: RecorderEvent) => void): RecordingTask {
    return new EgressTask(this.#client, job, onEvent, this.#lookEvery);
  }
}
