import type {
  CallRecord,
  CallType,
  CallView,
  Json,
  Muted,
  OmniCallError,
  PartyView,
  Presence,
  TrackType,
  Welcome,
} from '../protocol/index.js';
import type { DeviceLists } from '../media/devices.js';
import { NO_DEVICES } from '../media/no-devices.js';
import { NO_MEDIA, type MediaState } from '../media/media.js';

/** Who this page is to the call server. */
export interface Self {
  session: string;
  userId: string;
  displayName: string | null;
}

/** A call as the server last described it, with its times on this page's clock. */
export interface HeldCall {
  view: CallView;
  ringEndsAt: number | null;
  connectedAt: number | null;
}

export interface Offer {
  callType: CallType;
  callee: string;
  data: Json;
}

/** What this person has done and the server has not shown in a view yet. `session`: the call's id, once accepted. */
export type Act =
  | { do: 'offer'; offer: Offer; session: string | null }
  | { do: 'answer'; session: string | null }
  /** `offer` is one that is given up before the server has shown it. */
  | { do: 'leave'; offer: Offer | null; session: string | null };

/** Everything that a call service knows. */
export interface CallState {
  /** `off`: not wanted, or given up. */
  connection: 'off' | 'trying' | 'open';
  problem: OmniCallError | null;
  self: Self | null;
  act: Act | null;
  /** The call that goes on. */
  call: HeldCall | null;
  /** A call that shows when the one that goes on is known to be over. */
  next: HeldCall | null;
  /** The last call, until it is dismissed or another begins. */
  ended: HeldCall | null;
  /** The last call whose end the page was told of, dismissed or not. */
  told: HeldCall | null;
  /** A call that this page holds for lost, not having heard how it ended. */
  guess: HeldCall | null;
  /** Ids of calls that are over: what still arrives of them is late. */
  over: readonly string[];
  /** Calls that this person missed while no page of theirs was there, newest first. */
  missed: readonly CallRecord[];
  /** What a call starts with muted. */
  preset: Muted;
  /** What is muted in the call that goes on. */
  muted: Muted;
  media: MediaState;
  devices: DeviceLists;
  /** Of the people who are watched, as far as the server has told. */
  presence: Readonly<Record<string, Presence>>;
}

/** Whatever can change it. `at` is this page's clock, in milliseconds. */
export type CallStoreEvent =
  | { type: 'connecting' }
  | { type: 'welcome'; welcome: Welcome; at: number }
  /** `final`: nothing is tried any more. `problem` is null when that is as wished. */
  | { type: 'lost'; problem: OmniCallError | null; final: boolean; at: number }
  | { type: 'view'; view: CallView; at: number }
  | { type: 'offering'; offer: Offer }
  /** The server took the offer or the answer. */
  | { type: 'accepted'; session: string }
  /** `callType` is what the callee sends. */
  | { type: 'answering'; callType: CallType }
  | { type: 'leaving' }
  /** The server refused what this person did. */
  | { type: 'refused'; act: Act['do'] }
  /** Neither server nor room could be reached for the grace period, or the server knows no such call. */
  | { type: 'given-up'; session: string; at: number }
  /** Of the call that goes on; outside of one, of every later one. */
  | { type: 'mute'; track: TrackType; on: boolean }
  | { type: 'dismiss' }
  /** The person has seen the missed calls. */
  | { type: 'seen' }
  | { type: 'media'; media: MediaState }
  | { type: 'devices'; devices: DeviceLists }
  | { type: 'presence'; presence: Readonly<Record<string, Presence>> };

const NOTHING_MUTED: Muted = { audio: false, video: false };

export const FIRST_STATE: CallState = {
  connection: 'off',
  problem: null,
  self: null,
  act: null,
  call: null,
  next: null,
  ended: null,
  told: null,
  guess: null,
  over: [],
  missed: [],
  preset: NOTHING_MUTED,
  muted: NOTHING_MUTED,
  media: NO_MEDIA,
  devices: NO_DEVICES,
  presence: {},
};

export const ownParty = ({ role, caller, callee }: CallView): PartyView => (role === 'caller' ? caller : callee);
export const otherParty = ({ role, caller, callee }: CallView): PartyView => (role === 'caller' ? callee : caller);

/** Whether this very page is in the call, rather than only rung for it. */
export const isIn = (view: CallView, self: Self | null): boolean =>
  view.role === 'caller' || (self !== null && view.callee.identity === self.session);

/** The offer that the server has not answered yet, whether or not it is still wanted. */
export const openOffer = (act: Act | null): Offer | null => (act && act.do !== 'answer' ? act.offer : null);
