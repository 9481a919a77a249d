import { html, nothing, type TemplateResult } from 'lit';
import { LIMITS } from '../../protocol/index.js';
import { icon } from '../icon.js';
import { SEND } from './icons.js';
import type { Scene } from './scene.js';
import { sidePanel } from './side-panel.js';

/** The texts of a call. Whatever a person wrote is text. */
export function chatPanel({ chat, name, localize, actions }: Scene): TemplateResult | typeof nothing {
  if (!chat.isOpen) return nothing;
  const handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const input = (event.target as HTMLFormElement).elements.namedItem('text') as HTMLInputElement;
    const text = input.value.trim();
    if (text && (await chat.send(text, actions.send)) && input.value.trim() === text) input.value = '';
  };
  const content = html`<div class="lines" role="log" tabindex="0" aria-label=${localize.term('messages')}>
      ${chat.lines.length === 0 ? html`<p class="none">${localize.term('noMessages')}</p>` : nothing}
      ${chat.lines.map(
        ({ isOwn, text }) =>
          html`<p class="line" ?data-own=${isOwn}>
            <span class="unseen">${isOwn ? localize.term('you') : name}: </span><span class="text">${text}</span>
          </p>`,
      )}
    </div>
    <form @submit=${handleSubmit}>
      <p class="not-sent" role="alert">${chat.hasFailed ? localize.term('messageNotSent') : nothing}</p>
      <input
        name="text"
        autocomplete="off"
        maxlength=${LIMITS.message}
        aria-label=${localize.term('writeMessage')}
        placeholder=${localize.term('writeMessage')}
        data-focus
      />
      <button type="submit" class="small send" aria-label=${localize.term('send')}>${icon(SEND)}</button>
    </form>`;
  const title = localize.term('messages');
  return sidePanel({ part: 'messages', title, close: chat.toggle, focus: false }, content, localize);
}
