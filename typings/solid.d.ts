// Written by scripts/manifest.mjs.
import type { JSX } from 'solid-js';
import type { OmniCall, OmniDeviceSelect, OmniIncoming } from '../dist/index.js';
import type {
  OmniCallAttributes,
  OmniCallEvents,
  OmniDeviceSelectAttributes,
  OmniDeviceSelectEvents,
  OmniIncomingAttributes,
  OmniIncomingEvents,
} from './elements.js';

type Tag<Element, Attributes, Events> = Omit<JSX.HTMLAttributes<Element>, keyof Attributes> &
  Attributes & { [Name in keyof Events & string as `on:${Name}`]?: (event: Events[Name]) => void };

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'omni-call': Tag<OmniCall, OmniCallAttributes, OmniCallEvents>;
      'omni-device-select': Tag<OmniDeviceSelect, OmniDeviceSelectAttributes, OmniDeviceSelectEvents>;
      'omni-incoming': Tag<OmniIncoming, OmniIncomingAttributes, OmniIncomingEvents>;
    }
  }
}
