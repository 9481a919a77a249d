import {
  OmniConnectedEvent,
  OmniEndedEvent,
  OmniMessageEvent,
  OmniMuteEvent,
  OmniRecordingEvent,
  OmniRingbackEvent,
  OmniRingingEvent,
} from '../events.js';
import { BY_SERVER } from '../protocol/index.js';
import type { LastEnding } from '../service/snapshot.js';
import type { EventMessage, RingbackMessage, RingingMessage } from '../service/event-messages.js';

const ringOf = ({ session, caller, callee, call_type, data }: RingbackMessage | RingingMessage) => ({
  ...{ session, caller, callee },
  callType: call_type,
  data: data ?? null,
});

/** The event that tells the page of a message of the service; null where `phase` and snapshot tell enough. */
export function eventOf(message: EventMessage, last: LastEnding | null): Event | null {
  const { session } = message;
  switch (message.cmd) {
    case 'RINGBACK_EVENT':
      return new OmniRingbackEvent(ringOf(message));
    case 'RINGING_EVENT':
      return new OmniRingingEvent(ringOf(message));
    case 'CONNECTED_EVENT':
      return new OmniConnectedEvent(session, message.user_id, message.call_type);
    case 'LEAVE_EVENT':
    case 'CANCEL_EVENT':
      return last?.session === session
        ? new OmniEndedEvent(session, message.reason, last.by, last.durationMs)
        : new OmniEndedEvent(session, message.reason, BY_SERVER, 0);
    case 'MUTE_EVENT':
    case 'UNMUTE_EVENT':
      return new OmniMuteEvent(session, message.user_id, message.track, message.cmd === 'MUTE_EVENT');
    case 'MESSAGE_EVENT':
      return new OmniMessageEvent(session, message.user_id, message.message);
    case 'RECORDING_EVENT':
      return new OmniRecordingEvent(session, message.state);
    case 'SCREEN_SHARE_EVENT':
    case 'SCREEN_UNSHARE_EVENT':
      return null;
  }
}
