import { expect } from 'chai';
import { END_REASONS, type EndReason } from '../../../src/protocol/index.js';
import { answered, connected, over, ringback, ringing, view, welcome } from '../service/views.js';
import { FakeService } from './fake-service.js';
import { add, announced, expectAccessible, part, placeFor, textOf, until, untilPart } from './page.js';

interface Expected {
  says: string;
  next: string[];
}
type Row = Record<'caller' | 'callee', Expected>;
const row = (caller: Expected, callee: Expected): Row => ({ caller, callee });
const both = (says: string): Row => row({ says, next: [] }, { says, next: [] });
const again = (says: string, ...more: string[]): Row =>
  row({ says, next: ['Call again', ...more] }, { says, next: ['Call back', ...more] });
const MISSED: Expected = { says: 'Missed call from other You can call back now.', next: ['Call back'] };

/** What each side reads when the other one ended it, and the buttons beside “Close”. */
const ENDINGS: Record<EndReason, Row> = {
  completed: again('Call ended other hung up. It lasted 1:05.'),
  declined: row(
    { says: 'other declined the call', next: ['Call again'] },
    { says: 'You declined the call', next: ['Call back'] },
  ),
  cancelled: row({ says: 'Call cancelled', next: ['Call again'] }, MISSED),
  busy: row({ says: 'other is in another call Try again in a few minutes.', next: ['Call again'] }, MISSED),
  'no-answer': row({ says: 'other did not answer Try again later.', next: ['Call again'] }, MISSED),
  unreachable: row({ says: 'other is not here right now', next: ['Call again'] }, MISSED),
  'answered-elsewhere': both('Answered on another device'),
  'declined-elsewhere': both('Declined on another device'),
  replaced: both('The call goes on in another one'),
  'connection-lost': again('The connection was lost Check your network, then call again.'),
  'permission-denied': again('other could not use a camera or microphone', 'Try voice only'),
  'media-failed': again('Sound and picture could not be sent Try again', 'Try voice only'),
  'not-allowed': both('You cannot call other'),
  'ended-by-server': again('The call was ended by the service'),
};

const buttonsOf = (element: Element): string[] =>
  [...(part(element, 'summary')?.querySelectorAll('button') ?? [])].map(textOf);

describe('a call that is over', () => {
  let service: FakeService;
  let place: HTMLElement;

  beforeEach(() => {
    service = new FakeService();
    place = placeFor(service);
    service.apply(welcome());
  });
  afterEach(() => place.remove());

  for (const reason of END_REASONS) {
    for (const side of ['caller', 'callee'] as const) {
      it(`tells its ${side} of ${reason}`, async () => {
        const tag = side === 'caller' ? 'omni-call' : 'omni-incoming';
        const element = await add(place, tag, side === 'caller' ? { callee: 'other' } : { ringtone: 'none' });
        const ring = side === 'caller' ? ringback() : ringing();
        service.apply(view(ring));
        if (reason === 'completed') {
          const last = connected(answered(ring));
          service.apply(view(last), view(over(last, reason, 'other', 65_000)));
        } else service.apply(view(over(ring, reason, 'other')));
        await untilPart(element, 'summary');
        const { says, next } = ENDINGS[reason][side];
        expect(textOf(element)).to.contain(says);
        expect(buttonsOf(element)).to.deep.equal([...next, 'Close']);
        expect(element.phase).to.equal('ended');
        expect(announced(element)).to.contain(says.split(' It lasted')[0]?.slice(0, 10));
        await expectAccessible(element);
      });
    }
  }

  it('says that it was one’s own refusal, and how to mend it', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    service.apply(view(ringback()), view(over(ringback(), 'permission-denied', 'me')));
    await untilPart(element, 'summary');
    expect(textOf(element)).to.contain('Allow them in your browser’s address bar, then call again.');
    expect(buttonsOf(element)).to.deep.equal(['Call again', 'Try voice only', 'Close']);
  });

  it('is called again in the same way', async () => {
    const element = await add(place, 'omni-call', { callee: 'other', record: '', 'ring-timeout': '20' });
    service.apply(view(ringback()), view(over(ringback(), 'no-answer')));
    const summary = await untilPart(element, 'summary');
    summary.querySelector('button')?.click();
    await Promise.resolve();
    expect(service.asked).to.include('offerCall "videocall" "other" true {"ringTimeout":20}');
  });

  it('is closed by its last button', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    service.apply(view(ringback()), view(over(ringback(), 'declined', 'other')));
    const summary = await untilPart(element, 'summary');
    [...summary.querySelectorAll('button')].at(-1)?.click();
    await until(element, () => part(element, 'call-button') !== null);
    expect(element.phase).to.equal('idle');
    expect(part(element, 'summary')).to.equal(null);
  });
});
