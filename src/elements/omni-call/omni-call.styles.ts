import { css } from 'lit';

export const omniCallStyles = css`
  :host {
    display: grid;
  }
  :host(:state(in-call)) {
    aspect-ratio: 4 / 3;
    min-block-size: min(24rem, 100dvh);
    max-block-size: 100dvh;
    inline-size: 100%;
  }
  .idle {
    display: grid;
    justify-items: start;
    align-content: center;
    gap: 0.5rem;
  }
`;
