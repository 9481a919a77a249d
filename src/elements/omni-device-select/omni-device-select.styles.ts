import { css } from 'lit';
import { deviceListsStyles } from './device-lists.styles.js';

export const omniDeviceSelectStyles = css`
  ${deviceListsStyles}
  :host {
    display: grid;
    gap: var(--_space);
    justify-items: start;
  }
  [role='status'],
  meter,
  video {
    inline-size: 100%;
  }
  .kind p,
  [role='status'] {
    font-size: 0.875rem;
  }
  [role='status']:not(:has(p)) {
    display: none;
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
