import { css } from 'lit';

export const omniIncomingStyles = css`
  :host {
    display: grid;
    position: fixed;
    z-index: 2147483000;
    inset-block-end: 1rem;
    inset-inline-end: 1rem;
    max-inline-size: calc(100vw - 2rem);
    max-block-size: calc(100dvh - 2rem);
  }
  :host(:state(in-call)) {
    inline-size: 24rem;
    block-size: 30rem;
  }
  .idle {
    display: grid;
    justify-items: end;
    gap: 0.5rem;
    grid-template-columns: minmax(0, 1fr);
  }
`;
