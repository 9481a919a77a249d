import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { CALL_TYPE, type Json } from '../../protocol/index.js';
import { PHONE, VIDEO, icon } from '../icon.js';
import { consentBox } from './consent.js';
import type { Scene } from './scene.js';

const choice = (
  part: string,
  look: string,
  shape: SVGTemplateResult,
  label: string,
  onClick: () => void,
  longLabel?: string,
): TemplateResult =>
  html`<button
    type="button"
    part=${part}
    class="choice"
    data-look=${look}
    ?data-focus=${part === 'answer-button'}
    aria-label=${longLabel ?? nothing}
    @click=${onClick}
  >
    <span class="disc">${icon(shape)}</span><span class="label">${label}</span>
  </button>`;

/** Answers, or declines, a ringing call. */
export function prompt({ call, localize, actions, consent }: Scene): TemplateResult {
  const isVideo = call.callType === CALL_TYPE.VIDEO_CALL;
  return html`<div class="choices">
      ${choice('answer-button', 'answer', isVideo ? VIDEO : PHONE, localize.term('answer'), actions.answer)}
      ${
        isVideo
          ? choice(
              'answer-audio-button',
              'plain',
              PHONE,
              localize.term('voiceOnly'),
              actions.answerByVoice,
              localize.term('answerVoice'),
            )
          : nothing
      }
      ${choice('decline-button', 'end', PHONE, localize.term('decline'), actions.leave)}
    </div>
    ${consentBox(call, consent, localize)}`;
}

const textOf = (value: Json): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);

/** What the caller passed with the call, as text. */
export function callData({ call: { data }, name, localize }: Scene): TemplateResult | typeof nothing {
  if (data === null || data === '') return nothing;
  const isRecord = typeof data === 'object' && !Array.isArray(data);
  return html`<div part="data" class="data" role="group" aria-label=${localize.term('dataTitle', name)}>
    ${
      isRecord
        ? html`<dl>
            ${Object.entries(data).map(
              ([key, value]) =>
                html`<div>
                  <dt>${key}</dt>
                  <dd>${textOf(value)}</dd>
                </div>`,
            )}
          </dl>`
        : html`<p>${textOf(data)}</p>`
    }
  </div>`;
}
