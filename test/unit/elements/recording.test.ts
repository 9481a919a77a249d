import { expect } from 'chai';
import { NO_MEDIA } from '../../../src/media/media.js';
import type { CallView, RecordingState } from '../../../src/protocol/index.js';
import { answered, connected, ringback, ringing, view, welcome } from '../service/views.js';
import { FakeService } from './fake-service.js';
import { add, announced, expectAccessible, part, placeFor, textOf, until, untilPart } from './page.js';

describe('the recording of a call', () => {
  let service: FakeService;
  let place: HTMLElement;
  const on = connected(answered(ringback()), { connectedMsAgo: 1_000 });

  beforeEach(() => {
    service = new FakeService();
    place = placeFor(service);
    service.apply(welcome());
  });
  afterEach(() => place.remove());

  const connect = (recording: RecordingState, change: Partial<CallView> = {}): void =>
    service.apply(
      { type: 'media', media: { ...NO_MEDIA, link: 'joined', generation: 0 } },
      view({ ...on, recording, ...change }, Date.now()),
    );

  for (const [tag, attributes] of [
    ['omni-incoming', { ringtone: 'none' }],
    ['omni-call', { caller: 'other' }],
  ] as const) {
    it(`is told before the answer, and can be left out of it: ${tag}`, async () => {
      const element = await add(place, tag, attributes);
      const told: string[] = [];
      element.addEventListener('omni-recording', ({ state }) => told.push(state));
      service.apply(view(ringing({ recording: 'requested' })));
      const consent = await untilPart(element, 'record-consent');
      expect(part(element, 'recording')?.textContent).to.equal('This call will be recorded');
      expect(announced(element)).to.contain('This call will be recorded');
      expect(told).to.deep.equal(['requested']);
      await expectAccessible(element);
      part(element, 'answer-button')?.click();
      const box = consent.querySelector('input') as HTMLInputElement;
      expect(box.checked).to.equal(false);
      expect(consent.textContent?.trim()).to.equal('Answer without being recorded');
      box.click();
      part(element, 'answer-button')?.click();
      part(element, 'answer-audio-button')?.click();
      expect(service.asked).to.deep.equal([
        'answerCall',
        'answerCall {"record":false}',
        'answerCall "audiocall" {"record":false}',
      ]);
    });
  }

  it('is asked about anew by the next call', async () => {
    const element = await add(place, 'omni-incoming', { ringtone: 'none' });
    service.apply(view(ringing({ recording: 'requested' })));
    (await untilPart(element, 'record-consent')).querySelector('input')?.click();
    await element.updateComplete;
    service.apply(
      view({ ...ringing(), revision: 5, stage: 'ended', ending: { reason: 'cancelled', by: 'other', durationMs: 0 } }),
    );
    service.apply(view(ringing({ session: 'next', recording: 'requested' })));
    await until(element, () => part(element, 'record-consent')?.querySelector('input')?.checked === false);
    part(element, 'answer-button')?.click();
    expect(service.asked).to.deep.equal(['answerCall']);
  });

  it('is nothing to speak of in a call that is not recorded', async () => {
    const element = await add(place, 'omni-incoming', { ringtone: 'none' });
    service.apply(view(ringing()));
    await untilPart(element, 'answer-button');
    expect(part(element, 'record-consent')).to.equal(null);
    expect(part(element, 'recording')).to.equal(null);
  });

  it('shows throughout, and is paused, resumed and stopped', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    connect('recording');
    const pause = await untilPart(element, 'record-button');
    expect(part(element, 'recording')?.textContent).to.equal('Recording');
    await until(element, () => announced(element) === 'Connected to other. Recording');
    expect(pause.getAttribute('aria-label')).to.equal('Pause recording');
    await expectAccessible(element);
    pause.click();
    // Nothing shows before it is so.
    expect(part(element, 'recording')?.textContent).to.equal('Recording');
    service.apply(view({ ...on, revision: 20, recording: 'paused' }, Date.now()));
    await until(element, () => textOf(element).includes('Recording paused'));
    expect(pause.getAttribute('aria-label')).to.equal('Resume recording');
    pause.click();
    part(element, 'record-stop-button')?.click();
    expect(service.asked).to.deep.equal(['setRecording "paused"', 'setRecording "on"', 'setRecording "off"']);
    service.apply(view({ ...on, revision: 21, recording: 'stopped' }, Date.now()));
    await until(element, () => part(element, 'record-button') === null);
    expect(part(element, 'recording')).to.equal(null);
  });

  it('is only stopped where whoever records cannot pause', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    connect('recording', { cannotPause: true });
    expect((await untilPart(element, 'record-stop-button')).getAttribute('aria-label')).to.equal('Stop recording');
    expect(part(element, 'record-button')).to.equal(null);
  });

  for (const [state, words] of [
    ['requested', 'This call will be recorded'],
    ['declined', 'Not recorded'],
    ['failed', 'Recording failed'],
  ] as const) {
    it(`says when it is ${state}, with nothing to press`, async () => {
      const element = await add(place, 'omni-call', { callee: 'other' });
      connect(state);
      await untilPart(element, 'messages-button');
      expect((await untilPart(element, 'recording')).textContent).to.equal(words);
      expect(part(element, 'record-button')).to.equal(null);
    });
  }
});
