import type { Time } from '../core/call.js';

/** Ids by the time at which they are due: a binary heap in which a changed or dropped entry is skipped when it surfaces. */
export class DueIndex {
  readonly #times = new Map<string, Time>();
  #heap: { at: Time; id: string }[] = [];

  set(id: string, at: Time | null): void {
    if (at === null) {
      this.#times.delete(id);
      return;
    }
    if (this.#times.get(id) === at) return;
    this.#times.set(id, at);
    this.#push({ at, id });
    if (this.#heap.length > 64 && this.#heap.length > 2 * this.#times.size) this.#compact();
  }

  /** Those due by now. They stay in the index until set anew. */
  due(now: Time): string[] {
    const found: string[] = [];
    const stack = [0];
    for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
      const entry = this.#heap[index];
      if (!entry || entry.at > now) continue;
      if (this.#times.get(entry.id) === entry.at) found.push(entry.id);
      stack.push(2 * index + 1, 2 * index + 2);
    }
    return found;
  }

  #push(entry: { at: Time; id: string }): void {
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const up = (index - 1) >> 1;
      const parent = heap[up];
      if (!parent || parent.at <= entry.at) break;
      heap[index] = parent;
      index = up;
    }
    heap[index] = entry;
  }

  // A sorted array is a heap.
  #compact(): void {
    this.#heap = [...this.#times].map(([id, at]) => ({ id, at })).sort((a, b) => a.at - b.at);
  }
}
