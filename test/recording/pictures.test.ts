import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asText } from '../../server/recording/local/cards.js';
import { blackPicture, blacken, fitInto, planesOf, type Picture } from '../../server/recording/local/picture.js';
import { Reducer } from '../../server/recording/local/reducer.js';
import { Scaler } from '../../server/recording/local/scaler.js';
import { Stage } from '../../server/recording/local/stage.js';

/** A picture whose brightness is given by a function of its place. */
function pictureOf(width: number, height: number, brightness: (x: number, y: number) => number): Picture {
  const picture = blackPicture(width, height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) picture.data[y * width + x] = brightness(x, y);
  return picture;
}

const at = ({ width, data }: Picture, x: number, y: number): number => data[y * width + x] ?? -1;

describe('a picture', () => {
  it('has colours that cover an odd size as well', () => {
    assert.deepEqual(
      planesOf(5, 3).map(({ offset, width, height }) => [offset, width, height]),
      [
        [0, 5, 3],
        [15, 3, 2],
        [21, 3, 2],
      ],
    );
  });

  it('is blackened in all of its planes, within the box', () => {
    const picture = { width: 4, height: 4, data: new Uint8Array(24).fill(77) };
    blacken(picture, { x: 2, y: 0, width: 2, height: 4 });
    assert.deepEqual(
      [...picture.data],
      [77, 77, 16, 16, 77, 77, 16, 16, 77, 77, 16, 16, 77, 77, 16, 16, 77, 128, 77, 128, 77, 128, 77, 128],
    );
  });

  it('is put in the middle of its box, whole', () => {
    const box = { x: 640, y: 0, width: 640, height: 720 };
    assert.deepEqual(fitInto(box, 1280, 720), { x: 640, y: 180, width: 640, height: 360 });
    assert.deepEqual(fitInto(box, 640, 480), { x: 640, y: 120, width: 640, height: 480 });
    assert.deepEqual(fitInto(box, 480, 640), { x: 690, y: 0, width: 540, height: 720 });
  });
});

describe('the scaler', () => {
  it('copies what has the size already', () => {
    const target = blackPicture(8, 8);
    const source = pictureOf(4, 4, (x, y) => 10 * y + x);
    new Scaler(source, 0, target, { x: 4, y: 2, width: 4, height: 4 }).draw(source, target);
    assert.deepEqual([at(target, 4, 2), at(target, 7, 5), at(target, 3, 2)], [0, 33, 16]);
  });

  it('averages what is twice the size', () => {
    const target = blackPicture(4, 4);
    const source = pictureOf(8, 8, (x, y) => (x % 2 === y % 2 ? 200 : 100));
    new Scaler(source, 0, target, { x: 0, y: 0, width: 4, height: 4 }).draw(source, target);
    assert.deepEqual(new Set(target.data.subarray(0, 16)), new Set([150]));
  });

  it('turns a picture upright', () => {
    // Bright in the upper left corner of what the camera saw.
    const source = pictureOf(8, 4, (x, y) => (x < 2 && y < 2 ? 200 : 50));
    const corners = ([rotation, width, height]: [0 | 90 | 180 | 270, number, number]): number[] => {
      const target = blackPicture(width, height);
      new Scaler(source, rotation, target, { x: 0, y: 0, width, height }).draw(source, target);
      return [at(target, 0, 0), at(target, width - 1, 0), at(target, width - 1, height - 1), at(target, 0, height - 1)];
    };
    assert.deepEqual(corners([0, 8, 4]), [200, 50, 50, 50]);
    assert.deepEqual(corners([90, 4, 8]), [50, 200, 50, 50]);
    assert.deepEqual(corners([180, 8, 4]), [50, 50, 200, 50]);
    assert.deepEqual(corners([270, 4, 8]), [50, 50, 50, 200]);
  });
});

