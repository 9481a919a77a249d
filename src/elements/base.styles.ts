import { css } from 'lit';

/** What elements show without a call, and the words and colours that everything shares. */
export const baseStyles = css`
  :host {
    --_accent: var(--omni-accent, light-dark(#2563d9, #3671e3));
    --_positive: var(--omni-positive, light-dark(#128048, #178550));
    --_negative: var(--omni-negative, light-dark(#d02f36, #d93a42));
    --_text: var(--omni-text, light-dark(#16181d, #f2f3f5));
    --_quiet: var(--omni-text-quiet, light-dark(#565c67, #b3b9c4));
    --_radius: var(--omni-radius, 1rem);
    --_space: var(--omni-space, 0.75rem);
    box-sizing: border-box;
    font-family: var(--omni-font, inherit);
    font-size: 1rem;
    line-height: 1.4;
    color: var(--_text);
    text-align: start;
    direction: ltr;
  }
  :host(:state(rtl)) {
    direction: rtl;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  p {
    margin: 0;
  }
  svg {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
  }
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  button:disabled {
    cursor: default;
    opacity: 0.5;
  }
  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .main {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.6em;
    min-block-size: 2.75rem;
    padding: 0.5rem 1.15rem;
    border: 0;
    border-radius: var(--omni-radius, 1.5rem);
    background: var(--_accent);
    color: #fff;
    font-weight: 600;
    overflow-wrap: anywhere;
    transition: filter 0.15s;
  }
  .main:hover {
    filter: brightness(1.08);
  }
  .main:active {
    filter: brightness(0.94);
  }
  .main.answer {
    background: var(--_positive);
  }
  .presence,
  .problem {
    font-size: 0.875rem;
    color: var(--_quiet);
    overflow-wrap: anywhere;
  }
  .presence::before {
    content: '';
    display: inline-block;
    inline-size: 0.55em;
    block-size: 0.55em;
    margin-inline-end: 0.5em;
    border-radius: 50%;
    border: 2px solid currentColor;
    vertical-align: 0.05em;
  }
  .presence[data-state='active']::before {
    border: 0.3em solid var(--_positive);
  }
  .presence[data-state='busy']::before {
    border: 0.3em solid var(--_negative);
  }
  @media (forced-colors: active) {
    button {
      border: 1px solid ButtonText !important;
    }
  }
`;
