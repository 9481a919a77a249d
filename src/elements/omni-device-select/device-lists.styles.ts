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
    padding: 0 0.75rem;
    border: 1px solid light-dark(#c7ccd4, #454b57);
    border-radius: calc(var(--_radius) * 0.6);
    background: light-dark(#fff, #1c1f26);
    color: var(--_text);
    font: inherit;
    text-overflow: ellipsis;
  }
`;
