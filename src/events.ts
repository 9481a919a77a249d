import type { CallType, EndReason, Json, OmniCallError, RecordingState, TrackType } from './protocol/index.js';
import type { DeviceLists } from './media/devices.js';
import type { Phase } from './service/snapshot.js';

/** What all events of the elements have in common: they bubble, out of shadow trees too. */
abstract class OmniEvent extends Event {
  constructor(type: string, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
  }
}

/** The element's `phase` is another one. */
export class OmniPhaseEvent extends OmniEvent {
  readonly phase: Phase;
  readonly previous: Phase;

  constructor(phase: Phase, previous: Phase) {
    super('omni-phase');
    this.phase = phase;
    this.previous = previous;
  }
}

/** Who calls whom, as what. */
export interface RingDetails {
  /** The call's id. */
  session: string;
  caller: string;
  callee: string;
  callType: CallType;
  /** The caller's own payload. Text of another person: never markup. */
  data: Json;
}

abstract class OmniRingEvent extends OmniEvent {
  readonly session: string;
  readonly caller: string;
  readonly callee: string;
  readonly callType: CallType;
  readonly data: Json;

  constructor(type: string, { session, caller, callee, callType, data }: RingDetails, cancelable = false) {
    super(type, cancelable);
    this.session = session;
    this.caller = caller;
    this.callee = callee;
    this.callType = callType;
    this.data = data;
  }
}

/** The call is offered: it rings at the callee. */
export class OmniRingbackEvent extends OmniRingEvent {
  constructor(details: RingDetails) {
    super('omni-ringback', details);
  }
}

/** Somebody calls. Cancelled, the element leaves ringtone and prompt to the page. */
export class OmniRingingEvent extends OmniRingEvent {
  constructor(details: RingDetails) {
    super('omni-ringing', details, true);
  }
}

/** Both sides are in the call. */
export class OmniConnectedEvent extends OmniEvent {
  readonly session: string;
  /** The other side. */
  readonly userId: string;
  readonly callType: CallType;

  constructor(session: string, userId: string, callType: CallType) {
    super('omni-connected');
    this.session = session;
    this.userId = userId;
    this.callType = callType;
  }
}

/**
 * The call is over. Cancelled, the element leaves the summary to the page. Told once more where a page that was away
 * too long said `connection-lost` by itself, and the server, once it is back, knows of another end.
 */
export class OmniEndedEvent extends OmniEvent {
  readonly session: string;
  readonly reason: EndReason;
  /** The user id of whoever caused it, or `server`. */
  readonly by: string;
  /** Milliseconds from connected to ended; 0 for a call that never connected. */
  readonly durationMs: number;

  constructor(session: string, reason: EndReason, by: string, durationMs: number) {
    super('omni-ended', true);
    this.session = session;
    this.reason = reason;
    this.by = by;
    this.durationMs = durationMs;
  }
}

/** One of the two stopped or started sending a track. */
export class OmniMuteEvent extends OmniEvent {
  readonly session: string;
  readonly userId: string;
  readonly track: TrackType;
  readonly muted: boolean;

  constructor(session: string, userId: string, track: TrackType, muted: boolean) {
    super('omni-mute');
    this.session = session;
    this.userId = userId;
    this.track = track;
    this.muted = muted;
  }
}

/** Cameras, microphones or speakers came, went or were chosen. */
export class OmniDevicesEvent extends OmniEvent {
  readonly devices: DeviceLists;

  constructor(devices: DeviceLists) {
    super('omni-devices');
    this.devices = devices;
  }
}

/** A text of the other side. */
export class OmniMessageEvent extends OmniEvent {
  readonly session: string;
  readonly userId: string;
  /** Text of another person: never markup. */
  readonly message: string;

  constructor(session: string, userId: string, message: string) {
    super('omni-message');
    this.session = session;
    this.userId = userId;
    this.message = message;
  }
}

/** The call’s recording was asked for, declined, started, paused, stopped, put away, or failed. */
export class OmniRecordingEvent extends OmniEvent {
  readonly session: string;
  readonly state: RecordingState;

  constructor(session: string, state: RecordingState) {
    super('omni-recording');
    this.session = session;
    this.state = state;
  }
}

/** The browser keeps the ringtone silent until the page is tapped (`blocked`), or lets it be heard after all. */
export class OmniRingtoneBlockedEvent extends OmniEvent {
  readonly blocked: boolean;

  constructor(blocked: boolean) {
    super('omni-ringtone-blocked');
    this.blocked = blocked;
  }
}

/** Something failed. `code` is stable; `message` is for the developer. */
export class OmniErrorEvent extends OmniEvent {
  readonly error: OmniCallError;

  constructor(error: OmniCallError) {
    super('omni-error');
    this.error = error;
  }

  get code(): OmniCallError['code'] {
    return this.error.code;
  }

  get message(): string {
    return this.error.message;
  }

  get retryable(): boolean {
    return this.error.retryable;
  }
}

declare global {
  interface HTMLElementEventMap {
    'omni-phase': OmniPhaseEvent;
    'omni-ringback': OmniRingbackEvent;
    'omni-ringing': OmniRingingEvent;
    'omni-connected': OmniConnectedEvent;
    'omni-ended': OmniEndedEvent;
    'omni-mute': OmniMuteEvent;
    'omni-devices': OmniDevicesEvent;
    'omni-message': OmniMessageEvent;
    'omni-recording': OmniRecordingEvent;
    'omni-ringtone-blocked': OmniRingtoneBlockedEvent;
    'omni-error': OmniErrorEvent;
  }
}
