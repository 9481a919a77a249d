/** A picture in I420, the planes one after another without gaps. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Degrees, clockwise, by which a picture is to be turned to be upright. */
export type Rotation = 0 | 90 | 180 | 270;

/** A part of a picture. All even, so that it is whole in every plane. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One of the three planes of a picture. */
export interface Plane {
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  /** How much coarser than the picture: 1 for brightness, 2 for the colours. */
  readonly step: 1 | 2;
  readonly black: number;
}

const half = (length: number): number => (length + 1) >> 1;

export function planesOf(width: number, height: number): readonly [Plane, Plane, Plane] {
  const [brightness, colour] = [width * height, half(width) * half(height)];
  const colours = { width: half(width), height: half(height), step: 2, black: 128 } as const;
  return [
    { offset: 0, width, height, step: 1, black: 16 },
    { offset: brightness, ...colours },
    { offset: brightness + colour, ...colours },
  ];
}

export const sizeOf = (width: number, height: number): number => width * height + 2 * half(width) * half(height);

export function blackPicture(width: number, height: number): Picture {
  const picture = { width, height, data: new Uint8Array(sizeOf(width, height)) };
  blacken(picture, { x: 0, y: 0, width, height });
  return picture;
}

export function blacken({ width, height, data }: Picture, box: Box): void {
  for (const { offset, width: stride, step, black } of planesOf(width, height)) {
    for (let row = box.y / step; row < (box.y + box.height) / step; row++) {
      const start = offset + row * stride + box.x / step;
      data.fill(black, start, start + box.width / step);
    }
  }
}

/** The largest place in the box for a picture of this shape, in the middle. */
export function fitInto(box: Box, width: number, height: number): Box {
  const scale = Math.min(box.width / width, box.height / height);
  const even = (length: number): number => Math.max(2, Math.round((length * scale) / 2) * 2);
  const [w, h] = [Math.min(box.width, even(width)), Math.min(box.height, even(height))];
  const middle = (from: number, room: number): number => from + ((room >> 2) << 1);
  return { x: middle(box.x, box.width - w), y: middle(box.y, box.height - h), width: w, height: h };
}
