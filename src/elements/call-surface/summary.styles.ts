import { css } from 'lit';

/** How a call ended. */
export const summaryStyles = css`
  .summary {
    display: grid;
    justify-items: center;
    gap: 0.35rem;
    color: var(--_quiet);
  }
  .summary .status {
    max-inline-size: 26rem;
    color: var(--_text);
    font-weight: 600;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .hint {
    max-inline-size: 26rem;
    font-size: 0.9375rem;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .steps {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.6rem;
    margin-block-start: 1rem;
  }
  .second {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.6em;
    min-block-size: 2.75rem;
    padding: 0.5rem 1.15rem;
    border: 0;
    border-radius: var(--omni-radius, 1.5rem);
    background: light-dark(rgb(255 255 255 / 85%), rgb(255 255 255 / 14%));
    color: var(--_text);
    font-weight: 600;
  }
  @container (block-size < 17rem) {
    .steps {
      margin-block-start: 0.35rem;
    }
  }
`;
