import type { Store } from '../../server/store/store.js';

/** A store that notes what it is asked: the names of its methods, in order. */
export function watched(store: Store): { store: Store; asked: string[] } {
  const asked: string[] = [];
  const note = (target: Store, name: string | symbol): unknown => {
    const value: unknown = Reflect.get(target, name, target);
    if (typeof value !== 'function') return value;
    return (...args: unknown[]): unknown => {
      asked.push(String(name));
      return Reflect.apply(value, target, args);
    };
  };
  return { store: new Proxy(store, { get: note }), asked };
}
