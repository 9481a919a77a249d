import type { Box } from './picture.js';

/** 720 lines, so that a shared screen can be read. Two cameras stand side by side, each with half of the width. */
export const CANVAS = { width: 1280, height: 720 } as const;

/** The caller is 0, the callee 1. */
export type Side = 0 | 1;
export type PictureKind = 'camera' | 'screen';

/** A place of the canvas, and what it shows. */
export interface Tile {
  readonly side: Side;
  readonly kind: PictureKind;
  readonly box: Box;
}

const SIDE_BY_SIDE: readonly [Tile, Tile] = [
  { side: 0, kind: 'camera', box: { x: 0, y: 0, width: 640, height: 720 } },
  { side: 1, kind: 'camera', box: { x: 640, y: 0, width: 640, height: 720 } },
];

const withScreenOf = (side: Side): readonly [Tile, Tile, Tile] => [
  { side, kind: 'screen', box: { x: 0, y: 0, width: 1024, height: 720 } },
  { side: 0, kind: 'camera', box: { x: 1024, y: 164, width: 256, height: 192 } },
  { side: 1, kind: 'camera', box: { x: 1024, y: 364, width: 256, height: 192 } },
];

/** The largest place that a picture of each kind has. */
export const LARGEST: Readonly<Record<PictureKind, Box>> = {
  camera: SIDE_BY_SIDE[0].box,
  screen: withScreenOf(0)[0].box,
};

const SHARED = [withScreenOf(0), withScreenOf(1)] as const;

/** `sharing`: whose screen is shown. The same tiles for the same answer. */
export const layoutFor = (sharing: Side | null): readonly Tile[] => (sharing === null ? SIDE_BY_SIDE : SHARED[sharing]);
