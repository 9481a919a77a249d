import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { partOf } from '../../server/recording/local/encoder.js';
import { LocalRecorder } from '../../server/recording/local/local-recorder.js';
import { RecorderFull } from '../../server/recording/recorder.js';
import { familyOf } from '../support/processes.js';
import { watch } from '../support/recording/film.js';
import { recordingBench } from '../support/recording/bench.js';
import { Recorded } from '../support/recording/recorded.js';

const ALICE = { tone: 440, picture: { width: 320, height: 240 } };

const bench = recordingBench();

describe('what goes wrong with a recording', { concurrency: true }, () => {
  it('is told when its process dies; what there is until then can be played', async () => {
    const room = await bench.rooms.make();
    const file = join(bench.folder, 'killed.mp4');
    const alice = await bench.rooms.join(room, 'alice', ALICE);
    const call = await Recorded.start(new LocalRecorder({ limit: 1 }), { rooms: bench.rooms, room, file });
    await call.until('started');
    await wait(2500);
    const family = familyOf([call.pid]);
    process.kill(call.pid, 'SIGKILL');
    const { reason } = await call.until('failed');
    assert.equal(reason, 'crashed');
    assert.deepEqual([call.types, existsSync(file)], [['started', 'failed'], false]);
    await call.task.stop();
    await alice.leave();
    await untilGone(family);
    assert.ok((await watch(partOf(file))).duration > 1);
  });

  it('is told when the disk is full', async () => {
    const disk = await fullDisk(join(bench.folder, 'disk'), 'full.mp4');
    try {
      const room = await bench.rooms.make();
      const alice = await bench.rooms.join(room, 'alice', ALICE);
      const call = await Recorded.start(new LocalRecorder({ limit: 1 }), { rooms: bench.rooms, room, file: disk.file });
      const { reason, detail } = await call.until('failed');
      assert.deepEqual([reason, call.types], ['disk-full', ['started', 'failed']]);
      assert.match(detail, /No space left/);
      await alice.leave();
    } finally {
      disk.remove();
    }
  });

  it('takes no more calls than it may, and the next when one is over', async () => {
    const recorder = new LocalRecorder({ limit: 1 });
    const room = await bench.rooms.make();
    const file = join(bench.folder, 'unwanted.mp4');
    const call = await Recorded.start(recorder, { rooms: bench.rooms, room, file });
    await assert.rejects(
      Recorded.start(recorder, { rooms: bench.rooms, room, file: join(bench.folder, 'too-many.mp4') }),
      RecorderFull,
    );
    await call.until('started');
    call.task.kill();
    await call.task.stop();
    assert.deepEqual(call.types, ['started']);
    const next = await Recorded.start(recorder, { rooms: bench.rooms, room, file: join(bench.folder, 'next.mp4') });
    assert.deepEqual([existsSync(file), existsSync(partOf(file))], [false, false]);
    next.task.kill();
    await next.task.stop();
  });

  it('is told when LiveKit lets it not in, without its token', async () => {
    const room = await bench.rooms.make();
    const token = `${(await bench.rooms.access(room)).token}x`;
    const access = { room, url: bench.rooms.livekit.url, token };
    const file = join(bench.folder, 'refused.mp4');
    const call = await Recorded.start(new LocalRecorder({ limit: 1 }), { rooms: bench.rooms, room, file, access });
    const { reason, detail } = await call.until('failed');
    assert.deepEqual([reason, existsSync(partOf(file))], ['media', false]);
    assert.match(detail, /did not let the recorder in/);
    assert.ok(!detail.includes(token));
  });

  it('is over at once when the call was over before it began', async () => {
    const room = await bench.rooms.make();
    const file = join(bench.folder, 'short.mp4');
    const call = await Recorded.start(new LocalRecorder({ limit: 1 }), { rooms: bench.rooms, room, file });
    await call.task.stop();
    assert.deepEqual([call.types.at(-1), existsSync(file), existsSync(partOf(file))], ['failed', false, false]);
  });
});

/** Resolves when these processes are gone. */
async function untilGone(pids: readonly string[]): Promise<void> {
  while (pids.some((pid) => existsSync(`/proc/${pid}`))) await wait(50);
}

/** A file on a disk that has no room: one of a few kilobytes where we may mount it, else the device that is always full. */
async function fullDisk(at: string, name: string): Promise<{ file: string; remove: () => void }> {
  await mkdir(at);
  const file = join(at, name);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', at]).status === 0)
    return { file, remove: () => void spawnSync('umount', ['--lazy', at]) };
  await symlink('/dev/full', partOf(file));
  return { file, remove: () => undefined };
}
