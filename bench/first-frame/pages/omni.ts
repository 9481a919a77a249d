import type * as OmniCall from 'omni-call';
import { measure } from './bench-page.js';

// The real elements, from the call server's own script.
const element = (): Element | null => document.querySelector('omni-call, omni-incoming');

/** A visible part, in whichever of the element's shadows it is. */
function part<T extends Element>(name: string, root: ParentNode | null | undefined = element()?.shadowRoot): T | null {
  if (!root) return null;
  const found = root.querySelector<T>(`[part~='${name}']`);
  if (found) return found;
  for (const { shadowRoot } of root.querySelectorAll('*')) {
    const inside = shadowRoot && part<T>(name, shadowRoot);
    if (inside) return inside;
  }
  return null;
}

const phase = (wanted: string): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (element()?.getAttribute('phase') === wanted) resolve();
      else requestAnimationFrame(look);
    };
    look();
  });

measure(
  {
    async start({ role, me, other, server }) {
      const { getCallService } = (await import(`${server}/omni-call.js`)) as typeof OmniCall;
      const tag = document.createElement(role === 'caller' ? 'omni-call' : 'omni-incoming');
      tag.setAttribute('server', server);
      tag.setAttribute('user-id', me);
      if (role === 'caller') tag.setAttribute('callee', other);
      // As large as the picture on the others' pages. A call that comes in is in a corner.
      if (role === 'caller') tag.style.inlineSize = '640px';
      document.body.append(tag);
      await phase('idle');
      // What the others capture; the default is larger.
      await getCallService(tag)?.setResolution('VGA');
    },
    async ring() {
      part<HTMLButtonElement>('call-button')?.click();
      await phase('ringback');
    },
    async rung() {
      await phase('ringing');
    },
    async hangUp() {
      part<HTMLButtonElement>('hangup-button')?.click();
      await phase('ended');
    },
  },
  () => part<HTMLVideoElement>('remote-video'),
);
