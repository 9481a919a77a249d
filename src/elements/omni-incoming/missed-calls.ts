import { html, nothing, type TemplateResult } from 'lit';
import { CALL_TYPE, type CallRecord } from '../../protocol/index.js';
import type { Localize } from '../../locales/localize.js';
import type { ActionsOptions } from '../call-surface/call-actions.js';
import { PHONE, VIDEO, icon } from '../icon.js';

export type MissedCallsOptions = Omit<ActionsOptions, 'consent'>;

/** The last call of each caller, with how many there were. */
function byCaller(missed: readonly CallRecord[]): [last: CallRecord, count: number][] {
  const callers = new Map<string, [last: CallRecord, count: number]>();
  for (const last of missed) {
    const known = callers.get(last.caller.user_id);
    if (known) known[1] += 1;
    else callers.set(last.caller.user_id, [last, 1]);
  }
  return [...callers.values()];
}

/** When it was: of today the time is enough. */
function timeWords(iso: string, language: string): string {
  const at = new Date(iso);
  const isToday = at.toDateString() === new Date().toDateString();
  const style = isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' };
  return new Intl.DateTimeFormat(language, style as Intl.DateTimeFormatOptions).format(at);
}

/** Calls that came while nobody was here, and the way to return them. */
export class MissedCalls {
  readonly #localize: Localize;
  readonly #options: MissedCallsOptions;
  /** Ids of the calls whose callers have been called back. */
  readonly #returned = new Set<string>();

  constructor(localize: Localize, options: MissedCallsOptions) {
    this.#localize = localize;
    this.#options = options;
  }

  render(): TemplateResult | typeof nothing {
    const missed = this.#missed;
    if (missed.length === 0) return nothing;
    return html`<div class="missed" part="missed">
      <ul>
        ${byCaller(missed).map(([last, count]) => this.#row(last, count))}
      </ul>
      <button type="button" class="dismiss" part="dismiss-button" @click=${this.#handleDismiss}>
        ${this.#localize.term('close')}
      </button>
    </div>`;
  }

  /** Newest first. */
  get #missed(): CallRecord[] {
    const { missed = [] } = this.#options.service()?.snapshot ?? {};
    return missed.filter(({ session }) => !this.#returned.has(session));
  }

  #row(last: CallRecord, count: number): TemplateResult {
    const localize = this.#localize;
    const name = last.caller.display_name?.trim() || last.caller.user_id;
    const isVideo = last.call_type === CALL_TYPE.VIDEO_CALL;
    const words = localize.term('callBack');
    return html`<li>
      <div>
        <p class="missed-who">${localize.term('missed', name)}${count > 1 ? html` <span>(${count})</span>` : ''}</p>
        <time datetime=${last.offered_at}>${timeWords(last.offered_at, localize.language)}</time>
      </div>
      <button
        type="button"
        class="return"
        part="callback-button"
        aria-label=${`${words}: ${name}`}
        @click=${() => this.#options.act(() => this.#callBack(last))}
      >
        ${icon(isVideo ? VIDEO : PHONE)}<span>${words}</span>
      </button>
    </li>`;
  }

  async #callBack({ caller, call_type }: CallRecord): Promise<void> {
    const theirs = this.#missed.filter((one) => one.caller.user_id === caller.user_id);
    await this.#options.placeAgain(call_type, caller.user_id);
    for (const { session } of theirs) this.#returned.add(session);
    if (this.#missed.length === 0) await this.#dismiss();
  }

  async #dismiss(): Promise<void> {
    await this.#options.service()?.dismissMissed();
  }

  readonly #handleDismiss = (): void => void this.#options.act(() => this.#dismiss());
}
