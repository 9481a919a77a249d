import { measure } from './bench-page.js';

// The real elements, from the call server's own script.
const element = (): Element | null => document.querySelector('omni-call, omni-incoming');
const part = <T extends Element>(name: string): T | null =>
  element()?.shadowRoot?.querySelector<T>(`[part~='${name}']`) ?? null;

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
      await import(`${server}/omni-call.js`);
      const tag = document.createElement(role === 'caller' ? 'omni-call' : 'omni-incoming');
      tag.setAttribute('server', server);
      tag.setAttribute('user-id', me);
      if (role === 'caller') tag.setAttribute('callee', other);
      document.body.append(tag);
      await phase('idle');
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
