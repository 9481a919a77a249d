// Written by scripts/manifest.mjs.
import type { HTMLAttributes, ReactElement, RefAttributes } from 'react';
import type {
  OmniCall as OmniCallElement,
  OmniDeviceSelect as OmniDeviceSelectElement,
  OmniIncoming as OmniIncomingElement,
} from '../dist/index.js';
import type {
  OmniCallAttributes,
  OmniCallEvents,
  OmniCallProperties,
  OmniDeviceSelectAttributes,
  OmniDeviceSelectEvents,
  OmniDeviceSelectProperties,
  OmniIncomingAttributes,
  OmniIncomingEvents,
  OmniIncomingProperties,
} from './elements.js';

type Tag<Element, Attributes, Events> = HTMLAttributes<Element> &
  RefAttributes<Element> &
  Omit<Attributes, 'key'> & { [Name in keyof Events & string as `on${Name}`]?: (event: Events[Name]) => void };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'omni-call': Tag<OmniCallElement, OmniCallAttributes, OmniCallEvents>;
      'omni-device-select': Tag<OmniDeviceSelectElement, OmniDeviceSelectAttributes, OmniDeviceSelectEvents>;
      'omni-incoming': Tag<OmniIncomingElement, OmniIncomingAttributes, OmniIncomingEvents>;
    }
  }
}

/** `omni-ended` as `OmniEnded`. */
type Pascal<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Pascal<Rest>}`
  : Capitalize<Name>;

type Props<Element, Properties, Events> = Omit<HTMLAttributes<Element>, keyof Properties> &
  RefAttributes<Element> &
  Omit<Properties, 'key'> & {
    /** A publishable key, for visitors without a token: the tag’s `key`, a name that React keeps to itself. */
    publishableKey?: string | undefined;
  } & { [Name in keyof Events & string as `on${Pascal<Name>}`]?: ((event: Events[Name]) => void) | undefined };

/** `<omni-call>` with properties and handlers also on a page that a server rendered. */
export declare function OmniCall(props: Props<OmniCallElement, OmniCallProperties, OmniCallEvents>): ReactElement;
/** `<omni-device-select>` with properties and handlers also on a page that a server rendered. */
export declare function OmniDeviceSelect(
  props: Props<OmniDeviceSelectElement, OmniDeviceSelectProperties, OmniDeviceSelectEvents>,
): ReactElement;
/** `<omni-incoming>` with properties and handlers also on a page that a server rendered. */
export declare function OmniIncoming(
  props: Props<OmniIncomingElement, OmniIncomingProperties, OmniIncomingEvents>,
): ReactElement;
