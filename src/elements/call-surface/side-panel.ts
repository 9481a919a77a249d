import { html, type TemplateResult } from 'lit';
import type { Localize } from '../../locales/localize.js';
import { icon } from '../icon.js';
import { CLOSE } from './icons.js';

interface SidePanel {
  readonly part: string;
  readonly title: string;
  readonly close: () => void;
  /** Whether the button that closes it takes the focus. */
  readonly focus: boolean;
}

/** What opens beside the picture. Escape closes it, and nothing else. */
export function sidePanel(panel: SidePanel, content: TemplateResult, localize: Localize): TemplateResult {
  const { part, title, close, focus } = panel;
  const handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  };
  return html`<section class="side" part=${part} aria-label=${title} @keydown=${handleKey}>
    <header>
      <h2>${title}</h2>
      <button type="button" class="small" ?data-focus=${focus} aria-label=${localize.term('close')} @click=${close}>
        ${icon(CLOSE)}
      </button>
    </header>
    ${content}
  </section>`;
}
