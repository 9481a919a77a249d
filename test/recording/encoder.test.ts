import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Encoder, partOf, SAMPLE_RATE } from '../../server/recording/local/encoder.js';
import { blackPicture } from '../../server/recording/local/picture.js';
import { Stage } from '../../server/recording/local/stage.js';
import { PICTURE_LATER, Timeline } from '../../server/recording/local/timeline.js';
import { brightness, LEFT, loudness, RIGHT, rises, watch } from '../support/recording/film.js';

let folder: string;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'omni-call-encoder-'))));
after(() => rm(folder, { recursive: true, force: true }));

/** Milliseconds. */
const LENGTH = 4000;
const FLASH = 200;
/** When the picture of each side is white, and its tone is heard. */
const FLASHES = [
  [500, 1500, 3250],
  [1000, 2500],
] as const;
const TONES = [440, 880] as const;

const white = blackPicture(320, 240);
white.data.fill(235, 0, 320 * 240);

/** The boxes of an MP4 file, in their order. */
async function boxesOf(file: string): Promise<string[]> {
  const data = await readFile(file);
  const boxes: string[] = [];
  for (let at = 0; at < data.length; at += data.readUInt32BE(at)) boxes.push(data.toString('latin1', at + 4, at + 8));
  return boxes;
}

it('puts each picture and each sound where it belongs, in a file that any browser can seek in', async () => {
  const file = join(folder, 'exact.mp4');
  const encoder = new Encoder({ file, rate: 20 });
  const timeline = new Timeline({ rate: 20, stage: new Stage(20), output: encoder });
  timeline.addPicture('0', { side: 0, kind: 'camera', hidden: false });
  timeline.addPicture('1', { side: 1, kind: 'camera', hidden: false });
  for (const side of ['0', '1']) timeline.heldBack(side, 0);
  timeline.begin(0);
  timeline.end(LENGTH);
  const isOn = (side: 0 | 1, at: number): boolean => FLASHES[side].some((flash) => at >= flash && at < flash + FLASH);
  for (let now = 0; timeline.advance(now); now += 10) {
    for (const side of [0, 1] as const) {
      if (now % 50 === 0) {
        const picture = isOn(side, now) ? white : blackPicture(320, 240);
        timeline.frame(String(side), { picture, rotation: 0, at: now + PICTURE_LATER });
      }
      const samples = Int16Array.from({ length: SAMPLE_RATE / 100 }, (_, i) =>
        isOn(side, now) ? 8000 * Math.sin((2 * Math.PI * TONES[side] * i) / SAMPLE_RATE) : 0,
      );
      timeline.voice(String(side), samples, now + 10);
    }
    while (!encoder.ready) await Promise.race([wait(1), encoder.broken]);
  }
  const bytes = await encoder.finish();

  assert.equal(bytes, (await stat(file)).size);
  assert.equal(existsSync(partOf(file)), false);
  const boxes = await boxesOf(file);
  assert.ok(boxes.indexOf('moov') < boxes.indexOf('mdat'), `its index comes first: ${boxes.join(' ')}`);
  assert.ok(!boxes.includes('moof'));
  const film = await watch(file);
  assert.deepEqual([film.codecs, film.size, film.pixels], [['h264', 'aac'], '1280x720', 'yuv420p']);
  assert.equal(film.videoDuration, LENGTH / 1000);
  assert.ok(Math.abs(film.audioDuration - film.videoDuration) < 0.05, `${film.audioDuration} s of sound`);
  for (const [side, region] of [
    [0, LEFT],
    [1, RIGHT],
  ] as const) {
    const wanted = FLASHES[side].map((flash) => flash / 1000);
    assert.deepEqual(rises(brightness(film, region), 120, film.rate), wanted);
    const beeps = rises(loudness(film, TONES[side], 5), 3000, 200);
    assert.equal(beeps.length, wanted.length);
    for (const [i, beep] of beeps.entries()) assert.ok(Math.abs(beep - wanted[i]!) <= 0.01, `${beep} of ${wanted[i]}`);
  }
});
