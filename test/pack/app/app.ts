import 'omni-call/define';
import { createCallService, type OmniEndedEvent } from 'omni-call';
import { parseClientMessage, type ClientMessage } from 'omni-call/protocol';

export const service = createCallService({ server: 'https://calls.example.com' });
export const message: ClientMessage = parseClientMessage('{}');
document
  .querySelector('omni-call')
  ?.addEventListener('omni-ended', (event: OmniEndedEvent) => console.log(event.reason));
