import { fitInto, planesOf, type Box, type Picture, type Plane, type Rotation } from './picture.js';

/** Where along one axis each of the new samples comes from: two neighbours and the share of the second, of 256. */
interface Axis {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Int32Array;
}

interface PlanePlan {
  readonly from: Plane;
  /** Of the first sample in the target, and from there to the next row. */
  readonly offset: number;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
  readonly across: Axis;
  readonly down: Axis;
  readonly draw: (plan: PlanePlan, source: Uint8Array, target: Uint8Array) => void;
}

/** Draws pictures of one size into one box of a target. Made once, used for every frame. */
export class Scaler {
  readonly #plans: readonly PlanePlan[];

  constructor(source: Pick<Picture, 'width' | 'height'>, rotation: Rotation, target: Picture, box: Box) {
    const lying = rotation % 180 !== 0;
    const [width, height] = lying ? [source.height, source.width] : [source.width, source.height];
    const place = fitInto(box, width, height);
    const targets = planesOf(target.width, target.height);
    this.#plans = planesOf(source.width, source.height).map((from, i) => planOf(from, targets[i]!, place, rotation));
  }

  draw(source: Picture, target: Picture): void {
    for (const plan of this.#plans) plan.draw(plan, source.data, target.data);
  }
}

function planOf(from: Plane, to: Plane, place: Box, rotation: Rotation): PlanePlan {
  const [width, height] = [place.width / to.step, place.height / to.step];
  const lying = rotation % 180 !== 0;
  const alongRow = (count: number, backwards: boolean): Axis => axisOf(from.width, 1, count, backwards);
  const alongColumn = (count: number, backwards: boolean): Axis => axisOf(from.height, from.width, count, backwards);
  const target = {
    offset: to.offset + (place.y / to.step) * to.width + place.x / to.step,
    stride: to.width,
    width,
    height,
  };
  return {
    ...target,
    from,
    across: lying ? alongColumn(width, rotation === 90) : alongRow(width, rotation === 180),
    down: lying ? alongRow(height, rotation === 270) : alongColumn(height, rotation === 180),
    draw: drawerFor(from, rotation, target),
  };
}

function axisOf(length: number, step: number, count: number, backwards: boolean): Axis {
  const axis = { first: new Int32Array(count), second: new Int32Array(count), share: new Int32Array(count) };
  for (let i = 0; i < count; i++) {
    const centre = ((i + 0.5) * length) / count - 0.5;
    const at = Math.max(0, Math.min(length - 1, backwards ? length - 1 - centre : centre));
    const before = Math.floor(at);
    axis.first[i] = before * step;
    axis.second[i] = Math.min(length - 1, before + 1) * step;
    axis.share[i] = Math.round((at - before) * 256);
  }
  return axis;
}

type Target = Pick<PlanePlan, 'offset' | 'stride' | 'width' | 'height'>;

/** Cameras send twice the size of a tile, or just that. */
function drawerFor(from: Plane, rotation: Rotation, { offset, stride, width, height }: Target): PlanePlan['draw'] {
  const shrinksBy = (factor: number): boolean =>
    rotation === 0 && from.width === width * factor && from.height === height * factor;
  const isInFours = from.offset % 4 === 0 && from.width % 4 === 0 && offset % 2 === 0 && stride % 2 === 0;
  return shrinksBy(1) ? copy : shrinksBy(2) && isInFours ? halve : blend;
}

function copy({ from, offset, stride }: PlanePlan, source: Uint8Array, target: Uint8Array): void {
  for (let row = 0; row < from.height; row++) {
    const start = from.offset + row * from.width;
    target.set(source.subarray(start, start + from.width), offset + row * stride);
  }
}

/** Every second byte of four. */
const SECOND_BYTES = 0x00ff00ff;

/** Four samples of two rows at a time, added up two by two in the halves of a number, become two. Little-endian, as WebRTC is. */
function halve({ from, offset, stride, width, height }: PlanePlan, source: Uint8Array, target: Uint8Array): void {
  const { buffer, byteOffset, byteLength } = source.byteOffset % 4 === 0 ? source : source.slice();
  const fours = new Uint32Array(buffer, byteOffset, byteLength >> 2);
  const pairs = new Uint16Array(target.buffer, target.byteOffset, target.byteLength >> 1);
  for (let y = 0; y < height; y++) {
    let above = (from.offset + 2 * y * from.width) >> 2;
    let below = above + (from.width >> 2);
    const start = (offset + y * stride) >> 1;
    for (let to = start; to < start + (width >> 1); to++, above++, below++) {
      const a = fours[above]!;
      const b = fours[below]!;
      const sum =
        (a & SECOND_BYTES) + ((a >>> 8) & SECOND_BYTES) + (b & SECOND_BYTES) + ((b >>> 8) & SECOND_BYTES) + 0x00020002;
      const mean = (sum >>> 2) & SECOND_BYTES;
      pairs[to] = mean | (mean >>> 8);
    }
  }
}

/** For every other size. Plain numbers, no objects: it runs a million times a second. */
function blend(plan: PlanePlan, source: Uint8Array, target: Uint8Array): void {
  const { width, height, stride, across, down } = plan;
  const { first, second, share } = across;
  for (let y = 0; y < height; y++) {
    const above = plan.from.offset + down.first[y]!;
    const below = plan.from.offset + down.second[y]!;
    const lower = down.share[y]!;
    const start = plan.offset + y * stride;
    for (let x = 0; x < width; x++) {
      const left = first[x]!;
      const right = second[x]!;
      const further = share[x]!;
      const top = (source[above + left]! << 8) + (source[above + right]! - source[above + left]!) * further;
      const bottom = (source[below + left]! << 8) + (source[below + right]! - source[below + left]!) * further;
      target[start + x] = ((top << 8) + (bottom - top) * lower + 32_768) >> 16;
    }
  }
}
