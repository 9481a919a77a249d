import { OmniCall } from './elements/omni-call/omni-call.js';
import { OmniDeviceSelect } from './elements/omni-device-select/omni-device-select.js';
import { OmniIncoming } from './elements/omni-incoming/omni-incoming.js';

/** A tag that another copy of the script has taken stays that copy's. */
function define(tag: string, element: CustomElementConstructor): void {
  if (!globalThis.customElements.get(tag)) globalThis.customElements.define(tag, element);
}

// The server renders the tags alone.
if ('customElements' in globalThis) {
  define('omni-call', OmniCall);
  define('omni-incoming', OmniIncoming);
  define('omni-device-select', OmniDeviceSelect);
}
