import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RecordingClock } from '../../server/recording/local/clock.js';
import { Mixer } from '../../server/recording/local/mixer.js';
import { Placement } from '../../server/recording/local/placement.js';
import { Stage } from '../../server/recording/local/stage.js';
import { LAG, Timeline } from '../../server/recording/local/timeline.js';

const SECOND = 48_000;
const FRAME = SECOND / 50;

describe('the clock of a recording', () => {
  it('leaves out what was paused, also before the beginning', () => {
    const clock = new RecordingClock();
    clock.pause(900);
    assert.equal(clock.positionOf(950), 0);
    clock.begin(1000);
    assert.equal(clock.covers(1050), false);
    clock.resume(1100);
    assert.equal(clock.positionOf(1300), 200);
    clock.pause(1400);
    clock.pause(1450);
    assert.deepEqual([clock.positionOf(1500), clock.covers(1500), clock.paused], [300, false, true]);
    clock.resume(1600);
    assert.deepEqual([clock.positionOf(1350), clock.positionOf(1700), clock.covers(1700)], [250, 400, true]);
  });
});

describe('the mixer', () => {
  it('adds voices up where they overlap, is silent elsewhere, and never turns over', () => {
    const mixer = new Mixer(8);
    mixer.add(1, Int16Array.of(10, 20_000, 20_000));
    mixer.add(2, Int16Array.of(1, 20_000));
    assert.deepEqual([...mixer.take(5)], [0, 10, 20_001, 32_767, 0]);
  });

  it('drops what comes too late or too early', () => {
    const mixer = new Mixer(4);
    mixer.take(3);
    mixer.add(1, Int16Array.of(1, 2, 3, 4, 5, 6, 7));
    assert.deepEqual([...mixer.take(4)], [3, 4, 5, 6]);
    assert.deepEqual([...mixer.take(4)], [0, 0, 0, 0]);
  });
});

describe('the place of a voice', () => {
  const placeAll = (delays: readonly number[], placement = new Placement(SECOND), from = SECOND) =>
    delays.map((delay, i) => placement.place(from + (i + 1) * FRAME + delay, FRAME));

  it('lines frames up that arrive unevenly', () => {
    const places = placeAll(Array.from({ length: 200 }, (_, i) => (i % 7) * 100));
    assert.deepEqual(
      places.map(({ at }) => at),
      Array.from({ length: 200 }, (_, i) => SECOND + i * FRAME),
    );
  });

  it('makes up for a first frame that was held up', () => {
    const places = placeAll([4800, ...Array<number>(60).fill(0)]);
    const last = places.at(-1);
    assert.equal(last?.at, SECOND + 60 * FRAME);
    assert.ok(places.every(({ at, skip }, i) => i === 0 || at - skip <= SECOND + i * FRAME + 4800));
  });

  it('moves on when samples are lost, and not when a frame is held up', () => {
    const heldUp = placeAll([...Array<number>(100).fill(0), 4800, ...Array<number>(200).fill(0)]);
    assert.equal(heldUp.at(-1)?.at, SECOND + 300 * FRAME);
    const lost = placeAll([...Array<number>(100).fill(0), ...Array<number>(200).fill(4800)]);
    assert.equal(lost.at(-1)?.at, SECOND + 299 * FRAME + 4800);
  });

  it('begins anew after a long silence', () => {
    const placement = new Placement(SECOND);
    placeAll([0, 0], placement);
    assert.equal(placement.place(10 * SECOND, FRAME).at, 10 * SECOND - FRAME);
  });
});

describe('the timeline', () => {
  function timeline() {
    const given = { pictures: 0, samples: 0, ready: true };
    const output = {
      get ready() {
        return given.ready;
      },
      picture: () => void given.pictures++,
      sound: (samples: Int16Array) => void (given.samples += samples.length),
    };
    return { given, line: new Timeline({ rate: 20, stage: new Stage(20), output }) };
  }

  it('gives as much sound as pictures, up to the end and no further', () => {
    const { given, line } = timeline();
    line.begin(5000);
    assert.equal(line.advance(5000 + LAG + 1000), true);
    assert.deepEqual([given.pictures, given.samples], [20, SECOND]);
    line.end(7000);
    assert.equal(line.advance(6500 + LAG), true);
    assert.equal(line.advance(9000 + LAG), false);
    assert.deepEqual([given.pictures, given.samples, line.duration], [40, 2 * SECOND, 2000]);
  });

  it('owes the pictures that an encoder could not take', () => {
    const { given, line } = timeline();
    line.begin(0);
    given.ready = false;
    line.advance(1000 + LAG);
    assert.deepEqual([given.pictures, given.samples], [0, SECOND]);
    line.end(1000);
    assert.equal(line.advance(1100 + LAG), true);
    given.ready = true;
    assert.equal(line.advance(1200 + LAG), false);
    assert.equal(given.pictures, 20);
  });

  it('ends while it is paused, and before it has begun', () => {
    const { given, line } = timeline();
    line.begin(0);
    line.pause(1000);
    line.end(3000);
    assert.equal(line.advance(3000 + LAG), false);
    assert.deepEqual([given.pictures, given.samples], [20, SECOND]);

    const never = timeline();
    never.line.end(10);
    assert.equal(never.line.advance(10 + LAG), false);
    assert.equal(never.line.duration, 0);
  });
});
