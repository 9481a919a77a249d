import { CANVAS, LARGEST, layoutFor, type PictureKind, type Side, type Tile } from './layout.js';
import { blacken, blackPicture, type Picture } from './picture.js';
import { Reducer, type View } from './reducer.js';
import { Scaler } from './scaler.js';

/** One frame of a camera or a screen. */
export interface Frame extends View {
  /** Milliseconds from the beginning of the file. */
  readonly at: number;
}

interface Waiting extends View {
  /** The number of the first picture of the film that shows it. */
  readonly due: number;
}

/** More waiting frames than this are those of an encoder that is far behind. */
const MOST_WAITING = 15;

interface Source {
  readonly side: Side;
  readonly kind: PictureKind;
  hidden: boolean;
  readonly reducer: Reducer;
  current: View | null;
  /** All but the last of them reduced: one that is the next to be shown may yet be overtaken. */
  waiting: Waiting[];
}

/** What a place of the canvas shows now. */
interface Drawn extends View {
  readonly scaler: Scaler;
}

/** Puts the pictures of both sides onto one canvas, as they were at a given position. */
export class Stage {
  /** Milliseconds from one picture of the film to the next. */
  readonly #interval: number;
  readonly #canvas = blackPicture(CANVAS.width, CANVAS.height);
  #cards: readonly [Picture, Picture] | null = null;
  /** In the order in which they came: the newest one counts. */
  readonly #sources = new Map<string, Source>();
  readonly #drawn = new Map<Tile, Drawn>();
  #layout: readonly Tile[] = [];

  /** `rate`: pictures a second. */
  constructor(rate: number) {
    this.#interval = 1000 / rate;
  }

  /** What is shown for a side without a picture. Before, it is black. */
  deal(cards: readonly [Picture, Picture]): void {
    this.#cards = cards;
  }

  add(id: string, source: { side: Side; kind: PictureKind; hidden: boolean }): void {
    this.#sources.set(id, { ...source, reducer: new Reducer(LARGEST[source.kind]), current: null, waiting: [] });
  }

  remove(id: string): void {
    this.#sources.delete(id);
  }

  hide(id: string, hidden: boolean): void {
    const source = this.#sources.get(id);
    if (source) Object.assign(source, { hidden, current: null, waiting: [] });
  }

  frame(id: string, { at, ...view }: Frame): void {
    const source = this.#sources.get(id);
    if (!source || source.hidden) return;
    const { waiting, reducer } = source;
    // What comes up to half a picture later is nearer to this one than to the next.
    const due = Math.ceil(at / this.#interval - 0.5);
    const last = waiting.pop();
    if (last && last.due < due) waiting.push(reducer.reduce(last));
    waiting.push({ ...view, due });
    if (waiting.length > MOST_WAITING) reducer.giveBack(waiting.shift()!);
  }

  /** The canvas of the film's picture of this number. It is the same object each time, drawn over. */
  at(number: number): Picture {
    for (const source of this.#sources.values()) advance(source, number);
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

  #draw(tile: Tile, { picture, rotation }: View): void {
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

function advance(source: Source, number: number): void {
  while (source.waiting[0] && source.waiting[0].due <= number) {
    if (source.current) source.reducer.giveBack(source.current);
    source.current = source.waiting.shift() ?? null;
  }
}