describe('the stage', () => {
  const grey = (brightness: number, width = 64, height = 36) => pictureOf(width, height, () => brightness);
  const [LEFT, RIGHT, SCREEN, STRIP] = [
    [320, 360],
    [960, 360],
    [512, 360],
    [1152, 260],
  ] as const;
  const stage = () => {
    const made = new Stage(1000);
    made.deal([grey(31), grey(32)]);
    return made;
  };
  const seen = (of: Stage, position: number, places: readonly (readonly [number, number])[]) => {
    const canvas = of.at(position);
    return places.map(([x, y]) => at(canvas, x, y));
  };

  it('shows each side at its place, and a card where there is no picture', () => {
    const it = stage();
    assert.deepEqual(seen(it, 0, [LEFT, RIGHT]), [31, 32]);
    it.add('a', { side: 1, kind: 'camera', hidden: false });
    it.frame('a', { picture: grey(100), rotation: 0, at: 10 });
    it.frame('a', { picture: grey(110), rotation: 0, at: 60 });
    assert.deepEqual(seen(it, 5, [LEFT, RIGHT]), [31, 32]);
    assert.deepEqual(seen(it, 50, [LEFT, RIGHT]), [31, 100]);
    assert.deepEqual(seen(it, 100, [LEFT, RIGHT]), [31, 110]);
    it.hide('a', true);
    it.frame('a', { picture: grey(120), rotation: 0, at: 110 });
    assert.deepEqual(seen(it, 150, [LEFT, RIGHT]), [31, 32]);
    it.hide('a', false);
    it.frame('a', { picture: grey(120), rotation: 0, at: 160 });
    assert.deepEqual(seen(it, 200, [LEFT, RIGHT]), [31, 120]);
  });

  it('goes on with the newest of two cameras of one side, and leaves no rest of a larger picture', () => {
    const it = stage();
    it.add('old', { side: 0, kind: 'camera', hidden: false });
    it.frame('old', { picture: grey(100, 64, 72), rotation: 0, at: 0 });
    assert.deepEqual(seen(it, 10, [LEFT, [320, 10]]), [100, 100]);
    it.add('new', { side: 0, kind: 'camera', hidden: false });
    assert.deepEqual(seen(it, 20, [LEFT]), [100]);
    it.frame('new', { picture: grey(150), rotation: 0, at: 30 });
    it.remove('old');
    assert.deepEqual(seen(it, 40, [LEFT, [320, 10]]), [150, 16]);
  });

  it('shows a shared screen large, and both sides beside it', () => {
    const it = stage();
    it.add('a', { side: 0, kind: 'camera', hidden: false });
    it.frame('a', { picture: grey(100), rotation: 0, at: 0 });
    it.add('s', { side: 1, kind: 'screen', hidden: false });
    assert.deepEqual(seen(it, 10, [LEFT, RIGHT]), [100, 32]);
    it.frame('s', { picture: grey(180), rotation: 0, at: 15 });
    assert.deepEqual(seen(it, 20, [SCREEN, STRIP, [1152, 460]]), [180, 100, 32]);
    it.remove('s');
    assert.deepEqual(seen(it, 30, [LEFT, RIGHT, [512, 20]]), [100, 32, 16]);
  });
});

describe('what waits to be shown', () => {
  it('is as small as it is shown at most, upright, in memory that is used again', () => {
    const reducer = new Reducer({ x: 0, y: 0, width: 640, height: 720 });
    const camera = { picture: pictureOf(1280, 720, (x) => (x < 640 ? 60 : 180)), rotation: 0 } as const;
    const first = reducer.reduce(camera);
    assert.deepEqual([first.picture.width, first.picture.height, first.rotation], [640, 360, 0]);
    assert.deepEqual([at(first.picture, 0, 0), at(first.picture, 639, 359)], [60, 180]);
    const second = reducer.reduce(camera);
    assert.notEqual(second.picture.data, first.picture.data);
    for (const view of [first, first, camera]) reducer.giveBack(view);
    assert.equal(reducer.reduce(camera).picture.data, first.picture.data);
    assert.notEqual(reducer.reduce(camera).picture.data, camera.picture.data);
    const turned = reducer.reduce({ picture: pictureOf(1280, 720, (x) => x / 8), rotation: 90 });
    assert.deepEqual([turned.picture.width, turned.picture.height, turned.rotation], [406, 720, 0]);
    assert.ok(at(turned.picture, 0, 0) < 5 && at(turned.picture, 405, 719) > 150);
  });

  it('is left as it is where it is small enough', () => {
    const small = { picture: pictureOf(640, 360, () => 60), rotation: 0 } as const;
    assert.equal(new Reducer({ x: 0, y: 0, width: 640, height: 720 }).reduce(small), small);
  });

  it('shows the last of those that are due at once, and each of the others', () => {
    const stage = new Stage(20);
    stage.add('a', { side: 0, kind: 'camera', hidden: false });
    const grey = (brightness: number) => pictureOf(1280, 720, () => brightness);
    [0, 24, 40, 80, 120, 175, 225, 226].forEach((due, i) =>
      stage.frame('a', { picture: grey(100 + i), rotation: 0, at: due }),
    );
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].map((number) => at(stage.at(number), 320, 360)),
      [101, 102, 104, 105, 106, 107],
    );
  });
});

describe('a name on a card', () => {
  it('is text, whatever it holds', () => {
    assert.equal(asText('{\\b1}\\N a\nb'), '\\{\\\u2060b1\\}\\\u2060N a b');
    assert.equal(asText('김민수'), '김민수');
    assert.equal([...asText('x'.repeat(100))].length, 28);
  });
});
