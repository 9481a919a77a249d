import { expect } from 'chai';
import { OmniCallError, type CallRecord } from '../../../src/protocol/index.js';
import type { CallStoreEvent } from '../../../src/service/call-state.js';
import { ringing, view, welcome } from '../service/views.js';
import { FakeService } from './fake-service.js';
import { add, expectAccessible, part, placeFor, textOf, until, untilPart } from './page.js';

const missedOf = (user_id: string, display_name: string | null, change: Partial<CallRecord> = {}): CallRecord => ({
  session: `call of ${user_id}`,
  stage: 'ended',
  call_type: 'videocall',
  caller: { user_id, display_name },
  callee: { user_id: 'me', display_name: null },
  data: null,
  offered_at: new Date().toISOString(),
  answered_at: null,
  connected_at: null,
  ended_at: new Date().toISOString(),
  duration_ms: 0,
  reason: 'cancelled',
  by: user_id,
  recording: 'off',
  recording_problem: null,
  ...change,
});

/** A session that begins with these. */
function welcomeWith(missed: CallRecord[]): CallStoreEvent {
  const event = welcome();
  return event.type === 'welcome' ? { ...event, welcome: { ...event.welcome, missed } } : event;
}

describe('calls that were missed', () => {
  let service: FakeService;
  let place: HTMLElement;

  beforeEach(() => {
    service = new FakeService();
    place = placeFor(service);
  });
  afterEach(() => place.remove());

  it('are there when the page is opened: who called, as text, how often, and when', async () => {
    const element = await add(place, 'omni-incoming');
    const long = missedOf('ann', '<b>Ann</b>', { offered_at: '2020-02-03T10:20:00.000Z' });
    service.apply(welcomeWith([missedOf('bea', null), missedOf('ann', '<b>Ann</b>'), long]));
    await untilPart(element, 'missed');
    const rows = [...(element.shadowRoot?.querySelectorAll('.missed li') ?? [])].map((row) => row.textContent);
    expect(rows).to.have.length(2);
    expect(rows[0]).to.contain('Missed call from bea').and.not.contain('(');
    expect(rows[1]).to.contain('Missed call from <b>Ann</b>').and.contain('(2)');
    expect(element.phase).to.equal('idle');
    await expectAccessible(element);
  });

  it('are returned one by one, the way they came', async () => {
    const element = await add(place, 'omni-incoming');
    service.apply(welcomeWith([missedOf('ann', null, { call_type: 'audiocall' }), missedOf('bea', null)]));
    (await untilPart(element, 'callback-button')).click();
    await until(element, () => !textOf(element).includes('ann'));
    expect(service.asked).to.deep.equal(['createSession', 'offerCall "audiocall" "ann" false {}']);
    part(element, 'callback-button')?.click();
    await until(element, () => part(element, 'missed') === null);
    await new Promise((resolve) => setTimeout(resolve));
    expect(service.asked.slice(2)).to.deep.equal([
      ...['createSession', 'offerCall "videocall" "bea" false {}', 'dismissMissed'],
    ]);
  });

  it('stay while nobody was reached, and later ones of somebody who was are there again', async () => {
    const element = await add(place, 'omni-incoming');
    const [ann, bea] = [missedOf('ann', null), missedOf('bea', null)];
    service.apply(welcomeWith([ann, bea]));
    const back = await untilPart(element, 'callback-button');
    service.refusal = new OmniCallError('rate-limited', 'slow down');
    back.click();
    await untilPart(element, 'notice');
    expect(textOf(element)).to.contain('ann').and.contain('Too many calls in a short time.');
    back.click();
    await until(element, () => !textOf(element).includes('ann'));
    service.apply(welcomeWith([{ ...ann, session: 'second call of ann' }, ann, bea]));
    await until(element, () => textOf(element).includes('ann'));
    expect(textOf(element)).not.to.contain('(2)');
    await new Promise((resolve) => setTimeout(resolve));
    expect(service.asked).not.to.include('dismissMissed');
  });

  it('are put away for good, and stand back for a call', async () => {
    const element = await add(place, 'omni-incoming');
    service.apply(welcomeWith([missedOf('ann', null)]));
    await untilPart(element, 'missed');
    service.apply(view(ringing()));
    await untilPart(element, 'answer-button');
    expect(part(element, 'missed')).to.equal(null);
    service.apply({ type: 'lost', problem: null, final: true, at: 2_000 }, welcomeWith([missedOf('ann', null)]));
    (await untilPart(element, 'dismiss-button')).click();
    expect(service.asked).to.deep.equal(['dismissMissed']);
    service.apply({ type: 'seen' });
    await until(element, () => part(element, 'missed') === null);
  });
});
