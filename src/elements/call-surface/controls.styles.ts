import { css } from 'lit';

/** The buttons of a call, and what is beside them. */
export const controlStyles = css`
  .controls {
    grid-area: 2 / 1;
    justify-self: center;
    position: relative;
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: clamp(0.3rem, 2cqi, 0.75rem);
    padding: var(--_space);
    max-inline-size: 100%;
  }
  .control {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: var(--_row);
    block-size: var(--_row);
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: light-dark(rgb(255 255 255 / 82%), rgb(60 64 74 / 84%));
    box-shadow: 0 1px 4px rgb(0 0 0 / 10%);
    transition: background-color 0.15s;
  }
  .control:hover {
    background: light-dark(#fff, rgb(84 89 101 / 85%));
  }
  .control[data-look='off'] {
    background: light-dark(#2b2f38, #f3f4f6);
    color: light-dark(#fff, #16181d);
  }
  .control[data-look='on'] {
    background: var(--_accent);
    color: #fff;
  }
  .control[data-look='end'] {
    inline-size: calc(var(--_row) * 1.4);
    border-radius: calc(var(--_row) / 2);
    background: var(--_negative);
    color: #fff;
  }
  .control[data-look='end']:hover,
  .choice:hover .disc {
    filter: brightness(1.1);
  }
  .control[data-look='end'] svg,
  .choice[data-look='end'] svg {
    rotate: 135deg;
  }

  .choices {
    max-inline-size: 100%;
    display: flex;
    /* Answer is the first stop of the tab key, and the last to the eye, as on a telephone. */
    flex-direction: row-reverse;
    justify-content: center;
    align-items: start;
    gap: clamp(0.25rem, 5cqi, 2rem);
    margin-block-start: clamp(0.75rem, 5cqb, 2rem);
  }
  .choice {
    display: grid;
    justify-items: center;
    gap: 0.5rem;
    flex: 0 1 auto;
    inline-size: clamp(4.5rem, 26cqi, 6rem);
    min-inline-size: 4.5rem;
    padding: 0.25rem;
    border: 0;
    border-radius: 1rem;
    background: none;
    font-size: 0.875rem;
    line-height: 1.25;
  }
  .disc {
    display: grid;
    place-items: center;
    inline-size: 3.75rem;
    block-size: 3.75rem;
    border-radius: 50%;
    background: light-dark(#fff, rgb(255 255 255 / 16%));
    box-shadow: 0 2px 8px rgb(0 0 0 / 12%);
    font-size: 1.15rem;
  }
  .choice:focus-visible {
    outline: none;
  }
  .choice:focus-visible .disc {
    outline: 3px solid var(--_accent);
    outline-offset: 3px;
  }
  .choice[data-look='answer'] .disc {
    background: var(--_positive);
    color: #fff;
  }
  .choice[data-look='end'] .disc {
    background: var(--_negative);
    color: #fff;
  }

  .consent {
    position: relative;
    max-inline-size: 100%;
    display: inline-flex;
    align-items: center;
    gap: 0.6em;
    min-block-size: 2.75rem;
    padding-inline: 0.5rem;
    font-size: 0.875rem;
    text-align: start;
    cursor: pointer;
  }
  .consent input {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--_accent);
  }

  .data {
    position: relative;
    margin-block-start: 0.5rem;
    padding: 0.55rem 0.9rem;
    max-inline-size: min(100%, 24rem);
    max-block-size: 30cqb;
    overflow: auto;
    border-radius: calc(var(--_radius) * 0.75);
    background: light-dark(rgb(255 255 255 / 70%), rgb(255 255 255 / 9%));
    font-size: 0.875rem;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .data dl {
    display: grid;
    gap: 0.15rem;
    margin: 0;
  }
  .data dl > div {
    display: flex;
    gap: 0.6em;
  }
  .data dt {
    color: var(--_quiet);
  }
  .data dd {
    margin: 0;
  }

  @container (block-size < 17rem) {
    .choices {
      margin-block-start: 0.25rem;
    }
    .disc {
      inline-size: 2.75rem;
      block-size: 2.75rem;
    }
  }
`;
