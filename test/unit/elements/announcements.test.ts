import { expect } from 'chai';
import { NO_MEDIA } from '../../../src/media/media.js';
import { answered, connected, offering, over, ringback, ringing, view, welcome } from '../service/views.js';
import { FakeService } from './fake-service.js';
import { add, announced, placeFor, until } from './page.js';

describe('what a screen reader is told by itself', () => {
  let service: FakeService;
  let place: HTMLElement;
  let heard: string[];

  beforeEach(() => {
    service = new FakeService();
    place = placeFor(service);
    heard = [];
    service.apply(welcome());
  });
  afterEach(() => place.remove());

  /** Notes each change of what the element has said. */
  function listen(element: Element): void {
    const note = (changes: MutationRecord[]): void => {
      const regions = new Set(changes.map(({ target }) => (target.parentElement ?? target) as Element));
      for (const region of regions) {
        const words = region.closest('.unseen[role]')?.textContent.trim();
        if (words) heard.push(`${element.localName}: ${words}`);
      }
    };
    for (const region of element.shadowRoot?.querySelectorAll('.unseen[role]') ?? [])
      new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
  }

  it('is each state of a call, once, by the element that shows it', async () => {
    const call = await add(place, 'omni-call', { callee: 'other', silent: '' });
    const incoming = await add(place, 'omni-incoming', { ringtone: 'none', silent: '' });
    listen(call);
    listen(incoming);
    const says = (words: string): Promise<void> => until(call, () => announced(call) === words);
    service.apply(offering());
    await says('Calling…');
    service.apply(view(ringback()));
    await says('Ringing…');
    const last = answered(ringback());
    service.apply(view(last));
    await says('Connecting…');
    const on = connected(last);
    service.apply({ type: 'media', media: { ...NO_MEDIA, link: 'joined', generation: 0 } }, view(on, Date.now()));
    await says('Connected to other');
    // Drawn anew, as for each second of the timer, it says nothing again.
    for (const element of [call, incoming]) {
      element.requestUpdate();
      await element.updateComplete;
    }
    service.apply(view(over(on, 'completed', 'other', 65_000)));
    await until(call, () => announced(call).startsWith('Call ended'));
    expect(heard.map((words) => words.replace(/^(omni-call: Call ended).*/, '$1'))).to.deep.equal([
      'omni-call: Calling…',
      'omni-call: Ringing…',
      'omni-call: Connecting…',
      'omni-call: Connected to other',
      'omni-call: Call ended',
    ]);
  });

  it('is a ring, at once and once', async () => {
    const incoming = await add(place, 'omni-incoming', { ringtone: 'none', silent: '' });
    listen(incoming);
    service.apply(view(ringing()));
    await until(incoming, () => announced(incoming) !== '');
    service.apply(view(ringing({ revision: 2 })));
    incoming.requestUpdate();
    await incoming.updateComplete;
    expect(heard).to.deep.equal(['omni-incoming: other is calling you by video']);
    expect(incoming.shadowRoot?.querySelector('[role=alert].unseen')?.textContent).to.contain('is calling');
  });
});
