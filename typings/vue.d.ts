// Written by scripts/manifest.mjs.
import type { HTMLAttributes } from 'vue';
import type { OmniCall, OmniDeviceSelect, OmniIncoming } from '../dist/index.js';
import type {
  OmniCallAttributes,
  OmniCallEvents,
  OmniDeviceSelectAttributes,
  OmniDeviceSelectEvents,
  OmniIncomingAttributes,
  OmniIncomingEvents,
} from './elements.js';

/** `omni-ended` as `OmniEnded`. */
type Pascal<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Pascal<Rest>}`
  : Capitalize<Name>;

/** `user-id` as `userId`: what templates are checked by. */
type Camel<Name extends string> = Uncapitalize<Pascal<Name>>;

type Tag<Element, Attributes, Events> = new () => Element & {
  /** `key` is Vue’s, the tag’s is `.key`: the compiler takes both for the same. */
  $props: HTMLAttributes & { key?: PropertyKey | undefined } & {
    [Name in Exclude<keyof Attributes & string, 'key'> as Camel<Name>]?: Attributes[Name];
  } & { [Name in keyof Events & string as `on${Pascal<Name>}`]?: (event: Events[Name]) => void };
};

declare module 'vue' {
  interface GlobalComponents {
    'omni-call': Tag<OmniCall, OmniCallAttributes, OmniCallEvents>;
    'omni-device-select': Tag<OmniDeviceSelect, OmniDeviceSelectAttributes, OmniDeviceSelectEvents>;
    'omni-incoming': Tag<OmniIncoming, OmniIncomingAttributes, OmniIncomingEvents>;
  }
}
