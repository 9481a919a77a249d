import { CANVAS, layoutFor, type PictureKind, type Side, type Tile } from './layout.js';
import { blacken, blackPicture, type Picture, type Rotation } from './picture.js';
import { Scaler } from './scaler.js';

/** One frame of a camera or a screen. */
export interface Frame {
  readonly picture: Picture;
  readonly rotation: Rotation;
  /** Milliseconds from the beginning of the file. */
  readonly at: number;
}

/** More waiting frames than this are those of an encoder that is far behind. */
const MOST_WAITING = 15;

interface Source {
  readonly side: Side;
  readonly kind: PictureKind;
  hidden: boolean;
  current: Frame | null;
  waiting: Frame[];
}

/** What a place of the canvas shows now. */
interface Drawn {
  readonly picture: Picture;
  readonly rotation: Rotation;
  readonly scaler: Scaler;
}

/** Puts the pictures of both sides onto one canvas, as they were at a given position. */
export class Stage {
  readonly #canvas = blackPicture(CANVAS.width, CANVAS.height);
  #cards: readonly [Picture, Picture] | null = null;
  /** In the order in which they came: the newest one counts. */
  readonly #sources = new Map<string, Source>();
  readonly #drawn = new Map<Tile, Drawn>();
  #layout: readonly Tile[] = [];

  /** What is shown for a side without a picture. Before, it is black. */
  deal(cards: readonly [Picture, Picture]): void {
    this.#cards = cards;
  }

  add(id: string, source: { side: Side; kind: PictureKind; hidden: boolean }): void {
    this.#sources.set(id, { ...source, current: null, waiting: [] });
  }

  remove(id: string): void {
    this.#sources.delete(id);
  }

  hide(id: string, hidden: boolean): void {
    const source = this.#sources.get(id);
    if (source) Object.assign(source, { hidden, current: null, waiting: [] });
  }

  frame(id: string, frame: Frame): void {
    const source = this.#sources.get(id);
    if (!source || source.hidden) return;
    source.waiting.push(frame);
    if (source.waiting.length > MOST_WAITING) source.waiting.shift();
  }

  /** The canvas at this position, in milliseconds. It is the same object each time, drawn over. */
  at(position: number): Picture {
    for (const source of this.#sources.values()) advance(source, position);
    const sharing = this.#newest(({ kind }) => kind === 'screen')?.side ?? null;
    this.#arrange(layoutFor(sharing));
    for (const tile of this.#layout) {
      const frame = this.#newest(({ side, kind }) => side === tile.side && kind === tile.kind)?.current;
      const shown = frame ?? (this.#cards && { picture: this.#cards[tile.side], rotation: 0 });
      if (shown) this.#draw(tile, shown);
    }
    return this.#canvas;
  }

  #newest(matches: (source: Source) => boolean): Source | undefined {
    return [...this.#sources.values()].findLast((source) => source.current !== null && matches(source));
  }

  #arrange(layout: readonly Tile[]): void {
    if (layout[0] === this.#layout[0]) return;
    this.#layout = layout;
    this.#drawn.clear();
    blacken(this.#canvas, { x: 0, y: 0, ...CANVAS });
  }

  #draw(tile: Tile, { picture, rotation }: Pick<Frame, 'picture' | 'rotation'>): void {
    const before = this.#drawn.get(tile);
    if (before?.picture === picture) return;
    const same =
      before?.picture.width === picture.width &&
      before.picture.height === picture.height &&
      before.rotation === rotation;
    if (!same) blacken(this.#canvas, tile.box);
    const scaler = same ? before.scaler : new Scaler(picture, rotation, this.#canvas, tile.box);
    scaler.draw(picture, this.#canvas);
    this.#drawn.set(tile, { picture, rotation, scaler });
  }
}

function advance(source: Source, position: number): void {
  while (source.waiting[0] && source.waiting[0].at <= position) source.current = source.waiting.shift() ?? null;
}
