import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { rangeOf } from '../../server/recording/byte-range.js';
import { FolderStorage } from '../../server/recording/folder-storage.js';
import { removeLeftovers } from '../../server/recording/leftovers.js';
import { RecordingLinks } from '../../server/recording/links.js';
import type { Recording } from '../../server/recording/recording.js';
import { S3Storage } from '../../server/recording/s3-storage.js';
import { RecordingShelf } from '../../server/recording/shelf.js';
import type { RecordingStorage } from '../../server/recording/storage.js';
import { MemoryStore } from '../../server/store/memory-store.js';
import { S3Server } from '../support/s3-server.js';

const NOW = 1_800_000_000_000;
const DAY = 86_400_000;
const BYTES = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 241));
let made = 0;
let work: string;

const recordingOf = (change: Partial<Recording> = {}): Recording => ({
  id: `call-${++made}`,
  callType: 'videocall',
  caller: { userId: 'alice', displayName: 'Zoë <b>' },
  callee: { userId: 'bob', displayName: null },
  startedAt: NOW,
  storedAt: NOW + 1000,
  durationMs: 1000,
  bytes: BYTES.length,
  ...change,
});

async function fileOf(name: string): Promise<string> {
  const file = join(work, `${name}.mp4`);
  await writeFile(file, BYTES);
  return file;
}

before(async () => {
  work = await mkdtemp(join(tmpdir(), 'omni-call-work-'));
});
after(() => rm(work, { recursive: true, force: true }));

/** What holds for every storage. */
function aStorage(name: string, open: () => Promise<RecordingStorage>, close: () => Promise<void>): void {
  describe(`recordings in ${name}`, () => {
    let storage: RecordingStorage;
    before(async () => {
      storage = await open();
    });
    after(close);

    it('are moved there, read in whole and in part, and listed with all that is known of them', async () => {
      const recording = recordingOf();
      const file = await fileOf(recording.id);
      await storage.put(recording, file);
      assert.ok(!existsSync(file));
      const whole = await buffer(await storage.read(recording.id, { first: 0, last: BYTES.length - 1 }));
      assert.deepEqual(whole, BYTES);
      const part = await buffer(await storage.read(recording.id, { first: 500, last: 599 }));
      assert.deepEqual(part, BYTES.subarray(500, 600));
      assert.deepEqual(
        (await storage.list()).find(({ id }) => id === recording.id),
        recording,
      );
    });

    it('are gone once removed, and may be removed once more', async () => {
      const recording = recordingOf();
      await storage.put(recording, await fileOf(recording.id));
      await storage.remove(recording.id);
      await storage.remove(recording.id);
      assert.ok(!(await storage.list()).some(({ id }) => id === recording.id));
      await assert.rejects(storage.read(recording.id, { first: 0, last: 1 }));
    });
  });
}

let folder: string;
aStorage(
  'a folder',
  async () => {
    folder = await mkdtemp(join(tmpdir(), 'omni-call-folder-'));
    return new FolderStorage(folder);
  },
  () => rm(folder, { recursive: true, force: true }),
);

let s3: S3Server | undefined;
aStorage(
  'an S3 server',
  async () => {
    s3 = await S3Server.start();
    return new S3Storage(s3.options);
  },
  async () => s3?.close(),
);

describe('an S3 server that refuses', () => {
  let server: S3Server;
  before(async () => {
    server = await S3Server.start();
  });
  after(() => server?.close());

  it('leaves the file where it was, and is told of without the key', async () => {
    const storage = new S3Storage({ ...server.options, secretAccessKey: 'another secret' });
    const recording = recordingOf();
    const file = await fileOf(recording.id);
    await assert.rejects(storage.put(recording, file), (error: Error) => {
      assert.match(error.message, /^The S3 server answered PUT with 403, SignatureDoesNotMatch\.$/);
      return true;
    });
    assert.ok(existsSync(file));
  });

  it('lists more than it gives at a time', async () => {
    const storage = new S3Storage(server.options);
    // Two objects each: more than the thousand of one answer.
    const count = 510;
    for (let begun = 0; begun < count; begun += 30) {
      const some = Array.from({ length: Math.min(30, count - begun) }, async () => {
        const recording = recordingOf();
        await storage.put(recording, await fileOf(recording.id));
      });
      await Promise.all(some);
    }
    assert.equal(new Set((await storage.list()).map(({ id }) => id)).size, count);
  });
});

/** A storage that fails so many times. */
function failing(storage: RecordingStorage, times: number): RecordingStorage {
  let left = times;
  return {
    put: async (recording, file) => {
      if (left-- > 0) throw new Error('it is away');
      await storage.put(recording, file);
    },
    read: (id, range) => storage.read(id, range),
    remove: (id) => storage.remove(id),
    list: () => storage.list(),
  };
}

