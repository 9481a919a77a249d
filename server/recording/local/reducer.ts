import { fitInto, sizeOf, type Box, type Picture, type Rotation } from './picture.js';
import { Scaler } from './scaler.js';

/** A picture, and how it is to be turned. */
export interface View {
  readonly picture: Picture;
  readonly rotation: Rotation;
}

/** How pictures of one size become smaller ones. */
interface Way {
  readonly from: View;
  /** Null: they are small enough. */
  readonly to: { readonly width: number; readonly height: number; readonly scaler: Scaler } | null;
}

/**
 * Makes the pictures of one source as small as they are shown at most, in memory that is used again: those that wait take a
 * quarter of what a camera sends, and nothing is left for the garbage collector.
 */
export class Reducer {
  readonly #box: Box;
  #way: Way | null = null;
  #free: Uint8Array[] = [];
  readonly #lent = new Set<Uint8Array>();

  /** `box`: the largest place that they have. */
  constructor(box: Box) {
    this.#box = box;
  }

  reduce<T extends View>(view: T): T {
    const { to } = this.#wayOf(view);
    if (!to) return view;
    const { width, height, scaler } = to;
    const data = this.#free.pop() ?? new Uint8Array(sizeOf(width, height));
    this.#lent.add(data);
    const picture = { width, height, data };
    scaler.draw(view.picture, picture);
    return { ...view, picture, rotation: 0 };
  }

  /** Nobody looks at it any more. Does nothing for one that is not of here. */
  giveBack({ picture: { width, height, data } }: View): void {
    const { to } = this.#way ?? {};
    if (this.#lent.delete(data) && to?.width === width && to.height === height) this.#free.push(data);
  }

  #wayOf({ picture, rotation }: View): Way {
    const { from } = this.#way ?? {};
    const { width, height } = from?.picture ?? {};
    if (this.#way && width === picture.width && height === picture.height && from?.rotation === rotation)
      return this.#way;
    this.#free = [];
    return (this.#way = wayOf(picture, rotation, this.#box));
  }
}

function wayOf(picture: Picture, rotation: Rotation, box: Box): Way {
  const from = { picture: { ...picture, data: new Uint8Array() }, rotation };
  const [width, height] = rotation % 180 === 0 ? [picture.width, picture.height] : [picture.height, picture.width];
  const place = fitInto(box, width, height);
  if (place.width >= width) return { from, to: null };
  const size = { x: 0, y: 0, width: place.width, height: place.height };
  const target = { width: place.width, height: place.height, data: new Uint8Array() };
  return {
    from,
    to: { width: place.width, height: place.height, scaler: new Scaler(picture, rotation, target, size) },
  };
}
