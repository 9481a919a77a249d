import { expect } from 'chai';
import { OmniCall, OmniDeviceSelect, OmniIncoming } from '../../../src/index.js';
import { welcome } from '../service/views.js';
import { FakeService } from './fake-service.js';
import { add, part, placeFor, textOf, until } from './page.js';

/** What a framework sets on each tag, as properties. */
const SET = {
  call: {
    server: 'http://127.0.0.1:9',
    userId: 'me',
    token: () => 'token',
    key: 'pk_key',
    displayName: 'Me',
    noPrepare: true,
    lang: 'de',
    silent: true,
    callee: 'other',
    callType: 'audiocall',
    record: true,
    ringTimeout: 20,
    caller: '',
  },
  incoming: { ringtone: 'none', autoAnswer: true, notify: true, silent: true, lang: 'ko' },
  devices: { kind: 'audioinput', preview: true, lang: 'fr' },
} as const;

const CLASSES = {
  call: class extends OmniCall {},
  incoming: class extends OmniIncoming {},
  devices: class extends OmniDeviceSelect {},
};

describe('properties', () => {
  let service: FakeService;
  let place: HTMLElement;

  beforeEach(() => {
    service = new FakeService();
    place = placeFor(service);
  });
  afterEach(() => place.remove());

  for (const name of ['call', 'incoming', 'devices'] as const) {
    it(`of <omni-${name}> that were set before the script came are kept`, async () => {
      const tag = `late-${name}`;
      const element = Object.assign(document.createElement(tag), SET[name]);
      place.append(element);
      customElements.define(tag, CLASSES[name]);
      const upgraded = element as OmniCall | OmniIncoming | OmniDeviceSelect;
      await upgraded.updateComplete;
      expect(upgraded).to.include(SET[name]);
      // They are the class's own again, so that the next change is seen.
      expect(Object.keys(upgraded)).not.to.include.members(Object.keys(SET[name]));
      upgraded.remove();
    });
  }

  it('draw what was set before the script came, and what is set after', async () => {
    const element = Object.assign(document.createElement('later-call'), { lang: 'en', callee: 'other' });
    place.append(element);
    customElements.define('later-call', class extends OmniCall {});
    const call = element as unknown as OmniCall;
    await until(call, () => textOf(call).includes('Call other'));
    call.callee = 'another';
    await until(call, () => textOf(call).includes('Call another'));
  });

  // Frameworks set null or undefined for what is left out, and take attributes away.
  const EMPTY: [string, (call: OmniCall) => void][] = [
    ['null', (call) => Object.assign(call, blank(null))],
    ['undefined', (call) => Object.assign(call, blank(undefined))],
    ['no attribute', (call) => call.removeAttribute('call-type')],
  ];
  for (const [what, empty] of EMPTY) {
    it(`are as if left out where they are ${what}`, async () => {
      service.apply(welcome());
      const call = await add(place, 'omni-call', { callee: 'other', 'call-type': 'audiocall' });
      empty(call);
      await call.updateComplete;
      part(call, 'call-button')?.click();
      await new Promise((resolve) => setTimeout(resolve));
      expect(service.asked).to.deep.equal(['createSession', 'offerCall "videocall" "other" false {}']);
      expect(call.service).to.equal(service);
    });
  }

  it('without a callee leave no button', async () => {
    const call = await add(place, 'omni-call', { callee: 'other' });
    call.removeAttribute('callee');
    await call.updateComplete;
    expect(part(call, 'call-button')).to.equal(null);
    expect(service.watched).to.deep.equal([]);
  });
});

const OPTIONAL = ['server', 'userId', 'token', 'key', 'displayName', 'callType', 'record', 'ringTimeout', 'caller'];

const blank = (value: null | undefined): object => Object.fromEntries(OPTIONAL.map((name) => [name, value]));
