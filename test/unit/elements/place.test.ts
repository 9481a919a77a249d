import { expect } from 'chai';
import type { LitElement } from 'lit';
import type { OmniEndedEvent } from '../../../src/events.js';
import { getCallService } from '../../../src/service/shared-services.js';
import { answered, connected, offering, over, ringback, ringing, view, welcome } from '../service/views.js';
import { FakeService } from './fake-service.js';
import { add, part, placeFor, textOf, until, untilPart } from './page.js';

const afterTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const focusedPart = (element: Element): string | undefined => element.shadowRoot?.activeElement?.part.value;
/** Resolves once an update has given the focus to that part. */
async function untilFocused(element: LitElement, name: string): Promise<void> {
  await untilPart(element, name);
  await until(element, () => focusedPart(element) === name);
}
const NAMES = ['omni-phase', 'omni-ringback', 'omni-ringing', 'omni-connected', 'omni-ended', 'omni-mute'] as const;

describe('an element in its page', () => {
  let service: FakeService;
  let place: HTMLElement;

  beforeEach(() => {
    service = new FakeService();
    place = placeFor(service);
  });
  afterEach(() => place.remove());

  it('keeps its service and its call when it is moved', async () => {
    service.apply(welcome());
    const element = await add(place, 'omni-call', { callee: 'other' });
    service.apply(view(ringback()));
    await untilPart(element, 'hangup-button');
    const phases: string[] = [];
    element.addEventListener('omni-phase', ({ phase }) => phases.push(phase));
    const inner = document.createElement('div');
    place.append(inner);
    inner.append(element);
    place.prepend(element);
    await element.updateComplete;
    await afterTask();
    expect(service.asked).to.deep.equal([]);
    expect(phases).to.deep.equal([]);
    expect(element.phase).to.equal('ringback');
    expect(part(element, 'hangup-button')).not.to.equal(null);
  });

  it('lets go of everything when it is removed, and takes it up again', async () => {
    service.apply(welcome());
    const element = await add(place, 'omni-call', { callee: 'other' });
    element.remove();
    await afterTask();
    expect(service.listeners).to.equal(0);
    expect(service.watched).to.deep.equal([]);
    expect(element.phase).to.equal('offline');
    place.append(element);
    await element.updateComplete;
    expect(element.phase).to.equal('idle');
    expect(service.watched).to.deep.equal(['other']);
  });

  it('shares the service of its server and user, which stays while one of them holds it', async () => {
    const own = { server: 'http://127.0.0.1:9', 'user-id': 'me' };
    const one = await add(document.body, 'omni-call', { ...own, callee: 'other' });
    const two = await add(document.body, 'omni-incoming', own);
    const loose = await add(document.body, 'omni-device-select');
    expect(one.service).not.to.equal(null);
    expect(two.service).to.equal(one.service);
    expect(loose.service).to.equal(one.service);
    expect(getCallService()).to.equal(one.service);
    one.remove();
    await afterTask();
    expect(getCallService()).to.equal(two.service);
    two.remove();
    loose.remove();
    await afterTask();
    expect(getCallService()).to.equal(null);
  });

  for (const userId of ['me', '']) {
    it(`stays who it is with a newer token of the same person, ${userId ? 'named' : 'not named'}`, async () => {
      const tokenOf = (sub: string, exp: number): string => `e30.${btoa(JSON.stringify({ sub, exp }))}.signature`;
      const element = await add(document.body, 'omni-call', {
        server: 'http://127.0.0.1:9',
        token: tokenOf('me', 1),
        ...(userId && { 'user-id': userId }),
      });
      const { service } = element;
      for (const token of [tokenOf('me', 2), tokenOf('me', 3)]) {
        element.token = token;
        await element.updateComplete;
        await afterTask();
        expect(element.service).to.equal(service);
      }
      if (!userId) {
        element.token = tokenOf('other', 3);
        await element.updateComplete;
        expect(element.service).not.to.equal(service);
      }
      element.remove();
      while (getCallService()) await afterTask();
    });
  }

  it('starts anew with a token after its service was closed', async () => {
    const own = { server: 'http://127.0.0.1:9', 'user-id': 'me', token: 'one' };
    const element = await add(document.body, 'omni-call', own);
    const { service } = element;
    await service?.close();
    element.token = 'two';
    await element.updateComplete;
    expect(element.service).not.to.equal(service);
    element.remove();
    while (getCallService()) await afterTask();
  });

  it('follows its attributes to another user', async () => {
    const element = await add(document.body, 'omni-incoming', { server: 'http://127.0.0.1:9', 'user-id': 'one' });
    const first = element.service;
    element.userId = 'two';
    await element.updateComplete;
    expect(element.service).not.to.equal(first);
    await afterTask();
    expect(getCallService()).to.equal(element.service);
    element.remove();
    await afterTask();
  });

  it('looks around once for the service of its place', async () => {
    let looks = 0;
    place.addEventListener('context-request', () => looks++, { capture: true });
    for (const tag of ['omni-call', 'omni-incoming', 'omni-device-select'] as const) {
      looks = 0;
      const element = await add(place, tag);
      await afterTask();
      expect([element.service === service, looks], tag).to.deep.equal([true, 1]);
    }
  });

  it('gives its service to those inside it', async () => {
    const outer = await add(document.body, 'omni-call', { server: 'http://127.0.0.1:9', 'user-id': 'outer' });
    const inner = await add(outer, 'omni-device-select');
    expect(inner.service).to.equal(outer.service);
    expect(getCallService(inner)).to.equal(outer.service);
    outer.remove();
    await afterTask();
  });

  it('tells of each thing once, whatever number of elements share the service', async () => {
    service.apply(welcome());
    const call = await add(place, 'omni-call', { callee: 'other' });
    const incoming = await add(place, 'omni-incoming', { ringtone: 'none' });
    const heard: string[] = [];
    const note = (event: Event): void => {
      heard.push(`${(event.target as Element).localName} ${event.type}`);
    };
    for (const name of NAMES) place.addEventListener(name, note);
    service.apply(offering());
    service.apply({ type: 'accepted', session: 'call' }, view(ringback()));
    const on = connected(answered(ringback()));
    service.apply(view(on), view(over(on, 'completed', 'other', 5_000)), { type: 'dismiss' });
    expect(heard.filter((what) => !what.endsWith('phase'))).to.deep.equal([
      'omni-call omni-ringback',
      'omni-call omni-connected',
      'omni-call omni-ended',
    ]);
    expect(incoming.phase).to.equal('idle');
    heard.length = 0;
    service.apply(view(ringing({ session: 'second' })));
    expect(heard).to.deep.equal(['omni-incoming omni-phase', 'omni-incoming omni-ringing']);
    expect([call.phase, incoming.phase]).to.deep.equal(['idle', 'ringing']);
  });

  it('shows a call in the element of its callee', async () => {
    service.apply(welcome());
    const [one, other] = [
      await add(place, 'omni-call', { callee: 'one' }),
      await add(place, 'omni-call', { callee: 'other' }),
    ];
    service.apply(view(ringback()));
    expect([one.phase, other.phase]).to.deep.equal(['idle', 'ringback']);
    other.remove();
    await afterTask();
    expect(one.phase).to.equal('ringback');
  });

  it('leaves prompt and summary to a page that cancels its events', async () => {
    service.apply(welcome());
    const element = await add(place, 'omni-incoming');
    element.addEventListener('omni-ringing', (event) => event.preventDefault());
    let ended: OmniEndedEvent | null = null;
    element.addEventListener('omni-ended', (event) => {
      ended = event;
      event.preventDefault();
    });
    service.apply(view(ringing()));
    await element.updateComplete;
    expect(element.phase).to.equal('ringing');
    expect(part(element, 'answer-button')).to.equal(null);
    expect(document.title).not.to.contain('calling');
    service.apply(view(answered(ringing())));
    // Answered by the page, it is the element's to show again.
    await untilPart(element, 'hangup-button');
    service.apply(view(over(connected(answered(ringing())), 'completed', 'other', 7_000)));
    await until(element, () => part(element, 'surface') === null);
    expect(ended).to.include({ reason: 'completed', by: 'other', durationMs: 7_000, session: 'call' });
    expect(part(element, 'summary')).to.equal(null);
  });

  it('answers by itself where the page wants that', async () => {
    service.apply(welcome());
    await add(place, 'omni-incoming', { 'auto-answer': '' });
    service.apply(view(ringing()));
    expect(service.asked).to.deep.equal(['answerCall {"record":false}']);
  });

  it('answers a call from a link, and says when it is over', async () => {
    service.apply(welcome());
    const element = await add(place, 'omni-call', { caller: 'other' });
    expect(textOf(element)).to.contain('Answer other’s call');
    const { OmniCallError } = await import('../../../src/protocol/errors.js');
    service.refusal = null;
    const answer = part(element, 'answer-button');
    answer?.click();
    await afterTask();
    expect(service.asked).to.deep.equal(['createSession', 'answerCall "videocall" "other"']);
    const answering = service.answerCall;
    Object.assign(service, {
      answerCall: () => Promise.reject(new OmniCallError('no-such-call', 'over')),
    });
    answer?.click();
    await until(element, () => textOf(element).includes('other’s call is already over.'));
    Object.assign(service, { answerCall: answering });
  });

  it('takes the focus from nobody, and gives it on when a button goes', async () => {
    service.apply(welcome());
    const input = document.createElement('input');
    place.append(input);
    input.focus();
    const element = await add(place, 'omni-incoming', { ringtone: 'none' });
    service.apply(view(ringing()));
    const answer = await untilPart(element, 'answer-button');
    await element.updateComplete;
    expect(document.activeElement).to.equal(input);
    answer.focus();
    service.apply(view(answered(ringing())));
    const mute = await untilPart(element, 'mute-audio-button');
    await until(element, () => element.shadowRoot?.activeElement === mute);
    service.apply(view(over(answered(ringing()), 'completed', 'me')));
    const summary = await untilPart(element, 'summary');
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement).to.equal(summary.querySelector('button'));
  });

  it('rings without the focus on a button: Space that was to scroll the page must not answer', async () => {
    service.apply(welcome());
    const element = await add(place, 'omni-call', { callee: 'other' });
    service.apply(view(ringing()));
    const surface = await untilPart(element, 'surface');
    await untilFocused(element, 'surface');
    // The first stop of the tab key from there.
    expect(surface.querySelector('button')?.part.value).to.equal('answer-button');
    service.apply({ type: 'lost', problem: null, final: true, at: 2_000 }, welcome());
    await untilPart(element, 'call-button');
    await element.updateComplete;
    expect(focusedPart(element), 'nobody had put it into the widget').to.equal(undefined);
    part(element, 'call-button')?.focus();
    service.apply(view(ringing({ session: 'second' })));
    await untilFocused(element, 'answer-button');
  });

  it('leaves the focus where its owner took it, and owes it to nobody after the call', async () => {
    service.apply(welcome());
    const element = await add(place, 'omni-incoming', { ringtone: 'none' });
    service.apply(view(ringing()));
    const answer = await untilPart(element, 'answer-button');
    answer.focus();
    await element.updateComplete;
    answer.blur();
    service.apply({ type: 'presence', presence: { other: 'busy' } });
    await element.updateComplete;
    expect(focusedPart(element)).to.equal(undefined);
    service.apply(view(over(ringing(), 'declined', 'me')));
    (await untilPart(element, 'summary')).querySelector('button')?.focus();
    service.apply({ type: 'dismiss' });
    await until(element, () => part(element, 'surface') === null);
    service.apply(view(ringing({ session: 'second' })));
    await untilFocused(element, 'surface');
  });

  it('speaks the language of its attribute, else of the page', async () => {
    const element = await add(place, 'omni-call', { callee: 'other', lang: 'ko-KR' });
    await until(element, () => textOf(element).includes('other 님에게 전화'));
    document.documentElement.lang = 'ko';
    element.removeAttribute('lang');
    await element.updateComplete;
    expect(textOf(element)).to.contain('other 님에게 전화');
    document.documentElement.lang = 'en';
    await until(element, () => textOf(element).includes('Call other'));
  });
});

describe('a second copy of the script', () => {
  it('leaves the tags to the first', async () => {
    const first = customElements.get('omni-call');
    await import('../../../src/define.js?copy' as string);
    expect(customElements.get('omni-call')).to.equal(first);
  });
});
