import type { CallPage } from './call-page.js';

/** Takes a call of a visitor to the desk as far as both see each other. */
export async function connectToDesk(visitor: CallPage, desk: CallPage): Promise<void> {
  await visitor.words('desk is available');
  await visitor.press('call-button');
  await desk.phase('ringing');
  await desk.press('answer-button');
  await Promise.all([visitor.phase('connected'), desk.phase('connected')]);
  await Promise.all([visitor.remoteVideo(), desk.remoteVideo()]);
}
