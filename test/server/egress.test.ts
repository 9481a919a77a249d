import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { TokenVerifier } from 'livekit-server-sdk';
import { EgressRecorder } from '../../server/recording/egress/egress-recorder.js';
import type { RecorderEvent, RecordingTask } from '../../server/recording/recorder.js';

const [KEY, SECRET] = ['key', 'a secret that is long enough for a key'];

interface Started {
  roomName: string;
  layout: string;
  file: { filepath: string; fileType: string };
}

/** Stands in for the API of LiveKit's Egress, which cannot be had here: one egress, which goes as the test has it. */
class StandInEgress {
  started: Started | null = null;
  stopped = false;
  /** What it tells of the egress. Null: it does not know it. */
  info: object | null = { status: 'EGRESS_STARTING' };
  refusal: { code: string; msg: string } | null = null;
  readonly tokens: string[] = [];
  readonly #http = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      this.tokens.push((request.headers.authorization ?? '').replace('Bearer ', ''));
      const answer = this.#answer(request.url ?? '', JSON.parse(body) as object);
      response.writeHead(this.refusal ? 503 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(this.refusal ?? answer));
    });
  });

  listen(): Promise<void> {
    return new Promise((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#http.close();
    this.#http.closeAllConnections();
  }

  #answer(url: string, body: object): object {
    const info = { egress_id: 'EG_1', ...this.info };
    switch (url) {
      case '/twirp/livekit.Egress/StartRoomCompositeEgress':
        this.started = body as Started;
        return info;
      case '/twirp/livekit.Egress/ListEgress':
        return { items: this.info ? [info] : [] };
      case '/twirp/livekit.Egress/StopEgress':
        this.stopped = true;
        return info;
      default:
        throw new Error(`Egress has no ${url}.`);
    }
  }
}

describe('recording by LiveKit Egress, whose API is played by a stand-in', () => {
  let egress: StandInEgress;
  let dir: string;
  let file: string;
  let events: RecorderEvent[];
  let look: () => void;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'omni-call-egress-'));
  });
  after(() => rm(dir, { recursive: true, force: true }));
  beforeEach(async () => {
    egress = new StandInEgress();
    await egress.listen();
    file = join(dir, 'call.mp4');
    events = [];
    look = () => undefined;
  });

  function start(): RecordingTask {
    const recorder = new EgressRecorder({ url: egress.url, apiKey: KEY, apiSecret: SECRET, lookEvery: 5 });
    const parties = [
      { identity: 'a', name: 'Alice' },
      { identity: 'b', name: 'Bob' },
    ] as const;
    const room = { room: 'room', url: egress.url, token: 'not for Egress' };
    return recorder.start({ ...room, parties, kind: 'videocall', file }, (event) => {
      events.push(event);
      look();
    });
  }

  const event = (type: RecorderEvent['type']): Promise<RecorderEvent> =>
    new Promise((resolve) => {
      look = () => {
        const found = events.find((each) => each.type === type);
        if (found) resolve(found);
      };
      look();
    });

  const complete = { status: 'EGRESS_COMPLETE', file_results: [{ duration: '61000000000', size: '4' }] };

  it('starts an egress of the room into a file, by a token that may do just that, and tells when it runs', async () => {
    try {
      start();
      egress.info = { status: 'EGRESS_ACTIVE' };
      await event('started');
      assert.deepEqual(
        [egress.started?.roomName, egress.started?.file.filepath, egress.started?.file.fileType],
        ['room', file, 'MP4'],
      );
      const { video } = await new TokenVerifier(KEY, SECRET).verify(egress.tokens[0] ?? '');
      assert.deepEqual(video, { roomRecord: true });
    } finally {
      egress.info = complete;
      await event('failed');
      egress.close();
    }
  });

  it('is stopped, and the file is there', async () => {
    try {
      const task = start();
      egress.info = { status: 'EGRESS_ACTIVE' };
      await event('started');
      const stopped = task.stop();
      await writeFile(file, 'mp4!');
      egress.info = complete;
      await stopped;
      assert.ok(egress.stopped);
      assert.deepEqual(events.at(-1), { type: 'ready', file, bytes: 4, durationMs: 61_000 });
    } finally {
      await rm(file, { force: true });
      egress.close();
    }
  });

  it('fails where the egress does, where it cannot be had, and where its file is not to be seen', async () => {
    try {
      start();
      egress.info = { status: 'EGRESS_FAILED', error: 'no worker' };
      assert.match(JSON.stringify(await event('failed')), /no worker/);
      events = [];
      egress.info = complete;
      start();
      assert.match(JSON.stringify(await event('failed')), /not where this server could read it/);
      events = [];
      egress.refusal = { code: 'unavailable', msg: 'no response from servers' };
      start();
      assert.match(JSON.stringify(await event('failed')), /no response from servers/);
    } finally {
      egress.close();
    }
  });

  it('fails where LiveKit does not know of the egress any more', async () => {
    try {
      egress.info = null;
      start();
      assert.match(JSON.stringify(await event('failed')), /does not tell of the egress any more/);
    } finally {
      egress.close();
    }
  });

  it('leaves nothing when it is thrown away', async () => {
    try {
      const task = start();
      egress.info = { status: 'EGRESS_ACTIVE' };
      await event('started');
      await writeFile(file, 'mp4!');
      task.kill();
      while (!egress.stopped) await new Promise((resolve) => setImmediate(resolve));
      egress.info = complete;
      while (existsSync(file)) await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(
        events.map(({ type }) => type),
        ['started'],
      );
    } finally {
      egress.close();
    }
  });
});