describe('the shelf of recordings', () => {
  let dir: string;
  let now = NOW;
  const deleted: string[] = [];
  const shelfOf = (storage: RecordingStorage, store = new MemoryStore(), days: number | null = 30): RecordingShelf =>
    new RecordingShelf({
      ...{ storage, store, now: () => now },
      keepFor: days === null ? null : days * DAY,
      retryAfter: [1, 1],
      wait: async () => undefined,
      onDeleted: async (id) => void deleted.push(id),
    });
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'omni-call-shelf-'));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  it('deletes what it has kept long enough, and says so; without a limit it deletes nothing', async () => {
    const storage = new FolderStorage(join(dir, 'expiry'));
    const store = new MemoryStore();
    const [old, fresh] = [recordingOf({ startedAt: NOW - 31 * DAY }), recordingOf({ startedAt: NOW - 29 * DAY })];
    const shelf = shelfOf(storage, store);
    for (const recording of [old, fresh]) await shelf.put(recording, await fileOf(recording.id));
    await shelfOf(storage, store, null).expire();
    assert.equal((await shelf.list(Infinity, 0, 10)).length, 2);
    await shelf.expire();
    assert.deepEqual(await shelf.list(Infinity, 0, 10), [fresh]);
    assert.deepEqual(await storage.list(), [fresh]);
    assert.deepEqual(deleted, [old.id]);
    now = NOW + 2 * DAY;
    await shelf.expire();
    assert.deepEqual(await storage.list(), []);
    now = NOW;
  });

  it('is known again to a store that has forgotten', async () => {
    const storage = new FolderStorage(join(dir, 'restart'));
    const recording = recordingOf();
    await shelfOf(storage).put(recording, await fileOf(recording.id));
    const after = shelfOf(storage);
    assert.equal(await after.find(recording.id), null);
    await after.restore();
    assert.deepEqual(await after.find(recording.id), recording);
  });

  it('tries again where the storage is away, and in the end leaves the file where it was', async () => {
    const storage = new FolderStorage(join(dir, 'away'));
    const [kept, lost] = [recordingOf(), recordingOf()];
    await shelfOf(failing(storage, 2)).put(kept, await fileOf(kept.id));
    assert.deepEqual(await storage.list(), [kept]);
    const file = await fileOf(lost.id);
    await assert.rejects(shelfOf(failing(storage, 3)).put(lost, file), /it is away/);
    assert.ok(existsSync(file));
  });
});

describe('what recorders that broke down left', () => {
  it('is deleted when it is old, and not before', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'omni-call-leftovers-'));
    try {
      for (const [name, writtenAt] of [
        ['old.mp4.part', NOW - DAY],
        ['new.mp4.part', NOW],
      ] as const) {
        await writeFile(join(folder, name), BYTES);
        await utimes(join(folder, name), writtenAt / 1000, writtenAt / 1000);
      }
      await removeLeftovers(folder, NOW - 1000);
      assert.deepEqual(await readdir(folder), ['new.mp4.part']);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('a range of bytes', () => {
  for (const [header, expected] of [
    [undefined, [0, 99]],
    ['bytes=0-', [0, 99]],
    ['bytes=10-19', [10, 19]],
    ['bytes=90-200', [90, 99]],
    ['bytes=-10', [90, 99]],
    ['bytes=-200', [0, 99]],
    ['bytes=100-', null],
    ['bytes=-0', null],
    // What may be ignored is.
    ['bytes=20-10', [0, 99]],
    ['bytes=0-1,5-6', [0, 99]],
    ['bytes=-', [0, 99]],
    ['lines=1-2', [0, 99]],
  ] as const) {
    it(`${header} of a hundred: ${expected ? expected.join('–') : 'nothing there'}`, () => {
      assert.deepEqual(rangeOf(header, 100), expected && { first: expected[0], last: expected[1] });
    });
  }
});

describe('a link to a recording', () => {
  it('is good on every node with the same secret, until its time is over', () => {
    let now = NOW;
    const links = new RecordingLinks('secret', () => now);
    const { url, expires_at } = links.make('call', 60);
    const query = new URL(url, 'http://calls').searchParams;
    const proof = { expires: query.get('expires') ?? '', signature: query.get('signature') ?? '' };
    assert.equal(expires_at, new Date(NOW + 60_000).toISOString());
    assert.ok(new RecordingLinks('secret', () => now).isGood('call', proof));
    assert.ok(!new RecordingLinks('another', () => now).isGood('call', proof));
    assert.ok(!links.isGood('other', proof));
    now += 60_000;
    assert.ok(!links.isGood('call', proof));
  });
});
