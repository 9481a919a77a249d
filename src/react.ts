'use client';

import {
  createElement,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type ReactElement,
  type Ref,
} from 'react';
import './define.js';
import { OmniCall as CallElement } from './elements/omni-call/omni-call.js';
import { OmniDeviceSelect as DeviceSelectElement } from './elements/omni-device-select/omni-device-select.js';
import { OmniIncoming as IncomingElement } from './elements/omni-incoming/omni-incoming.js';

type ElementClass = typeof CallElement | typeof DeviceSelectElement | typeof IncomingElement;
type Values = Record<string, unknown>;

interface Props extends Values {
  /** The property `key`: React keeps that name to itself. */
  publishableKey?: string;
  ref?: Ref<HTMLElement>;
}

const kebab = (letter: string): string => `-${letter.toLowerCase()}`;

/** `onOmniEnded` → `omni-ended`; null for what is no handler of an event of ours. */
const eventOf = (prop: string): string | null =>
  /^onOmni[A-Z]/.test(prop) ? prop.replace(/^on/, '').replace(/[A-Z]/g, kebab).slice(1) : null;

/**
 * The tag as a component. React takes over a server's page without handing custom elements their handlers and
 * properties, so they are handed over here; the server's page has the bare tag, and no token in it.
 */
function component(tag: string, { elementProperties }: ElementClass): (props: Props) => ReactElement {
  return function OmniComponent({ publishableKey, ref, ...props }) {
    const own = useRef<HTMLElement>(null);
    const before = useRef<Values>({});
    const values: Values = {};
    const handlers: [string, EventListener][] = [];
    const ofReact: Values = {};
    for (const [name, value] of Object.entries({ ...props, key: publishableKey, token: useSteady(props['token']) })) {
      const event = eventOf(name);
      if (value === undefined) continue;
      if (event) handlers.push([event, value as EventListener]);
      else if (elementProperties.has(name)) values[name] = value;
      else ofReact[name] = value;
    }
    useImperativeHandle(ref, () => own.current as HTMLElement);
    useLayoutEffect(() => {
      const element = own.current as HTMLElement;
      // Before the values, which may give it something to tell.
      for (const [event, handler] of handlers) element.addEventListener(event, handler);
      setValues(element as unknown as Values, values, before.current);
      return () => {
        for (const [event, handler] of handlers) element.removeEventListener(event, handler);
      };
    });
    // The element writes attributes of its own, of which the server's page knows nothing.
    return createElement(tag, { ...ofReact, ref: own, suppressHydrationWarning: true });
  };
}

/** A function that is written in place is another one each time: this one stays, and calls the last. */
function useSteady(value: unknown): unknown {
  const last = useRef(value);
  useLayoutEffect(() => {
    last.current = value;
  });
  const steady = useCallback(() => (last.current as () => unknown)(), []);
  return typeof value === 'function' ? steady : value;
}

/** What is no longer given becomes what it was `before`. */
function setValues(element: Values, values: Values, before: Values): void {
  for (const name of Object.keys(values)) if (!(name in before)) before[name] = element[name];
  Object.assign(element, before, values);
}

export const OmniCall = component('omni-call', CallElement);
export const OmniIncoming = component('omni-incoming', IncomingElement);
export const OmniDeviceSelect = component('omni-device-select', DeviceSelectElement);
