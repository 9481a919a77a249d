import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { icon } from '../icon.js';
import { PAUSE, RECORD, STOP } from './icons.js';
import type { Scene } from './scene.js';

const button = (part: string, shape: SVGTemplateResult, label: string, onClick: () => void): TemplateResult =>
  html`<button type="button" part=${part} class="small" aria-label=${label} title=${label} @click=${onClick}>
    ${icon(shape)}
  </button>`;

/** Pauses, resumes and stops the recording: either of the two may. */
export function recordingControls({ call, localize, actions }: Scene): TemplateResult | typeof nothing {
  const isPaused = call.recording === 'paused';
  if (call.recording !== 'recording' && !isPaused) return nothing;
  const pause = isPaused
    ? button('record-button', RECORD, localize.term('resumeRecording'), actions.resumeRecording)
    : button('record-button', PAUSE, localize.term('pauseRecording'), actions.pauseRecording);
  return html`${call.cannotPause ? nothing : pause}${button('record-stop-button', STOP, localize.term('stopRecording'), actions.stopRecording)}`;
}
