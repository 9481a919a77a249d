import { median, percentile } from './stats.js';

/** One thing that was measured: of omni-call, and in most cases of a peer that ran beside it. */
export interface Figure {
  what: string;
  unit: string;
  /** Every value, in the order in which they were measured. */
  ours: readonly number[];
  /** Left out: the limit is of the value itself. */
  peer?: { name: string; values: readonly number[] };
  /** At most: times the peer's value, or the value itself. Left out: told, and held against nothing. */
  atMost?: number;
  /** Which of the values counts. Default: the median. */
  at?: 'median' | 'p99';
}

export interface Measurement {
  /** One line: what was compared, and how. */
  compared: string;
  figures: readonly Figure[];
}

export interface Summary {
  ours: number;
  peer: number | null;
  /** What is held against the limit: the ratio, or the value itself where there is no peer. */
  held: number;
  reached: boolean | null;
}

export function summaryOf({ ours, peer, atMost, at = 'median' }: Figure): Summary {
  const pick = (values: readonly number[]): number => (at === 'median' ? median(values) : percentile(values, 0.99));
  const own = pick(ours);
  const others = peer ? pick(peer.values) : null;
  const held = others === null ? own : own / others;
  return { ours: own, peer: others, held, reached: atMost === undefined ? null : held <= atMost };
}

/** Three digits that count. */
export const short = (value: number): string =>
  Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

const ofRange = (values: readonly number[]): string =>
  values.length > 1 ? ` (${short(Math.min(...values))}–${short(Math.max(...values))}, n=${values.length})` : '';

/** A figure, in one line for people. */
export function lineOf(figure: Figure): string {
  const { ours, peer, held, reached } = summaryOf(figure);
  const { what, unit, atMost, at } = figure;
  const own = `${short(ours)} ${unit}${at === 'p99' ? ' at p99' : ''}${ofRange(figure.ours)}`;
  const other =
    figure.peer && peer !== null
      ? `, ${figure.peer.name} ${short(peer)}${ofRange(figure.peer.values)}: ${held.toFixed(2)} ×`
      : '';
  const limit =
    atMost === undefined
      ? ''
      : ` — at most ${atMost}${figure.peer ? ' ×' : ` ${unit}`}: ${reached ? 'reached' : 'NOT reached'}`;
  return `${what}: ${own}${other}${limit}`;
}
