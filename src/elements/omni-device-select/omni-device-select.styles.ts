import { css } from 'lit';
import { deviceListsStyles } from './device-lists.styles.js';

export const omniDeviceSelectStyles = css`
  ${deviceListsStyles}
  :host {
    display: grid;
    gap: var(--_space);
    justify-items: start;
  }
  [role='log'],
  meter,
  video {
    inline-size: 100%;
  }
  .kind p,
  [role='log'] {
    font-size: 0.875rem;
  }
  [role='log'] {
    display: grid;
    gap: 0.4rem;
  }
  /* No gap around it while it is empty. It stays, for readers to hear of what comes. */
  [role='log']:not(:has(p)) {
    position: absolute;
    inline-size: auto;
  }
  .problem {
    padding: 0.6rem 0.85rem;
    border-radius: calc(var(--_radius) * 0.6);
    background: light-dark(#fdf0d9, #372c18);
    color: var(--_text);
  }
  @media (forced-colors: active) {
    .problem {
      border: 1px solid CanvasText;
    }
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
    appearance: none;
    block-size: 0.5rem;
    border-radius: 1rem;
    overflow: hidden;
    background: light-dark(#dfe3e9, #2d313a);
  }
  meter::-webkit-meter-bar {
    grid-row: 1 / -1;
    block-size: 100%;
    border: 0;
    background: none;
  }
  meter::-webkit-meter-optimum-value {
    border-radius: 1rem;
    background: var(--_positive);
  }
  meter::-moz-meter-bar {
    border-radius: 1rem;
    background: var(--_positive);
  }
  @media (forced-colors: active) {
    meter {
      border: 1px solid CanvasText;
    }
    meter::-webkit-meter-optimum-value {
      forced-color-adjust: none;
      background: CanvasText;
    }
    meter::-moz-meter-bar {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
