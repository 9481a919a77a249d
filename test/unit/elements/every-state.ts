import type { OmniCall, OmniDeviceSelect, OmniIncoming } from '../../../src/index.js';
import { NO_LOCAL_MEDIA, NO_MEDIA, NO_REMOTE_MEDIA, type MediaState } from '../../../src/media/media.js';
import { CALL_TYPE, OmniCallError, type CallRecord, type CallView } from '../../../src/protocol/index.js';
import type { CallStoreEvent } from '../../../src/service/call-state.js';
import { answered, connected, over, party, ringback, ringing, view, welcome } from '../service/views.js';
import { FakeService } from './fake-service.js';
import { add, placeFor, untilPart } from './page.js';

export type AnyElement = OmniCall | OmniIncoming | OmniDeviceSelect;

/** One thing that the elements may show. */
interface State {
  name: string;
  tag: 'omni-call' | 'omni-incoming' | 'omni-device-select';
  attributes?: Record<string, string>;
  events: () => CallStoreEvent[];
  /** Resolves once it is drawn. */
  drawn: (element: AnyElement) => Promise<unknown>;
}

const NAME = { displayName: 'Dr. Katharina Schmidt' };
const other = party('other', NAME);
const calling = (change: Partial<CallView> = {}): CallView => ringback({ callee: other, ...change });
const rung = (change: Partial<CallView> = {}): CallView => ringing({ caller: other, ...change });

const joined: MediaState = { ...NO_MEDIA, link: 'joined', generation: 0 };
const media = (change: Partial<MediaState> = {}): CallStoreEvent => ({
  type: 'media',
  media: { ...joined, ...change },
});

/** A call that goes on, as its caller sees it. */
function during(change: Partial<CallView> = {}, ofMedia: Partial<MediaState> = {}): CallStoreEvent[] {
  const last = answered(calling());
  const on = connected(last, { connectedMsAgo: 3_725_000 });
  return [view(calling()), view(last), media(ofMedia), view({ ...on, ...change }, Date.now())];
}

const ended = (last: CallView, ...how: [reason: Parameters<typeof over>[1], by: string]): CallStoreEvent[] => [
  view(last),
  view(over(last, ...how, 65_000)),
];

const missed: CallRecord = {
  ...{ session: 'missed', stage: 'ended', call_type: 'videocall', data: null, duration_ms: 0, reason: 'cancelled' },
  caller: { user_id: 'other', display_name: NAME.displayName },
  callee: { user_id: 'me', display_name: null },
  ...{ offered_at: '2026-02-03T10:20:00.000Z', answered_at: null, connected_at: null, ended_at: null, by: 'other' },
  ...{ recording: 'off', recording_problem: null },
};

const has = (name: string) => (element: AnyElement) => untilPart(element, name);
const opened = (button: string, panel: string) => async (element: AnyElement) => {
  (await untilPart(element, button)).click();
  await untilPart(element, panel);
};
const CALLER = { callee: 'other' };
const CALLEE = { ringtone: 'none' };
const lost = (): CallStoreEvent => ({
  ...({ type: 'lost', final: false, at: 1 } as const),
  problem: new OmniCallError('unreachable', 'gone'),
});
const failing = {
  ...NO_LOCAL_MEDIA,
  audio: { state: 'failed' as const, problem: new OmniCallError('permission-blocked-by-policy', 'refused') },
};

const picture = (): MediaStreamTrack | null =>
  document.createElement('canvas').captureStream().getVideoTracks()[0] ?? null;

