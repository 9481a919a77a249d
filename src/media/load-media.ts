import { loadCode } from '../load-code.js';
import type { CreateMedia } from './media.js';

/**
 * Loads the media code; called once a call is near. Its two files load side by side: with the small one the camera
 * and microphone can already open while LiveKit's client, twenty times its size, is still on its way.
 */
export async function loadMedia(): Promise<CreateMedia> {
  const room = import('./livekit-room.js');
  // Whoever enters the room imports it again, and reports there if it is not to be had.
  room.catch(() => undefined);
  const { createMedia } = await loadCode(() => import('./livekit-media.js'));
  return createMedia;
}
