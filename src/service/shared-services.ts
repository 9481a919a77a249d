import { ContextEvent } from '@lit/context';
import { CallController } from './call-controller.js';
import type { CallService, CallServiceOptions } from './call-service.js';
import { callServiceContext } from './context.js';
import type { Token } from '../signalling/token-source.js';

/** A holder's share in a service. */
export interface ServiceLease {
  readonly service: CallService;
  /** Gives it another token of the same person, for the next connection. Whether it is still of use: closed, it is not. */
  renew(token: Token): boolean;
  /** Lets go of it; the last one to do so closes it. Idempotent. */
  release(): void;
}

type Listener = (service: CallService | null) => void;

interface Entry {
  options: CallServiceOptions;
  readonly service: CallController;
  holders: number;
}

interface Registry {
  /** In the order in which they came: the first is the page's shared service. */
  readonly entries: Set<Entry>;
  readonly listeners: Set<Listener>;
}

// One for the page, also where two copies of the script are on it.
const REGISTRY = Symbol.for('omni-call/services');
const page = globalThis as { [REGISTRY]?: Registry };
const registry = (): Registry => (page[REGISTRY] ??= { entries: new Set(), listeners: new Set() });

const pageService = (): CallService | null => registry().entries.values().next().value?.service ?? null;

/** Runs `change` and tells the listeners when the page's shared service is another one after it. */
function changing(change: (entries: Set<Entry>) => void): void {
  const before = pageService();
  change(registry().entries);
  const after = pageService();
  if (after === before) return;
  for (const listener of [...registry().listeners]) listener(after);
}

/** Without a user id it is the token, or the key, that says who it is. */
function isSamePerson(one: CallServiceOptions, other: CallServiceOptions): boolean {
  if (one.server !== other.server || one.userId !== other.userId) return false;
  return one.userId !== undefined || (one.token === other.token && one.key === other.key);
}

function register(options: CallServiceOptions): Entry {
  const service: CallController = new CallController({
    ...options,
    onClosed: () => changing((entries) => entries.delete(entry)),
  });
  const entry: Entry = { options, service, holders: 1 };
  changing((entries) => entries.add(entry));
  return entry;
}

function take(options: CallServiceOptions): Entry {
  // One that still tells the other side that it leaves is of no use to who comes then.
  const known = [...registry().entries].find(
    ({ service, options: theirs }) => !service.isClosing && isSamePerson(theirs, options),
  );
  if (!known) return register(options);
  known.holders += 1;
  return known;
}

/**
 * The service of that server and person, shared by all on the page who ask for the same. An element that is moved
 * lets go of it and takes it again in one task, which is why the last `release` closes it only after that.
 */
export const acquireService = (options: CallServiceOptions): ServiceLease => lease(take(options));

/** A share in a service that is there already; null for one that is none of the page's, or closed. */
export function holdService(service: CallService): ServiceLease | null {
  const known = [...registry().entries].find((entry) => entry.service === service);
  if (!known) return null;
  known.holders += 1;
  return lease(known);
}

function lease(entry: Entry): ServiceLease {
  let held = true;
  return {
    service: entry.service,
    renew: (token) => {
      if (entry.service.isClosing) return false;
      entry.options = { ...entry.options, token };
      entry.service.renewToken(token);
      return true;
    },
    release: () => {
      if (!held) return;
      held = false;
      entry.holders -= 1;
      setTimeout(() => {
        if (entry.holders === 0) void entry.service.close();
      });
    },
  };
}

/** Calls `listener` with the page's shared service, now and whenever it is another one. Returns the way to stop. */
export function watchPageService(listener: Listener): () => void {
  const { listeners } = registry();
  listeners.add(listener);
  listener(pageService());
  return () => listeners.delete(listener);
}

/**
 * A new call service; nothing happens before its `createSession`. The page holds it until `close()`, and elements
 * that name the same server and user share it. Connects in browsers only; creating one anywhere is harmless.
 */
export const createCallService = (options: CallServiceOptions): CallService => register(options).service;

/**
 * The service that an element at this place uses: the nearest provider's above it, else the page's shared one.
 * Null while there is none.
 */
export function getCallService(element: Element | Document = document): CallService | null {
  let provided: CallService | null = null;
  if (element instanceof Element) {
    const keep = (service: CallService | null): void => {
      provided = service;
    };
    element.dispatchEvent(new ContextEvent(callServiceContext, element, keep));
  }
  return provided ?? pageService();
}
