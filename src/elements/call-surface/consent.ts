import { html, nothing, type TemplateResult } from 'lit';
import type { CallInfo } from '../../service/snapshot.js';
import type { Localize } from '../../locales/localize.js';

/** Whether whoever is being rung would rather not be recorded: of one call, until it is answered. */
export class Consent {
  readonly #onChange: () => void;
  #session: string | null = null;
  #isRefused = false;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Each call is asked about anew. */
  follow(session: string | null): void {
    if (session === this.#session) return;
    this.#session = session;
    this.#isRefused = false;
  }

  readonly handleChange = (event: Event): void => {
    this.#isRefused = (event.target as HTMLInputElement).checked;
    this.#onChange();
  };
}

/** Lets whoever is being rung answer without being recorded. */
export function consentBox(
  { recording }: CallInfo,
  { isRefused, handleChange }: Consent,
  localize: Localize,
): TemplateResult | typeof nothing {
  if (recording !== 'requested') return nothing;
  return html`<label class="consent" part="record-consent">
    <input type="checkbox" .checked=${isRefused} @change=${handleChange} />
    <span>${localize.term('answerUnrecorded')}</span>
  </label>`;
}
