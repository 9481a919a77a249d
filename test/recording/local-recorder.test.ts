import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { CALL_TYPE } from 'omni-call/protocol';
import { partOf } from '../../server/recording/local/encoder.js';
import { LocalRecorder } from '../../server/recording/local/local-recorder.js';
import {
  brightness,
  LEFT,
  loudness,
  movement,
  RIGHT,
  skews,
  watch,
  type Film,
  type Region,
} from '../support/recording/film.js';
import { recordingBench } from '../support/recording/bench.js';
import { Recorded } from '../support/recording/recorded.js';

const ALICE = { tone: 440, flashEvery: 1000, picture: { width: 320, height: 240 } };
const BOB = { tone: 880, flashEvery: 1300, picture: { width: 640, height: 360 } };

const SIDES = [
  [LEFT, ALICE],
  [RIGHT, BOB],
] as const;

const bench = recordingBench();

type Span = readonly [from: number, to: number];

/** What can be seen in a part of the picture, between two times in seconds. */
function assertShows(film: Film, region: Region, [from, to]: Span, what: 'a picture that moves' | 'a card'): void {
  const share = movement(film, region, from, to);
  assert.ok(what === 'a card' ? share === 0 : share > 0.5, `${what}: ${share} of it moves from ${from} to ${to} s`);
}

/** Whether a tone can be heard. */
function assertSounds(film: Film, tone: number, [from, to]: Span, heard: boolean): void {
  const loudest = Math.max(...loudness(film, tone, 50).slice(from * 20, to * 20));
  assert.ok(heard ? loudest > 1000 : loudest < 300, `${tone} Hz has ${loudest} from ${from} to ${to} s`);
}

function assertBoth(film: Film, span: Span): void {
  for (const [region, { tone }] of SIDES) {
    assertShows(film, region, span, 'a picture that moves');
    assertSounds(film, tone, span, true);
  }
}

describe('a recorded video call', () => {
  it('has both pictures and both voices, in step, through a mute, a departure and a pause', async () => {
    const room = await bench.rooms.make();
    const file = join(bench.folder, 'turns.mp4');
    const alice = await bench.rooms.join(room, 'alice', ALICE);
    const bob = await bench.rooms.join(room, 'bob', BOB);
    const call = await Recorded.start(new LocalRecorder({ limit: 1 }), { rooms: bench.rooms, room, file });
    await call.until('started');
    const since = performance.now();
    const passed = (): number => (performance.now() - since) / 1000;

    await wait(4000);
    const muted = passed();
    for (const kind of ['audio', 'video'] as const) alice.mute(kind);
    await wait(2500);
    for (const kind of ['audio', 'video'] as const) alice.mute(kind, false);
    const unmuted = passed();
    await wait(2500);
    const left = passed();
    await bob.leave();
    await wait(2000);
    const again = await bench.rooms.join(room, 'bob', BOB);
    const back = passed();
    await wait(3000);
    const before = passed();
    call.task.pause();
    await call.until('paused');
    await wait(2000);
    call.task.resume();
    await call.until('resumed');
    const paused = passed() - before;
    await wait(1000);
    const end = passed() - paused;
    await call.task.stop();
    await Promise.all([alice.leave(), again.leave()]);

    const ready = await call.until('ready');
    assert.deepEqual(call.types, ['started', 'paused', 'resumed', 'ready']);
    assert.deepEqual([ready.file, ready.bytes], [file, (await stat(file)).size]);
    assert.equal(existsSync(partOf(file)), false);
    const film = await watch(file);
    for (const length of [film.videoDuration, film.audioDuration, ready.durationMs / 1000])
      assert.ok(Math.abs(length - end) < 0.5, `${length} s of ${end}`);
    assert.ok(Math.abs(film.videoDuration - film.audioDuration) < 0.12);

    for (const span of [
      [1, muted - 0.5],
      [unmuted + 1, left - 0.5],
      [back + 1.5, end - 0.2],
    ] as const)
      assertBoth(film, span);
    const silent = [muted + 1, unmuted - 0.2] as const;
    assertShows(film, LEFT, silent, 'a card');
    assertSounds(film, ALICE.tone, silent, false);
    assertShows(film, RIGHT, silent, 'a picture that moves');
    assertSounds(film, BOB.tone, silent, true);
    const alone = [left + 1, back - 0.2] as const;
    assertShows(film, RIGHT, alone, 'a card');
    assertSounds(film, BOB.tone, alone, false);
    assertShows(film, LEFT, alone, 'a picture that moves');
    assertSounds(film, ALICE.tone, alone, true);

    for (const [region, { tone }] of SIDES) {
      const apart = skews(film, region, tone);
      assert.ok(apart.length >= 4, `${apart.length} flashes with a beep`);
      // A machine that was busy for a moment moves those of that moment, and they come back.
      assert.ok(
        apart.filter((skew) => Math.abs(skew) <= 0.08).length >= apart.length * 0.75,
        `beeps after their flashes: ${apart.join(', ')} s`,
      );
    }
  });

  it('goes on in the same file when the call goes on in another room', async () => {
    const [first, second] = [await bench.rooms.make(), await bench.rooms.make()];
    const file = join(bench.folder, 'moved.mp4');
    const before = await Promise.all([bench.rooms.join(first, 'alice', ALICE), bench.rooms.join(first, 'bob', BOB)]);
    const call = await Recorded.start(new LocalRecorder({ limit: 1 }), { rooms: bench.rooms, room: first, file });
    await call.until('started');
    const since = performance.now();
    await wait(2500);
    await bench.rooms.remove(first);
    await Promise.all(before.map((publisher) => publisher.leave()));
    const lost = (performance.now() - since) / 1000;
    const after = await Promise.all([bench.rooms.join(second, 'alice', ALICE), bench.rooms.join(second, 'bob', BOB)]);
    call.task.move(await bench.rooms.access(second));
    await wait(4000);
    await call.task.stop();
    await Promise.all(after.map((publisher) => publisher.leave()));

    const end = (await call.until('ready')).durationMs / 1000;
    const film = await watch(file);
    assertBoth(film, [1, lost - 0.5]);
    assertBoth(film, [end - 1.5, end]);
  });
});

describe('a recorded voice call', () => {
  it('has the two names, both voices, and a shared screen large', async () => {
    const room = await bench.rooms.make();
    const file = join(bench.folder, 'voices.mp4');
    const alice = await bench.rooms.join(room, 'alice', { ...ALICE, picture: null });
    const bob = await bench.rooms.join(room, 'bob', { ...BOB, picture: null });
    const call = await Recorded.start(new LocalRecorder({ limit: 1 }), {
      rooms: bench.rooms,
      room,
      file,
      kind: CALL_TYPE.AUDIO_CALL,
    });
    await call.until('started');
    await wait(2500);
    await bob.leave();
    const sharing = await bench.rooms.join(room, 'bob', { ...BOB, screen: true });
    await wait(3000);
    await call.task.stop();
    await Promise.all([alice.leave(), sharing.leave()]);

    const end = (await call.until('ready')).durationMs / 1000;
    const film = await watch(file);
    for (const [region, { tone }] of SIDES) {
      assertShows(film, region, [0, 2], 'a card');
      assertSounds(film, tone, [0.5, 2], true);
      const [card = 0] = brightness(film, region);
      assert.ok(card > 25 && card < 70, `a dark card with something written on it: ${card}`);
    }
    const large = { left: 0.1, top: 0.15, right: 0.7, bottom: 0.85 };
    assertShows(film, large, [end - 1.5, end], 'a picture that moves');
  });
});
