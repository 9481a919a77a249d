import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { icon } from '../icon.js';
import { ALERT, SOUND } from './icons.js';
import type { Scene } from './scene.js';
import { deviceWords } from '../device-words.js';

interface Mend {
  readonly label: string;
  readonly onClick: () => void;
}

export const notice = (shape: SVGTemplateResult, words: string, mend?: Mend): TemplateResult =>
  html`<div class="notice" part="notice">
    ${icon(shape)}<span>${words}</span>
    ${mend ? html`<button type="button" class="mend" @click=${mend.onClick}>${mend.label}</button>` : nothing}
  </div>`;

/** What needs a hand, with the button that mends it. */
export function notices(scene: Scene, unblockRingtone: () => void, more: unknown): TemplateResult {
  const { snapshot, call, localize, actions, problem, isRingtoneBlocked } = scene;
  const { local, remote } = snapshot;
  const again = { label: localize.term('tryAgain'), onClick: actions.retryDevices };
  const failed = (['audio', 'video'] as const).flatMap((kind) => {
    const { state, problem } = local[kind];
    return state === 'failed' && problem ? [deviceWords(kind, problem, localize)] : [];
  });
  return html`<div class="notices" role="log">
    ${
      isRingtoneBlocked && snapshot.phase === 'ringing'
        ? notice(SOUND, localize.term('ringtoneBlocked'), {
            label: localize.term('turnOnRingtone'),
            onClick: unblockRingtone,
          })
        : nothing
    }
    ${
      remote.playbackBlocked
        ? notice(SOUND, localize.term('soundBlocked'), {
            label: localize.term('turnOnSound'),
            onClick: actions.startPlayback,
          })
        : nothing
    }
    ${[...new Set(failed)].map((words) => notice(ALERT, words, again))}
    ${problem && !call.ending ? notice(ALERT, problem) : nothing} ${more}
  </div>`;
}
