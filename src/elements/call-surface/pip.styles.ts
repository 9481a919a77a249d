import { css } from 'lit';

/** The small window is a document of its own: nothing of the page’s styles is there. */
export const pipStyles = css`
  :root {
    color-scheme: dark;
    font:
      1rem/1.4 system-ui,
      sans-serif;
  }
  body {
    margin: 0;
    background: #0c0d10;
    color: #f2f3f5;
  }
  main {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.5rem;
    block-size: 100vb;
    overflow: hidden;
  }
  p {
    margin: 0;
    font-weight: 600;
    overflow-wrap: anywhere;
    text-align: center;
  }
  video {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  video[data-fit='all'] {
    object-fit: contain;
  }
  .avatar {
    display: grid;
    place-items: center;
    inline-size: 4.5rem;
    aspect-ratio: 1;
    border-radius: 50%;
    background: #3a4254;
    font-size: 1.5rem;
    font-weight: 600;
  }
  .controls {
    position: absolute;
    inset-block-end: 0.75rem;
    inset-inline: 0;
    display: flex;
    justify-content: center;
    gap: 0.6rem;
  }
  button {
    display: grid;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: rgb(60 64 74 / 78%);
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  button:hover {
    filter: brightness(1.15);
  }
  :focus-visible {
    outline: 3px solid #3671e3;
    outline-offset: 2px;
  }
  button[data-look='off'] {
    background: #f3f4f6;
    color: #16181d;
  }
  button[data-look='end'] {
    inline-size: 3.75rem;
    border-radius: 1.4rem;
    background: #d93a42;
    color: #fff;
  }
  button[data-look='end'] svg {
    rotate: 135deg;
  }
  svg {
    inline-size: 1.25em;
    block-size: 1.25em;
  }
`;
