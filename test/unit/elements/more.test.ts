import { expect } from 'chai';
import { NO_LOCAL_MEDIA, NO_MEDIA, NO_REMOTE_MEDIA, type Quality } from '../../../src/media/media.js';
import { OmniCallError } from '../../../src/protocol/index.js';
import type { OmniCall } from '../../../src/index.js';
import { answered, connected, over, ringback, view, welcome } from '../service/views.js';
import { FakeService } from './fake-service.js';
import { add, expectAccessible, part, placeFor, textOf, until, untilPart } from './page.js';

describe('what a connected call offers beside its buttons', () => {
  let service: FakeService;
  let place: HTMLElement;
  let element: OmniCall;
  const on = connected(answered(ringback()));
  const joined = { ...NO_MEDIA, link: 'joined' as const, generation: 0 };

  beforeEach(async () => {
    service = new FakeService();
    place = placeFor(service);
    service.apply(welcome(), view(ringback()), view(answered(ringback())));
    service.apply({ type: 'media', media: joined }, view(on, Date.now()));
    element = await add(place, 'omni-call', { callee: 'other' });
    await untilPart(element, 'more-button');
  });
  afterEach(() => place.remove());

  const press = (key: string, target: Element | null = part(element, 'surface'), type = 'keydown'): boolean =>
    target!.dispatchEvent(
      new KeyboardEvent(type, {
        key,
        code: `Key${key.toUpperCase()}`,
        bubbles: true,
        composed: true,
        cancelable: true,
      }),
    );
  const opened = async (): Promise<HTMLElement> => {
    part(element, 'more-button')?.click();
    return untilPart(element, 'more');
  };
  const tell = (mine: Quality, theirs: Quality): void =>
    service.apply({
      type: 'media',
      media: {
        ...joined,
        local: { ...NO_LOCAL_MEDIA, quality: mine },
        remote: { ...NO_REMOTE_MEDIA, quality: theirs },
      },
    });

  it('opens and closes by its button, by its key and by Escape, and takes the place of the messages', async () => {
    const panel = await opened();
    expect(part(element, 'more-button')?.getAttribute('aria-expanded')).to.equal('true');
    await expectAccessible(element);
    press('Escape', panel);
    await until(element, () => part(element, 'more') === null);
    press('?');
    await untilPart(element, 'more');
    part(element, 'messages-button')?.click();
    await untilPart(element, 'messages');
    expect(part(element, 'more')).to.equal(null);
    press('c');
    await until(element, () => part(element, 'messages') === null);
  });

  it('lists the keys that there are, and each does what it says', async () => {
    const panel = await opened();
    const keys = [...panel.querySelectorAll('kbd')].map(({ textContent }) => textContent);
    expect(keys).to.include.members(['M', 'T', 'V', 'C', '?']);
    press('m');
    press('v');
    expect(service.asked).to.deep.equal(['setMute "audio"', 'setMute "video"']);
  });

  it('hears no key outside of the widget, none in a text, and none that is held', async () => {
    press('m', document.body);
    part(element, 'messages-button')?.click();
    const messages = await untilPart(element, 'messages');
    press('m', messages.querySelector('input'));
    part(element, 'surface')?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'm', code: 'KeyM', bubbles: true, repeat: true }),
    );
    expect(service.asked).to.deep.equal([]);
  });

  it('lets a muted person talk while the key is held', async () => {
    press('t');
    expect(service.asked, 'who is not muted is heard anyway').to.deep.equal([]);
    service.apply({ type: 'mute', track: 'audio', on: true });
    await element.updateComplete;
    press('t');
    expect(service.asked).to.deep.equal(['setUnmute "audio"']);
    press('t', document.body, 'keyup');
    expect(service.asked).to.deep.equal(['setUnmute "audio"', 'setMute "audio"']);
  });

  it('says how good each side’s connection is, by bars always and in words where it is weak', async () => {
    const side = (which: string) => element.shadowRoot!.querySelector<HTMLElement>(`[data-side="${which}"]`);
    expect(side('me'), 'unknown is not said').to.equal(null);
    tell('excellent', 'good');
    await until(element, () => side('peer') !== null);
    expect(side('peer')?.title).to.equal('other: Good connection');
    expect(textOf(element)).not.to.contain('connection');
    tell('poor', 'lost');
    await until(element, () =>
      ['You Weak connection', 'No connection'].every((words) => textOf(element).includes(words)),
    );
    await expectAccessible(element);
    const panel = await opened();
    expect(panel.textContent).to.contain('Weak connection');
  });

  it('says which side has given up the other’s picture, as long as it has', async () => {
    const words = () => part(element, 'notice')?.textContent.trim() ?? '';
    service.apply({ type: 'media', media: { ...joined, remote: { ...NO_REMOTE_MEDIA, givenUp: true } } });
    await until(element, () => words().startsWith('Your connection is too weak for the picture.'));
    service.apply({ type: 'media', media: joined });
    await until(element, () => words() === '');
    const callee = { ...on.callee, voiceOnly: true };
    service.apply(view({ ...on, revision: on.revision + 1, callee }, Date.now()));
    await until(element, () => words().includes('The connection of other is too weak for your picture'));
    service.apply(view({ ...on, revision: on.revision + 2 }, Date.now()));
    await until(element, () => words() === '');
  });

  it('sets how loud the other side is', async () => {
    const panel = await opened();
    const slider = panel.querySelector<HTMLInputElement>('input[type="range"]')!;
    expect(slider.valueAsNumber).to.equal(1);
    slider.value = '0.4';
    slider.dispatchEvent(new Event('input'));
    expect(service.asked).to.deep.equal(['setVolume 0.4']);
    service.apply({ type: 'media', media: { ...joined, remote: { ...NO_REMOTE_MEDIA, volume: 0.4 } } });
    await until(element, () => slider.getAttribute('aria-valuetext') === '40 %');
  });

  const device = (deviceId: string, selected = false) => ({
    deviceId,
    label: `${deviceId}’s name`,
    groupId: '',
    selected,
  });
  const lists = {
    videoinput: [device('camera', true), device('other camera')],
    audioinput: [device('microphone', true)],
    audiooutput: [device('speaker', true)],
  };
  const selects = (panel: HTMLElement) => [...panel.querySelectorAll<HTMLSelectElement>('[part="device-list"]')];

  it('chooses devices, and shows the one in use where another could not be had', async () => {
    service.apply({ type: 'devices', devices: lists });
    const panel = await opened();
    await until(element, () => selects(panel).some(({ value }) => value === 'camera'));
    const [cameras] = selects(panel);
    const choose = (id: string): void => {
      cameras!.value = id;
      cameras!.dispatchEvent(new Event('change'));
    };
    service.refusal = new OmniCallError('device-in-use', 'Another program has it.');
    choose('other camera');
    await until(element, () => part(element, 'notice') !== null && cameras!.value === 'camera');
    choose('other camera');
    await until(element, () => part(element, 'notice') === null);
    expect(service.asked).to.deep.equal(['setVideoDevice "other camera"', 'setVideoDevice "other camera"']);
    const moved = [device('camera'), device('other camera', true)];
    service.apply({ type: 'devices', devices: { ...lists, videoinput: moved } });
    await until(element, () => cameras!.value === 'other camera');
    await expectAccessible(element);
  });

  it('says which device went away and which took its place, until that is read', async () => {
    service.apply({ type: 'devices', devices: lists });
    service.apply({ type: 'devices', devices: { ...lists, videoinput: [device('other camera', true)] } });
    const notice = await untilPart(element, 'notice');
    expect(notice.textContent).to.contain('“camera’s name” is not there any more. Now in use: “other camera’s name”.');
    notice.querySelector('button')!.click();
    await until(element, () => part(element, 'notice') === null);
    service.apply({ type: 'devices', devices: { ...lists, videoinput: [] } });
    expect((await untilPart(element, 'notice')).textContent).to.contain('“other camera’s name” is not there any more.');
  });

  it('is gone with the call', async () => {
    await opened();
    service.apply(view(over(on, 'completed'), Date.now()));
    await until(element, () => part(element, 'more') === null);
    expect(part(element, 'more-button')).to.equal(null);
    press('m');
    expect(service.asked).to.deep.equal([]);
    const next = ringback({ session: 'next' });
    service.apply(view(next), view(answered(next)), { type: 'media', media: joined });
    service.apply(view(connected(answered(next)), Date.now()));
    await untilPart(element, 'more-button');
    expect(part(element, 'more')).to.equal(null);
  });
});
