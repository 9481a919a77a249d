import { expect } from 'chai';
import { over, ringing, view, welcome } from '../service/views.js';
import type { OmniIncoming } from '../../../src/index.js';
import { FakeService } from './fake-service.js';
import { add, placeFor, untilPart } from './page.js';

describe('the attention that a ring draws', () => {
  let service: FakeService;
  let place: HTMLElement;
  let element: OmniIncoming;

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
});
