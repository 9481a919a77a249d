import { expect } from 'chai';
import { NO_LOCAL_MEDIA, NO_MEDIA, NO_REMOTE_MEDIA } from '../../../src/media/media.js';
import { CALL_TYPE, OmniCallError } from '../../../src/protocol/index.js';
import { answered, connected, offering, over, party, ringback, ringing, view, welcome } from '../service/views.js';
import { FakeService } from './fake-service.js';
import { add, announced, expectAccessible, part, placeFor, textOf, until, untilPart } from './page.js';

const DATA = { subject: '<b>Order</b> 17', note: '<img src=x onerror=alert(1)>' };

describe('what a call shows', () => {
  let service: FakeService;
  let place: HTMLElement;

  beforeEach(() => {
    service = new FakeService();
    place = placeFor(service);
  });
  afterEach(() => place.remove());

  it('before there is a session: the button, which opens one by itself', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    expect(element.getAttribute('phase')).to.equal('offline');
    part(element, 'call-button')?.click();
    await new Promise((resolve) => setTimeout(resolve));
    expect(service.asked).to.deep.equal(['createSession', 'offerCall "videocall" "other" false {}']);
    await expectAccessible(element);
  });

  it('while the server is down: why nothing works; and the button again when it is back', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    const errors: string[] = [];
    element.addEventListener('omni-error', ({ code, retryable }) => errors.push(`${code} ${retryable}`));
    const lost = () => ({
      ...({ type: 'lost', final: false, at: 1 } as const),
      problem: new OmniCallError('unreachable', 'gone'),
    });
    service.apply(welcome(), lost(), lost(), lost());
    await until(element, () => part(element, 'notice') !== null);
    expect(element.phase).to.equal('offline');
    expect(textOf(element)).to.contain('The call service cannot be reached. Trying again…');
    expect(announced(element)).to.contain('cannot be reached');
    await expectAccessible(element);
    service.apply(welcome());
    await until(element, () => part(element, 'notice') === null);
    expect(element.phase).to.equal('idle');
    expect(errors).to.deep.equal(['unreachable true']);
  });

  it('idle: whether the callee can be reached', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    expect(service.watched).to.deep.equal(['other']);
    service.apply(welcome(), { type: 'presence', presence: { other: 'busy' } });
    await until(element, () => textOf(element).includes('other is in a call'));
    service.apply({ type: 'presence', presence: { other: 'active' } });
    await until(element, () => textOf(element).includes('other is available'));
    await expectAccessible(element);
    element.callee = 'another';
    await element.updateComplete;
    expect(service.watched).to.deep.equal(['another']);
    expect(textOf(element)).not.to.contain('available');
  });

  it('dialing and ringback: whom it calls, and the way out', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    service.apply(welcome(), offering());
    const hangUp = await untilPart(element, 'hangup-button');
    expect(element.phase).to.equal('dialing');
    expect(textOf(element)).to.contain('other Calling…');
    service.apply(view(ringback({ callee: party('other', { displayName: 'Other <i>Person</i>' }) })));
    await until(element, () => textOf(element).includes('Ringing…'));
    expect(element.phase).to.equal('ringback');
    expect(textOf(element)).to.contain('Other <i>Person</i>');
    expect(announced(element)).to.equal('Ringing…');
    expect(hangUp.getAttribute('aria-label')).to.equal('Cancel call');
    await expectAccessible(element);
    hangUp.click();
    expect(service.asked).to.deep.equal(['leave']);
  });

  it('ringing: who calls and what came with it, as text; and the ways to answer', async () => {
    const element = await add(place, 'omni-incoming', { ringtone: 'none' });
    service.apply(welcome(), view(ringing({ data: DATA, recording: 'requested' })));
    const answer = await untilPart(element, 'answer-button');
    expect(element.phase).to.equal('ringing');
    const words = textOf(element);
    expect(words).to.contain('Incoming video call');
    expect(words).to.contain(DATA.subject).and.to.contain(DATA.note);
    expect(words).to.contain('This call will be recorded');
    expect(element.shadowRoot?.querySelector('img, b, i')).to.equal(null);
    expect(announced(element)).to.equal('other is calling you by video. This call will be recorded');
    await until(element, () => element.shadowRoot?.activeElement === part(element, 'surface'));
    await expectAccessible(element);
    answer.click();
    part(element, 'answer-audio-button')?.click();
    part(element, 'decline-button')?.click();
    expect(service.asked).to.deep.equal(['answerCall', 'answerCall "audiocall"', 'leave']);
  });

  it('ringing: has the element of the first picture ready, and shows nothing of it', async () => {
    const element = await add(place, 'omni-incoming', { ringtone: 'none' });
    const cameraToCome = document.createElement('canvas').captureStream().getVideoTracks()[0] ?? null;
    const media = { ...NO_MEDIA, link: 'joined' as const, remote: { ...NO_REMOTE_MEDIA, cameraToCome } };
    service.apply(welcome(), view(ringing({})), { type: 'media', media });
    await untilPart(element, 'answer-button');
    const video = element.shadowRoot?.querySelector<HTMLVideoElement>('.remote');
    await until(element, () => Boolean(video?.srcObject));
    expect(video?.hidden).to.equal(true);
    expect((video?.srcObject as MediaStream).getTracks()).to.deep.equal([cameraToCome]);
    cameraToCome?.stop();
  });

  it('ringing for voice: nothing of video', async () => {
    const element = await add(place, 'omni-incoming', { ringtone: 'none' });
    service.apply(welcome(), view(ringing({ callType: CALL_TYPE.AUDIO_CALL })));
    await untilPart(element, 'answer-button');
    expect(textOf(element)).to.contain('Incoming voice call');
    expect(part(element, 'answer-audio-button')).to.equal(null);
    await expectAccessible(element);
  });

  it('connecting, connected and reconnecting', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    const last = answered(ringback());
    service.apply(welcome(), view(ringback()), view(last));
    await untilPart(element, 'mute-audio-button');
    expect(element.phase).to.equal('connecting');
    expect(part(element, 'status')?.textContent).to.equal('Connecting…');
    expect(part(element, 'timer')).to.equal(null);
    const on = connected(last, { connectedMsAgo: 65_000 });
    service.apply({ type: 'media', media: { ...NO_MEDIA, link: 'joined', generation: 0 } }, view(on, Date.now()));
    await untilPart(element, 'timer');
    expect(element.phase).to.equal('connected');
    expect(part(element, 'timer')?.textContent).to.match(/^1:0\d$/);
    expect(announced(element)).to.equal('Connected to other');
    await expectAccessible(element);
    service.apply(view({ ...on, revision: 9, callee: { ...on.callee, away: true } }, Date.now()));
    await untilPart(element, 'status');
    expect(element.phase).to.equal('reconnecting');
    expect(part(element, 'status')?.textContent).to.equal('other lost the connection. Waiting…');
    await expectAccessible(element);
  });
});

