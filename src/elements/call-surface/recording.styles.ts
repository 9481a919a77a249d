import { css } from 'lit';

/** The buttons of a recording, beside the badge that tells of it. */
export const recordingStyles = css`
  .recording .small {
    display: grid;
    place-items: center;
    inline-size: 2rem;
    block-size: 2rem;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: light-dark(rgb(255 255 255 / 82%), rgb(60 64 74 / 84%));
    font-size: 0.8125rem;
  }
  .recording .small:hover {
    background: light-dark(#fff, rgb(84 89 101 / 85%));
  }
`;
