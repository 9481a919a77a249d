import { expect } from 'chai';
import { over, party, ringing, view, welcome } from '../service/views.js';
import type { OmniIncoming } from '../../../src/index.js';
import { FakeService } from './fake-service.js';
import { add, placeFor, untilPart } from './page.js';

/** Resolves once the page's title is so. */
async function untilTitle(isSo: (title: string) => boolean): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (!isSo(document.title)) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(document.head, { subtree: true, childList: true, characterData: true });
    look();
  });
}

describe('the attention that a ring draws', () => {
  let service: FakeService;
  let place: HTMLElement;
  let element: OmniIncoming;
  const caller = party('other', { displayName: 'Ann  Lee' });

  beforeEach(async () => {
    document.title = 'A page';
    service = new FakeService();
    place = placeFor(service);
    element = await add(place, 'omni-incoming', { ringtone: 'none' });
    // What shows a call is loaded from the first one on.
    service.apply(welcome(), view(ringing()));
    await untilPart(element, 'answer-button');
    service.apply(view(over(ringing(), 'cancelled', 'other')));
  });
  afterEach(() => place.remove());

  it('is none where the page cancels the event', async () => {
    const titles: string[] = [];
    element.addEventListener('omni-ringing', (event) => {
      titles.push(document.title);
      event.preventDefault();
    });
    service.apply(view(ringing({ session: 'second' })));
    titles.push(document.title);
    await element.updateComplete;
    titles.push(document.title);
    expect(titles).to.deep.equal(['A page', 'A page', 'A page']);
  });

  it('leaves a title that the page sets meanwhile to the page', async () => {
    service.apply(view(ringing({ session: 'second', caller })));
    const words = 'Ann Lee is calling you by video';
    await untilTitle((title) => title === words);
    document.title = 'A page (3)';
    const titles: string[] = [];
    await untilTitle((title) => {
      titles.push(title);
      return title === words;
    });
    expect(titles).not.to.include('A page');
    service.apply(view(over(ringing({ session: 'second', caller }), 'cancelled', 'other')));
    expect(document.title).to.equal('A page (3)');
  });
});
