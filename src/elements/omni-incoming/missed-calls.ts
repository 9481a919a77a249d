import { html, type TemplateResult } from 'lit';
import { CALL_TYPE, type CallRecord } from '../../protocol/index.js';
import type { Localize } from '../../locales/localize.js';
import { PHONE, VIDEO, icon } from '../icon.js';

export interface MissedCallsOptions {
  /** Newest first. */
  missed: readonly CallRecord[];
  localize: Localize;
  callBack(record: CallRecord): void;
  dismiss(): void;
}

/** The last call of each caller, with how many there were. */
function byCaller(missed: readonly CallRecord[]): { last: CallRecord; count: number }[] {
  const callers = new Map<string, { last: CallRecord; count: number }>();
  for (const last of missed) {
    const known = callers.get(last.caller.user_id);
    if (known) known.count += 1;
    else callers.set(last.caller.user_id, { last, count: 1 });
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
export function missedCalls({ missed, localize, callBack, dismiss }: MissedCallsOptions): TemplateResult {
  const row = ({ last, count }: { last: CallRecord; count: number }): TemplateResult => {
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
        @click=${() => callBack(last)}
      >
        ${icon(isVideo ? VIDEO : PHONE)}<span>${words}</span>
      </button>
    </li>`;
  };
  return html`<div class="missed" part="missed">
    <ul>
      ${byCaller(missed).map(row)}
    </ul>
    <button type="button" class="dismiss" part="dismiss-button" @click=${dismiss}>${localize.term('close')}</button>
  </div>`;
}
