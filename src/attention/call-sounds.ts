import type { CallSnapshot } from '../service/snapshot.js';
import { BUSY, ENDED, RINGBACK, type TonePattern } from './tone-patterns.js';
import { TonePlayer } from './tone-player.js';

/** What is heard as a call moves to this state; null: silence; undefined: whatever sounds goes on. Pure. */
function soundOf(before: CallSnapshot | null, now: CallSnapshot): TonePattern | null | undefined {
  if (before?.phase === now.phase) return undefined;
  if (now.phase === 'ringback') return RINGBACK;
  if (now.phase !== 'ended') return null;
  const reason = now.call?.ending?.reason;
  if (reason === 'busy' || reason === 'declined') return now.call?.role === 'caller' ? BUSY : null;
  return before && ['connected', 'reconnecting', 'ringback', 'connecting'].includes(before.phase) ? ENDED : null;
}

/** Sounds the tones of a telephone as the call goes on. */
export class CallSounds {
  readonly #player = new TonePlayer();
  #before: CallSnapshot | null = null;

  follow(snapshot: CallSnapshot): void {
    const sound = soundOf(this.#before, snapshot);
    this.#before = snapshot;
    if (sound) this.#player.play(sound);
    else if (sound === null) this.#player.stop();
  }

  stop(): void {
    this.#player.stop();
    this.#before = null;
  }
}