/** Each thing that a call, or what is around it, may show. */
export const EVERY_STATE: readonly State[] = [
  {
    ...{ name: 'no call', tag: 'omni-call', attributes: CALLER, drawn: has('call-button') },
    events: () => [{ type: 'presence', presence: { other: 'active' } }],
  },
  {
    ...{ name: 'no server', tag: 'omni-call', attributes: CALLER, drawn: has('notice') },
    events: () => [lost(), lost(), lost()],
  },
  {
    ...{ name: 'it rings there', tag: 'omni-call', attributes: CALLER, drawn: has('hangup-button') },
    events: () => [view(calling())],
  },
  {
    ...{ name: 'somebody calls', tag: 'omni-incoming', attributes: CALLEE, drawn: has('answer-button') },
    events: () => [view(rung({ data: { subject: 'Order 4711' }, recording: 'requested' }))],
  },
  {
    ...{ name: 'somebody calls for voice', tag: 'omni-incoming', attributes: CALLEE, drawn: has('answer-button') },
    events: () => [view(rung({ callType: CALL_TYPE.AUDIO_CALL }))],
  },
  {
    ...{ name: 'connecting', tag: 'omni-call', attributes: CALLER, drawn: has('mute-audio-button') },
    events: () => [view(calling()), view(answered(calling()))],
  },
  {
    ...{ name: 'in a call', tag: 'omni-call', attributes: CALLER, drawn: has('more-button') },
    events: () => during({ callType: CALL_TYPE.AUDIO_CALL }),
  },
  {
    ...{ name: 'in a video call', tag: 'omni-call', attributes: CALLER, drawn: has('more-button') },
    events: () => {
      const camera = picture();
      return during({}, { local: { ...NO_LOCAL_MEDIA, camera }, remote: { ...NO_REMOTE_MEDIA, camera } });
    },
  },
  {
    ...{ name: 'whom a screen is shared with', tag: 'omni-call', attributes: CALLER, drawn: has('more-button') },
    events: () => {
      const camera = picture();
      const remote = { ...NO_REMOTE_MEDIA, camera, screen: picture() };
      return during({ callee: { ...other, sharing: true } }, { local: { ...NO_LOCAL_MEDIA, camera }, remote });
    },
  },
  {
    ...{ name: 'a blur that failed', tag: 'omni-call', attributes: CALLER, drawn: has('notice') },
    events: () => during({}, { local: { ...NO_LOCAL_MEDIA, blur: 'failed' } }),
  },
  {
    ...{
      name: 'in a call with everything in the way',
      tag: 'omni-call',
      attributes: CALLER,
      drawn: has('record-button'),
    },
    events: () =>
      during(
        { recording: 'recording', callee: { ...other, muted: { audio: true, video: false }, sharing: true } },
        { local: failing, remote: { ...NO_REMOTE_MEDIA, playbackBlocked: true } },
      ),
  },
  {
    ...{ name: 'messages', tag: 'omni-call', attributes: CALLER, drawn: opened('messages-button', 'messages') },
    events: () => during(),
  },
  {
    ...{ name: 'more', tag: 'omni-call', attributes: CALLER, drawn: opened('more-button', 'more') },
    events: () => during(),
  },
  {
    ...{ name: 'reconnecting', tag: 'omni-call', attributes: CALLER, drawn: has('more-button') },
    events: () => during({ callee: { ...other, away: true } }),
  },
  {
    ...{ name: 'over', tag: 'omni-call', attributes: CALLER, drawn: has('summary') },
    events: () => ended(connected(answered(calling())), 'connection-lost', 'server'),
  },
  {
    ...{ name: 'refused devices', tag: 'omni-incoming', attributes: CALLEE, drawn: has('summary') },
    events: () => ended(answered(rung()), 'permission-denied', 'me'),
  },
  {
    ...{ name: 'missed calls', tag: 'omni-incoming', attributes: CALLEE, drawn: has('missed') },
    events: () => {
      const event = welcome();
      return event.type === 'welcome' ? [{ ...event, welcome: { ...event.welcome, missed: [missed] } }] : [];
    },
  },
  {
    ...{ name: 'devices', tag: 'omni-device-select', attributes: { preview: '' }, drawn: has('device-list') },
    events: () => [],
  },
];

/** Draws a state in a place of its own. Resolves once it is there, in its language. */
export async function show(state: State, lang: string): Promise<{ place: HTMLElement; element: AnyElement }> {
  const service = new FakeService();
  service.apply(welcome());
  const place = placeFor(service);
  const element = await add(place, state.tag, { ...state.attributes, lang, silent: '' });
  service.apply(...state.events());
  await state.drawn(element);
  await element.updateComplete;
  return { place, element };
}
