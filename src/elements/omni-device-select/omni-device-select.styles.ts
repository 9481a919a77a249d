import { css } from 'lit';

export const omniDeviceSelectStyles = css`
  :host {
    display: grid;
    gap: var(--_space);
    justify-items: start;
  }
  .kind,
  [role='status'],
  meter,
  video {
    inline-size: 100%;
  }
  .kind {
    display: grid;
    gap: 0.25rem;
    font-size: 0.875rem;
    color: var(--_quiet);
  }
  .kind p,
  [role='status'] {
    font-size: 0.875rem;
  }
  [role='status']:not(:has(p)) {
    display: none;
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
  .second {
    justify-self: start;
    min-block-size: 2.75rem;
    padding: 0 1rem;
    border: 1px solid light-dark(#c7ccd4, #454b57);
    border-radius: var(--omni-radius, 1.5rem);
    background: none;
    color: var(--_text);
  }
  video {
    aspect-ratio: 16 / 9;
    object-fit: cover;
    border-radius: var(--_radius);
    background: #0c0d10;
    transform: scaleX(-1);
  }
  meter {
    block-size: 0.75rem;
  }
`;
