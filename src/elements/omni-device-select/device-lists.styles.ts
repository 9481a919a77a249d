import { css } from 'lit';

export const deviceListsStyles = css`
  .kind {
    display: grid;
    gap: 0.25rem;
    inline-size: 100%;
    font-size: 0.875rem;
    color: var(--_quiet);
  }
  select {
    min-block-size: 2.75rem;
    inline-size: 100%;
    appearance: none;
    padding: 0;
    padding-inline: 0.85rem 2.25rem;
    border: 1px solid light-dark(#c7ccd4, #454b57);
    border-radius: calc(var(--_radius) * 0.6);
    /* The browser's own arrow would touch the edge. */
    background:
      linear-gradient(45deg, transparent 50%, currentColor 50%) right 1.2rem center / 0.35rem 0.35rem no-repeat,
      linear-gradient(135deg, currentColor 50%, transparent 50%) right 0.85rem center / 0.35rem 0.35rem no-repeat,
      light-dark(#fff, #1c1f26);
    color: var(--_text);
    font: inherit;
    text-overflow: ellipsis;
  }
  :host(:state(rtl)) select {
    background-position:
      left 0.85rem center,
      left 1.2rem center,
      0 0;
  }
  @media (forced-colors: active) {
    select {
      appearance: auto;
    }
  }
`;