describe('a connected call', () => {
  let service: FakeService;
  let place: HTMLElement;
  const on = connected(answered(ringback()));

  beforeEach(() => {
    service = new FakeService();
    place = placeFor(service);
    service.apply(welcome(), view(ringback()), view(answered(ringback())));
    service.apply({ type: 'media', media: { ...NO_MEDIA, link: 'joined', generation: 0 } }, view(on, Date.now()));
  });
  afterEach(() => place.remove());

  it('mutes and unmutes, and says which it will do', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    const mute = await untilPart(element, 'mute-audio-button');
    expect(mute.getAttribute('aria-label')).to.equal('Mute microphone');
    mute.click();
    expect(service.asked).to.deep.equal(['setMute "audio"']);
    // Nothing is shown before the service has done it.
    expect(mute.getAttribute('aria-label')).to.equal('Mute microphone');
    service.apply({ type: 'mute', track: 'audio', on: true });
    await until(element, () => mute.getAttribute('aria-label') === 'Unmute microphone');
    mute.click();
    expect(service.asked.at(-1)).to.equal('setUnmute "audio"');
  });

  it('becomes a video call from a voice call', async () => {
    service.apply(view({ ...on, revision: 8, callType: CALL_TYPE.AUDIO_CALL }, Date.now()));
    service.apply({ type: 'mute', track: 'video', on: true });
    const element = await add(place, 'omni-call', { callee: 'other' });
    const camera = await untilPart(element, 'mute-video-button');
    expect(camera.getAttribute('aria-label')).to.equal('Turn camera on');
    camera.click();
    expect(service.asked).to.deep.equal(['setUnmute "video"']);
  });

  it('shows the other side’s mute, screen and the recording', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    const callee = { ...on.callee, muted: { audio: true, video: false }, sharing: true };
    service.apply(view({ ...on, revision: 8, callee, recording: 'recording' }, Date.now()));
    await untilPart(element, 'recording');
    expect(textOf(element)).to.contain('Recording other is muted other is sharing a screen');
    await expectAccessible(element);
  });

  it('gives a picture its source once: set anew, a video begins anew', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    const camera = document.createElement('canvas').captureStream().getVideoTracks()[0] ?? null;
    const media = { ...NO_MEDIA, link: 'joined' as const, remote: { ...NO_REMOTE_MEDIA, camera } };
    service.apply({ type: 'media', media });
    await untilPart(element, 'remote-video');
    const video = part(element, 'remote-video') as HTMLVideoElement;
    await until(element, () => video.srcObject !== null);
    let begun = 0;
    video.addEventListener('emptied', () => begun++);
    element.requestUpdate();
    await element.updateComplete;
    await new Promise((resolve) => setTimeout(resolve));
    expect(begun).to.equal(0);
    camera?.stop();
  });

  it('says what is wrong with a device, and what mends it', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    const errors: string[] = [];
    element.addEventListener('omni-error', ({ code }) => errors.push(code));
    const problem = new OmniCallError('device-in-use', 'busy');
    const local = { ...NO_LOCAL_MEDIA, video: { state: 'failed' as const, problem } };
    const media = { ...NO_MEDIA, link: 'joined' as const, generation: 0, local };
    service.apply({ type: 'media', media });
    service.apply({ type: 'media', media: { ...media, local: { ...local } } });
    const notice = await untilPart(element, 'notice');
    expect(notice.textContent).to.contain('Another program is using your camera.');
    notice.querySelector('button')?.click();
    expect(service.asked).to.deep.equal(['retryDevices']);
    const camera = await untilPart(element, 'mute-video-button');
    expect([camera.ariaLabel, camera.dataset['look']]).to.deep.equal(['Turn camera on', 'off']);
    camera.click();
    expect(service.asked).to.deep.equal(['retryDevices', 'retryDevices']);
    expect(errors).to.deep.equal(['device-in-use']);
    await expectAccessible(element);
  });

  it('mends blocked sound by one tap', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    const remote = { ...NO_REMOTE_MEDIA, playbackBlocked: true };
    service.apply({ type: 'media', media: { ...NO_MEDIA, link: 'joined', generation: 0, remote } });
    const notice = await untilPart(element, 'notice');
    expect(notice.textContent).to.contain('Your browser keeps the sound off.');
    notice.querySelector('button')?.click();
    expect(service.asked).to.deep.equal(['startPlayback']);
  });

  it('shows messages as text, counts those unread, and sends', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    const button = await untilPart(element, 'messages-button');
    const heard: string[] = [];
    element.addEventListener('omni-message', ({ message }) => heard.push(message));
    const text = '<b>hi</b>\n  there';
    service.tell({ cmd: 'MESSAGE_EVENT', session: 'call', user_id: 'other', message: text });
    await until(element, () => button.getAttribute('aria-label') === 'Messages, 1 unread');
    button.click();
    const panel = await untilPart(element, 'messages');
    expect(panel.querySelector('.text')?.textContent).to.equal(text);
    expect(heard).to.deep.equal([text]);
    await expectAccessible(element);
    const input = panel.querySelector('input') as HTMLInputElement;
    input.value = 'hello';
    service.refusal = new OmniCallError('unreachable', 'gone');
    panel.querySelector('form')?.requestSubmit();
    await until(element, () => textOf(panel).includes('Not sent. Try again.'));
    expect(input.value).to.equal('hello');
    panel.querySelector('form')?.requestSubmit();
    await until(element, () => textOf(panel).includes('hello'));
    expect(service.asked).to.deep.equal(['sendMessage "hello"', 'sendMessage "hello"']);
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await until(element, () => part(element, 'messages') === null);
  });

  it('tells what failed, once, in an event and in words', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    const errors: unknown[] = [];
    document.addEventListener('omni-error', (event) => errors.push(event), { once: true });
    service.refusal = new OmniCallError('rate-limited', 'slow down');
    (await untilPart(element, 'mute-audio-button')).click();
    const notice = await untilPart(element, 'notice');
    expect(notice.textContent).to.contain('Too many calls in a short time.');
    expect(errors).to.have.length(1);
    expect(errors[0]).to.include({ code: 'rate-limited', message: 'slow down', retryable: true });
  });

  it('says what failed until something else is tried, or the call is over', async () => {
    const element = await add(place, 'omni-call', { callee: 'other' });
    const share = await untilPart(element, 'screen-button');
    const media = { ...NO_MEDIA, link: 'joined' as const, generation: 0 };
    const fail = async (): Promise<void> => {
      service.refusal = new OmniCallError('media-failed', 'no screen');
      share.click();
      await untilPart(element, 'notice');
    };
    await fail();
    service.apply({ type: 'presence', presence: { other: 'busy' } });
    service.apply({ type: 'media', media: { ...media, local: { ...NO_LOCAL_MEDIA, quality: 'poor' } } });
    await until(element, () => textOf(element).includes('You Weak connection'));
    expect(part(element, 'notice')?.textContent).to.contain('That did not work. Try again.');
    part(element, 'mute-audio-button')?.click();
    await until(element, () => part(element, 'notice') === null);
    await fail();
    service.apply(view(over(on, 'completed'), Date.now()));
    await untilPart(element, 'summary');
    expect(textOf(element)).not.to.contain('That did not work');
  });
});
