import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Holding } from '../../server/recording/local/holding.js';
import { Stage } from '../../server/recording/local/stage.js';
import { LAG, Timeline } from '../../server/recording/local/timeline.js';
import { stretch, Voice } from '../../server/recording/local/voice.js';

const SECOND = 48_000;
const FRAME = SECOND / 50;
const MS = SECOND / 1000;

/** A tone that is loud enough to be heard, of 500 Hz. */
const toneAt = (first: number): Int16Array =>
  Int16Array.from({ length: FRAME }, (_, i) => 8000 * Math.sin((2 * Math.PI * 500 * (first + i)) / SECOND));
const SILENCE = new Int16Array(FRAME);

describe('how long WebRTC holds a track back', () => {
  it('is what it counted since the last look', () => {
    const holding = new Holding();
    assert.equal(holding.look('a', { seconds: 480, count: 9600 }), 50);
    assert.equal(holding.look('a', { seconds: 480, count: 9600 }), null);
    assert.equal(holding.look('b', { seconds: 1, count: 10 }), 100);
    assert.equal(holding.look('a', { seconds: 1440, count: 19_200 }), 100);
  });

  it('is counted anew for a track that begins anew', () => {
    const holding = new Holding();
    holding.look('a', { seconds: 480, count: 9600 });
    assert.equal(holding.look('a', { seconds: 96, count: 4800 }), 20);
  });
});

describe('when a voice was said', () => {
  /** Frames one after the other; `heldBack` in milliseconds, for each. */
  function sayAll(frames: readonly { samples: Int16Array; heldBack: number }[]) {
    const voice = new Voice(SECOND);
    return frames.map(({ samples, heldBack }, i) => voice.said(samples, SECOND + (i + 1) * FRAME, heldBack * MS));
  }
  const all = (count: number, samples: (i: number) => Int16Array, heldBack: (i: number) => number) =>
    Array.from({ length: count }, (_, i) => ({ samples: samples(i), heldBack: heldBack(i) }));
  const speaking = (i: number): Int16Array => toneAt(i * FRAME);

  it('is when it arrived, less what it was held back', () => {
    const [first] = sayAll(all(1, speaking, () => 60));
    assert.deepEqual([first?.at, first?.samples.length], [SECOND - 60 * MS, FRAME]);
  });

  it('stays in line when it is held back a little more or less', () => {
    const said = sayAll(all(100, speaking, (i) => 60 + (i % 3) * 4));
    assert.ok(said.every(({ at, samples }, i) => at === SECOND + i * FRAME - 60 * MS && samples.length === FRAME));
  });

  it('follows at once where it is quiet, without a word twice', () => {
    const said = sayAll(
      all(
        20,
        (i) => (i < 10 ? speaking(i) : SILENCE),
        (i) => (i < 10 ? 60 : 110),
      ),
    );
    assert.ok(said.every(({ at }, i) => i === 0 || at >= said[i - 1]!.at + said[i - 1]!.samples.length));
    assert.ok(said[13] && Math.abs(said[13].at - (SECOND + 13 * FRAME - 110 * MS)) <= 10 * MS);
    const back = sayAll(
      all(
        4,
        () => SILENCE,
        (i) => (i < 2 ? 110 : 60),
      ),
    );
    assert.deepEqual(
      back.map(({ at }) => (at - SECOND) / MS),
      [-110, -90, -20, 0],
    );
  });

  it('follows a voice that speaks on so slowly that it is whole, one frame on the other', () => {
    for (const to of [160, 20]) {
      const said = sayAll(all(400, speaking, (i) => (i < 10 ? 60 : to)));
      assert.ok(said.every(({ at }, i) => i === 0 || at === said[i - 1]!.at + said[i - 1]!.samples.length));
      assert.ok(said.every(({ samples }) => Math.abs(samples.length - FRAME) <= FRAME * 0.025));
      const last = said.at(-1);
      assert.ok(last && Math.abs(last.at - (SECOND + 399 * FRAME - to * MS)) <= 10 * MS);
    }
  });

  it('is stretched without a jump', () => {
    for (const count of [FRAME - 24, FRAME + 24]) {
      const stretched = stretch(toneAt(0), count);
      assert.equal(stretched.length, count);
      const steps = stretched.slice(1).map((sample, i) => Math.abs(sample - stretched[i]!));
      assert.ok(Math.max(...steps) < (1.1 * 8000 * 2 * Math.PI * 500) / SECOND);
    }
  });
});

describe('the timeline, of a voice and a picture that belong together', () => {
  /** Where in the file a voice and a picture are that came in at this moment, in milliseconds. */
  function placesOf(at: number, held: { voice: number; picture: number } | null) {
    const stage = new Stage(20);
    let shown = NaN;
    stage.frame = (_, frame) => (shown = frame.at);
    let sound: Int16Array = new Int16Array();
    const output = { ready: true, picture: () => undefined, sound: (samples: Int16Array) => void (sound = samples) };
    const line = new Timeline({ rate: 20, stage, output });
    line.begin(1000);
    if (held) for (const id of ['voice', 'picture'] as const) line.heldBack(id, held[id]);
    line.frame('picture', { picture: { width: 2, height: 2, data: new Uint8Array(6) }, rotation: 0, at });
    line.voice('voice', toneAt(0).fill(9000), at);
    line.advance(at + LAG);
    return { shown, said: sound.findIndex((sample) => sample > 0) / MS };
  }

  it('has them further apart by as much as the one is held back longer', () => {
    const [even, late] = [placesOf(3000, { voice: 40, picture: 40 }), placesOf(3000, { voice: 240, picture: 90 })];
    assert.ok(Math.abs(even.said - late.said - 200) < 0.1, `${even.said} and ${late.said}`);
    assert.ok(Math.abs(even.shown - late.shown - 50) < 0.1, `${even.shown} and ${late.shown}`);
  });

  it('takes what is usual before it knows, and nothing for so late that it would be lost', () => {
    const usual = placesOf(3000, null);
    assert.ok(usual.said > 1800 && usual.said < 2000 && usual.shown > 1800 && usual.shown < 2000);
    assert.equal(placesOf(3000, { voice: 4000, picture: 10 }).said, 2000 - 20 - (LAG - 100));
  });

  it('leaves out what was said before a recording began or went on', () => {
    const given: Int16Array[] = [];
    const output = { ready: true, picture: () => undefined, sound: (samples: Int16Array) => void given.push(samples) };
    const line = new Timeline({ rate: 20, stage: new Stage(20), output });
    line.heldBack('voice', 100);
    line.begin(1000);
    const frame = new Int16Array(FRAME).fill(9000);
    // Said from 890 to 2010 ms, while it is paused from 1505 to 1705 ms.
    for (let at = 1010; at <= 2110; at += 20) {
      if (at === 1510) line.pause(1505);
      if (at === 1710) line.resume(1705);
      line.voice('voice', frame, at);
    }
    line.end(2005);
    line.advance(2005 + LAG);
    const sound = given.flatMap((samples) => [...samples]);
    assert.equal(sound.length, 800 * MS + 5 * MS);
    assert.ok(
      sound.every((sample) => sample === 9000),
      'twice, or not at all',
    );
  });
});
