import type { Store } from '../../server/store/store.js';

/** What happens once the store was asked for something by that name, before the answer is given. */
type AfterAsked = (name: string) => Promise<void>;

/** A store that notes what it is asked: the names of its methods, in order. */
export function watched<Kept extends Store>(store: Kept, after?: AfterAsked): { store: Kept; asked: string[] } {
  const asked: string[] = [];
  const get = (target: Kept, name: string | symbol): unknown => {
    const value: unknown = Reflect.get(target, name, target);
    if (typeof value !== 'function') return value;
    return async (...args: unknown[]): Promise<unknown> => {
      asked.push(String(name));
      const answer: unknown = await Reflect.apply(value, target, args);
      await after?.(String(name));
      return answer;
    };
  };
  return { store: new Proxy(store, { get }), asked };
}
