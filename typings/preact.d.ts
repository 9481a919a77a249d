// Written by scripts/manifest.mjs.
import type { HTMLAttributes } from 'preact';
import type { OmniCall, OmniDeviceSelect, OmniIncoming } from '../dist/index.js';
import type {
  OmniCallAttributes,
  OmniCallEvents,
  OmniDeviceSelectAttributes,
  OmniDeviceSelectEvents,
  OmniIncomingAttributes,
  OmniIncomingEvents,
} from './elements.js';

type Tag<Element extends EventTarget, Attributes, Events> = HTMLAttributes<Element> &
  Omit<Attributes, 'key'> & { [Name in keyof Events & string as `on${Name}`]?: (event: Events[Name]) => void };

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'omni-call': Tag<OmniCall, OmniCallAttributes, OmniCallEvents>;
      'omni-device-select': Tag<OmniDeviceSelect, OmniDeviceSelectAttributes, OmniDeviceSelectEvents>;
      'omni-incoming': Tag<OmniIncoming, OmniIncomingAttributes, OmniIncomingEvents>;
    }
  }
}
