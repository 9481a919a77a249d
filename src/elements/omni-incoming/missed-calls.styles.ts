import { css } from 'lit';

export const missedCallsStyles = css`
  .missed {
    display: grid;
    gap: 0.5rem;
    inline-size: 22rem;
    max-inline-size: 100%;
    padding: var(--_space);
    border-radius: var(--_radius);
    background: light-dark(#fff, #1e2128);
    box-shadow: 0 0.5rem 2rem rgb(0 0 0 / 22%);
  }
  .missed ul {
    display: grid;
    gap: 0.75rem;
    max-block-size: min(50dvh, 20rem);
    margin: 0;
    padding: 0;
    overflow: auto;
    list-style: none;
  }
  .missed li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.35rem 0.75rem;
  }
  .missed li > div {
    flex: 1 1 9rem;
    min-inline-size: 0;
  }
  .missed-who {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .missed time,
  .missed-who span {
    font-size: 0.875rem;
    font-weight: 400;
    color: var(--_quiet);
  }
  .return,
  .dismiss {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-block-size: 2.75rem;
    padding: 0.5rem 1rem;
    border: 0;
    border-radius: var(--omni-radius, 1.5rem);
    font-weight: 600;
  }
  .return {
    background: var(--_positive);
    color: #fff;
  }
  .dismiss {
    justify-self: end;
    background: none;
    color: var(--_quiet);
  }
  .dismiss:hover {
    color: var(--_text);
  }
`;
