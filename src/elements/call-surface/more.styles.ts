import { css } from 'lit';

/** What a connected call has beside its pictures, buttons and messages. */
export const moreStyles = css`
  /* With one button more, all are in a row on a small phone. */
  @container (inline-size < 21rem) {
    .controls:has([part='screen-button']) {
      --_row: 2.375rem;
    }
  }
  .scroll {
    display: flex;
    flex-direction: column;
    gap: 0.25rem;
    padding: 0 1rem 1rem;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .act {
    display: flex;
    align-items: center;
    gap: 0.85rem;
    min-block-size: 2.75rem;
    margin-inline: -0.5rem;
    padding: 0.25rem 0.5rem;
    border: 0;
    border-radius: 0.6rem;
    background: none;
    text-align: start;
  }
  .act:hover {
    background: light-dark(#eef0f3, #2d313a);
  }
  label.act {
    cursor: pointer;
  }
  .act small {
    margin-inline-start: auto;
    color: light-dark(#565c67, #a9b0bd);
  }
  [role='switch'] {
    position: relative;
    flex: none;
    appearance: none;
    inline-size: 2.25rem;
    block-size: 1.25rem;
    margin: 0;
    border-radius: 1rem;
    background: light-dark(#8a919d, #6a7180);
    cursor: pointer;
    transition: background-color 0.15s;
  }
  [role='switch']::before {
    content: '';
    position: absolute;
    inset-block-start: 0.1875rem;
    inset-inline-start: 0.1875rem;
    inline-size: 0.875rem;
    block-size: 0.875rem;
    border-radius: 50%;
    background: #fff;
    transition: inset-inline-start 0.15s;
  }
  [role='switch']:checked {
    background: var(--_accent);
  }
  [role='switch']:checked::before {
    inset-inline-start: 1.1875rem;
  }
  @media (forced-colors: active) {
    [role='switch'] {
      appearance: auto;
      inline-size: 1.25rem;
    }
    [role='switch']::before {
      content: none;
    }
  }
  .side h3 {
    margin: 1rem 0 0.25rem;
    font-size: 0.8125rem;
    font-weight: 600;
    color: light-dark(#565c67, #a9b0bd);
  }
  .field {
    display: grid;
    gap: 0.25rem;
    padding-block: 0.5rem;
    overflow-wrap: anywhere;
  }
  .field input {
    inline-size: 100%;
    block-size: 1.75rem;
    margin: 0;
    accent-color: var(--_accent);
  }
  .scroll .kind {
    padding-block: 0.5rem;
  }
  .scroll .second {
    align-self: start;
    margin-block: 0.25rem 0.5rem;
    font-size: 0.9375rem;
    font-weight: inherit;
  }
  .note {
    font-size: 0.8125rem;
    color: light-dark(#565c67, #a9b0bd);
  }
  .facts {
    display: grid;
    margin: 0;
    font-size: 0.9375rem;
  }
  .facts > div {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    min-block-size: 2rem;
  }
  .facts dt {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .facts dd {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    flex: none;
    max-inline-size: 70%;
    margin: 0;
    font-size: 0.875rem;
  }
  kbd {
    min-inline-size: 1.75rem;
    padding: 0.1rem 0.4rem;
    border: 1px solid light-dark(#c3c8d1, #4b515d);
    border-block-end-width: 2px;
    border-radius: 0.35rem;
    font: inherit;
    font-size: 0.8125rem;
    text-align: center;
  }

  .bars {
    display: inline-flex;
    align-items: end;
    gap: 2px;
    block-size: 0.8em;
    flex: none;
  }
  .bars i {
    inline-size: 3px;
    block-size: 40%;
    border-radius: 1px;
    background: currentColor;
    opacity: 0.3;
  }
  .bars i:nth-child(2) {
    block-size: 70%;
  }
  .bars i:nth-child(3) {
    block-size: 100%;
  }
  .bars[data-quality='excellent'] i,
  .bars[data-quality='good'] i:nth-child(-n + 2),
  .bars[data-quality='poor'] i:first-child {
    opacity: 1;
  }
  .bars[data-quality='poor'] i:first-child {
    background: light-dark(#b35900, #ffb347);
  }
  .bars[data-quality='lost'] i {
    background: light-dark(#c4262d, #ff7b80);
    opacity: 0.7;
  }
  .quality {
    display: inline-flex;
    align-items: center;
    align-self: center;
    gap: 0.4em;
  }
  .said {
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .bars i {
      forced-color-adjust: none;
    }
  }
  @media (forced-colors: active) {
    .bars i {
      border: 1px solid CanvasText;
    }
    .bars[data-quality='excellent'] i,
    .bars[data-quality='good'] i:nth-child(-n + 2),
    .bars[data-quality='poor'] i:first-child {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
