import { css } from 'lit';

/** The other side's screen, and the faces that make room for it. */
export const screenStyles = css`
  /* Above the buttons: what there is to read may be anywhere on it. */
  .screen {
    grid-row: 1 / 2;
    object-fit: contain;
  }
  .remote[data-small] {
    inset-inline: var(--_space) auto;
  }
  .remote[data-small],
  .remote[data-small] ~ .own {
    inline-size: clamp(4.5rem, 14cqi, 8rem);
  }
`;
