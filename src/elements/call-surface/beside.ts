import { html, type TemplateResult } from 'lit';
import { chatPanel } from './chat-panel.js';
import type { DuringCall } from './during-call.js';
import { morePanel } from './more-panel.js';
import type { Scene } from './scene.js';

/** What is beside the stage of a call: the panel that is open, and what only a screen reader says. */
export const beside = (scene: Scene, during: DuringCall): TemplateResult =>
  html`${chatPanel(scene)} ${morePanel(scene, during)} ${during.spoken.render(scene)}`;
