import type { Clock } from '../signalling/clock.js';
import { changeEncodings } from './encodings.js';

/** Milliseconds after publishing. By then the browser has taken its own first look at the link, beside all else that begins. */
const AFTER = 2_000;
const FOR = 1_000;
const TIMES = 4;

/**
 * Has the browser find out how much the link carries while a placeholder is sent: it looks anew when more may be sent
 * than it takes the link for. Otherwise it keeps to what it found while the call was being set up, and holds the packets
 * of the first pictures back for as long as 100 ms.
 */
export async function probeLink(sender: RTCRtpSender, clock: Clock): Promise<void> {
  const wait = (ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve));
  const placeholder = sender.track;
  await wait(AFTER);
  if (sender.track !== placeholder) return;
  const before: number[] = [];
  // What somebody else has set meanwhile stays.
  const restore = (): Promise<void> =>
    changeEncodings(sender, (encoding, index) => {
      const rate = before[index];
      if (rate && encoding.maxBitrate === rate * TIMES) encoding.maxBitrate = rate;
    });
  try {
    await changeEncodings(sender, (encoding, index) => {
      if (encoding.maxBitrate) encoding.maxBitrate = TIMES * (before[index] = encoding.maxBitrate);
    });
    await wait(FOR);
    // LiveKit may be setting something itself just then, which makes the browser refuse.
    await restore().catch(restore);
  } catch {
    // The call is over, or the browser does not take it: the link is found out later, by the pictures themselves.
  }
}
