import { css } from 'lit';

/** The panels, of messages and of more: beside the picture where there is room, else over it. */
export const chatStyles = css`
  .side {
    grid-area: 1 / 1;
    position: relative;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    border-radius: var(--_radius) var(--_radius) 0 0;
    background: light-dark(#fff, #1d2026);
    color: light-dark(#16181d, #f2f3f5);
  }
  .side[part='messages'] {
    grid-template-rows: auto minmax(0, 1fr) auto;
  }
  .side header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding-block: 0.4rem;
    padding-inline: 1rem 0.4rem;
  }
  .side h2 {
    margin: 0;
    font-size: 1rem;
    font-weight: 650;
  }
  .small {
    display: grid;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    border: 0;
    border-radius: 50%;
    background: none;
  }
  .small:hover {
    background: light-dark(#eef0f3, #2d313a);
  }
  .small.send {
    background: var(--_accent);
    color: #fff;
  }
  .lines {
    display: flex;
    flex-direction: column;
    gap: 0.4rem;
    padding: 0.5rem 1rem;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .none {
    margin: auto;
    color: light-dark(#5d6470, #a4abb8);
    font-size: 0.875rem;
  }
  .line {
    align-self: start;
    max-inline-size: 85%;
    padding: 0.45rem 0.8rem;
    border-radius: 1.1rem;
    border-end-start-radius: 0.3rem;
    background: light-dark(#eef0f3, #2d313a);
    font-size: 0.9375rem;
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    .line {
      border: 1px solid CanvasText;
    }
  }
  .text {
    white-space: pre-wrap;
  }
  .line[data-own] {
    align-self: end;
    border-end-start-radius: 1.1rem;
    border-end-end-radius: 0.3rem;
    background: var(--_accent);
    color: #fff;
  }
  /* How many are not read yet. */
  .count {
    position: absolute;
    inset-block-start: -0.15rem;
    inset-inline-end: -0.15rem;
    min-inline-size: 1.25rem;
    padding-inline: 0.3rem;
    border-radius: 1rem;
    background: var(--_negative);
    color: #fff;
    font-size: 0.75rem;
    font-weight: 700;
    line-height: 1.25rem;
  }
  .side form {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.5rem;
    padding: 0.75rem;
  }
  .not-sent {
    grid-column: 1 / -1;
    font-size: 0.875rem;
    color: light-dark(#b3262c, #ff8f94);
  }
  .not-sent:empty {
    display: none;
  }
  .side form input {
    min-inline-size: 0;
    min-block-size: 2.75rem;
    padding: 0 1rem;
    border: 1px solid light-dark(#8a919d, #767d8a);
    border-radius: 1.4rem;
    background: none;
    color: inherit;
    font: inherit;
  }
  /* Behind a panel there is nothing of it to be seen but its shadow. */
  @container (inline-size < 44rem) {
    .surface[data-panel] .own {
      visibility: hidden;
    }
  }
  @container (inline-size >= 44rem) {
    .surface[data-panel] {
      grid-template-columns: minmax(0, 1fr) 20rem;
    }
    .surface[data-panel] .own {
      inline-size: 8rem;
    }
    .side {
      grid-area: 1 / 2 / 3;
      border-start-start-radius: 0;
      border-end-end-radius: var(--_radius);
    }
    /* Where the two meet nothing is round. */
    .surface[data-panel] :is(.screen, .remote:not([data-small])) {
      border-start-end-radius: 0;
      border-end-end-radius: 0;
    }
  }
`;
