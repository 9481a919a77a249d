import { html, type TemplateResult } from 'lit';
import { CALL_TYPE } from '../../protocol/index.js';
import { PHONE, VIDEO, icon } from '../icon.js';
import type { Scene } from './scene.js';
import { endingWords, type NextStep } from './ending-words.js';

/** How the call ended, and what can be done now. */
export function summary({ call, deviceProblem, localize, actions, problem }: Scene): TemplateResult {
  const { title, hint, next } = endingWords(call, deviceProblem, localize);
  const isVideo = call.callType === CALL_TYPE.VIDEO_CALL;
  const step = (which: NextStep, isFirst: boolean): TemplateResult => {
    const byVoice = which === 'voice' || !isVideo;
    const words = which === 'voice' ? 'callVoice' : call.role === 'caller' ? 'callAgain' : 'callBack';
    const handleClick = (): void => actions.again(call, byVoice ? CALL_TYPE.AUDIO_CALL : CALL_TYPE.VIDEO_CALL);
    return html`<button type="button" class=${isFirst ? 'main' : 'second'} ?data-focus=${isFirst} @click=${handleClick}>
      ${icon(byVoice ? PHONE : VIDEO)}<span>${localize.term(words)}</span>
    </button>`;
  };
  return html`<div class="summary" part="summary">
    <p part="status" class="status strong">${title}</p>
    <p class="hint" ?hidden=${!hint}>${hint}</p>
    <p class="hint" ?hidden=${!problem}>${problem}</p>
    <slot name="summary"></slot>
    <div class="steps">
      ${next.map((which, index) => step(which, index === 0))}
      <button type="button" class="second" ?data-focus=${next.length === 0} @click=${actions.dismiss}>
        ${localize.term('close')}
      </button>
    </div>
  </div>`;
}
