import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icon.js';
import { MIC_OFF, SHARE } from './icons.js';
import { isOn } from './is-on.js';
import type { Scene } from './scene.js';
import { durationWords, recordingWords, statusWords } from './words.js';

/** How long the call has lasted; nothing before it is connected. */
export function timer({ call, localize }: Scene): TemplateResult | typeof nothing {
  if (call.connectedAt === null || call.ending) return nothing;
  return html`<span part="timer" class="timer" role="timer" aria-label=${localize.term('timer')}
    >${durationWords(Date.now() - call.connectedAt)}</span
  >`;
}

/** Where the call stands, in words. */
export function status({ snapshot, call, localize }: Scene): TemplateResult | typeof nothing {
  const words = statusWords(snapshot, call, localize);
  return words ? html`<span part="status" class="status">${words}</span>` : nothing;
}

/** Whether the call is recorded. `controls`: what can be done about it. */
export function recording({ call, localize }: Scene, controls: unknown = nothing): TemplateResult | typeof nothing {
  const words = recordingWords(call, localize);
  if (!words || call.ending) return nothing;
  return html`<span class="recording">
    <span part="recording" class="badge" data-recording=${call.recording}>${words}</span>${controls}
  </span>`;
}

/** Small facts about the call and the other side. */
export function badges(scene: Scene, recordingControls: unknown, quality: unknown): TemplateResult {
  const { call, snapshot, name, localize } = scene;
  const goesOn = isOn(call);
  return html`<div class="badges">
    ${snapshot.phase === 'ringing' ? nothing : recording(scene, recordingControls)}
    ${
      goesOn && call.peer.muted.audio
        ? html`<span class="badge">${icon(MIC_OFF)}${localize.term('peerMuted', name)}</span>`
        : nothing
    }
    ${
      goesOn && call.peer.sharing
        ? html`<span class="badge">${icon(SHARE)}${localize.term('sharesScreen', name)}</span>`
        : nothing
    }
    ${
      goesOn && snapshot.local.screen
        ? html`<span class="badge">${icon(SHARE)}${localize.term('youShareScreen')}</span>`
        : nothing
    }
    ${goesOn ? quality : nothing}
  </div>`;
}
