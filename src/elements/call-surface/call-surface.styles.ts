import { css } from 'lit';
import { controlStyles } from './controls.styles.js';

const layout = css`
  :host(:state(in-call)) {
    container-type: size;
  }
  .surface {
    --_ground: var(
      --omni-surface,
      radial-gradient(
        120% 100% at 50% 0%,
        light-dark(oklch(0.93 0.045 var(--hue)), oklch(0.36 0.065 var(--hue))),
        light-dark(oklch(0.975 0.012 var(--hue)), oklch(0.2 0.025 var(--hue)))
      )
    );
    --_row: 3rem;
    --_text: var(--omni-text, light-dark(#16181d, #f5f6f8));
    --_quiet: var(--omni-text-quiet, light-dark(#4f5661, #c3c8d1));
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    block-size: 100%;
    min-block-size: 0;
    border-radius: var(--_radius);
    background: var(--_ground);
    color: var(--_text);
  }
  /* It has the focus while a ring leaves it to no button: nothing to press, nothing to mark. */
  .surface:focus-visible {
    outline: none;
  }
  .surface[data-seen],
  .surface[data-preview] {
    color-scheme: dark;
    background: #0c0d10;
  }
  /* Behind the buttons too, however many rows they take. The words are above those. */
  .stage {
    grid-area: 1 / 1 / 3 / 2;
    position: relative;
    isolation: isolate;
    overflow: hidden;
    display: grid;
    grid-template-rows: subgrid;
  }
  .words {
    grid-row: 1;
    min-inline-size: 0;
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
    overflow: auto;
    padding: var(--_space);
    scrollbar-width: none;
  }

  /*
   * What lies in a corner is rounded itself: were all of it clipped by a rounded box, the browser would put it together
   * apart and cut it out anew for each frame of a picture, which took more than all else that it draws.
   */
  .remote,
  .screen,
  .own {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    border-radius: var(--_radius);
    object-fit: cover;
  }
  .own,
  .remote[data-small] {
    grid-row: 1 / 2;
    inset: auto;
    inset-block-end: calc(var(--_space) / 2);
    inset-inline-end: var(--_space);
    inline-size: clamp(4.5rem, 26cqi, 13rem);
    block-size: auto;
    aspect-ratio: 4 / 3;
    border-radius: calc(var(--_radius) * 0.75);
    background: #22252b;
    /* No soft shadow: over a moving picture each frame of it would be blended anew. */
    box-shadow: 0 0 0 1px rgb(255 255 255 / 22%);
  }
  .own {
    transform: scaleX(-1);
  }
  .surface[data-preview] .own {
    grid-row: 1 / 3;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    aspect-ratio: auto;
    border-radius: var(--_radius);
    box-shadow: none;
    z-index: -1;
  }
  /* Between the own picture and the words on it. A filter on a moving picture would keep a whole core busy. */
  .surface[data-preview] .stage::before {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: var(--_radius);
    background: linear-gradient(rgb(12 13 16 / 72%) 36%, rgb(12 13 16 / 12%) 62%, rgb(12 13 16 / 60%));
  }
  /* Nobody's face is behind a name. */
  .surface[data-preview] .who {
    margin-block-start: var(--_space);
  }
  .surface[data-preview] .avatar {
    inline-size: 3.5rem;
    margin-block-end: 0.25rem;
    font-size: 1.25rem;
  }

  .who {
    order: 3;
    position: relative;
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 0.35rem;
    margin: auto;
    max-inline-size: 100%;
    text-align: center;
  }
  .avatar {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: clamp(3.5rem, 27cqmin, 7.5rem);
    aspect-ratio: 1;
    margin-block-end: 0.6rem;
    border-radius: 50%;
    background: linear-gradient(160deg, oklch(0.6 0.13 var(--hue)), oklch(0.48 0.14 var(--hue)));
    color: #fff;
    font-size: clamp(1.3rem, 10cqmin, 2.75rem);
    font-weight: 600;
  }
  .name {
    max-inline-size: min(100%, 28rem);
    font-size: clamp(1.15rem, 5cqmin, 1.6rem);
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
    text-wrap: balance;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  .line-of-state {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0 0.75em;
    min-block-size: 1.5em;
    color: var(--_quiet);
  }
  .timer {
    font-variant-numeric: tabular-nums;
  }

  .surface[data-seen] .who {
    order: 0;
    flex-flow: row wrap;
    align-items: baseline;
    gap: 0 0.6em;
    margin: 0;
    align-self: start;
    padding: 0.35rem 0.8rem;
    border-radius: 2rem;
    background: rgb(12 13 16 / 66%);
    font-size: 0.875rem;
  }
  .surface[data-seen] .avatar {
    display: none;
  }
  .surface[data-seen] .name {
    font-size: inherit;
    font-weight: 600;
    letter-spacing: 0;
    -webkit-line-clamp: 1;
  }
  .surface[data-seen] .line-of-state {
    min-block-size: 0;
    flex: none;
  }

  .badges,
  .notices {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
  }
  .badges {
    order: 1;
    align-self: start;
  }
  .notices {
    order: 2;
    flex-direction: column;
    align-items: stretch;
    align-self: center;
    inline-size: min(100%, 30rem);
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 0.45em;
    padding: 0.25rem 0.7rem;
    border-radius: 2rem;
    background: light-dark(rgb(255 255 255 / 70%), rgb(12 13 16 / 66%));
    font-size: 0.8125rem;
    overflow-wrap: anywhere;
  }
  .recording {
    position: relative;
    display: inline-flex;
    align-items: center;
    gap: 0.3rem;
  }
  .badge svg {
    inline-size: 1.05em;
    block-size: 1.05em;
  }
  .badge[data-recording]::before {
    content: '';
    inline-size: 0.6em;
    block-size: 0.6em;
    border-radius: 50%;
    background: #f04a50;
  }
  .badge[data-recording='paused']::before,
  .badge[data-recording='requested']::before {
    background: none;
    border: 2px solid #f04a50;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6rem;
    padding-block: 0.4rem;
    padding-inline: 0.85rem 0.4rem;
    min-block-size: 2.75rem;
    border-radius: calc(var(--_radius) * 0.75);
    background: light-dark(#fff, #2a2d35);
    box-shadow: 0 2px 12px rgb(0 0 0 / 14%);
    font-size: 0.875rem;
    line-height: 1.35;
    text-align: start;
  }
  .notice > span {
    flex: 1 7rem;
    padding-block: 0.25rem;
  }
  .notice > svg {
    color: light-dark(#a15c00, #f4b455);
  }
  .mend {
    margin-inline-start: auto;
    min-block-size: 2.25rem;
    padding: 0 0.9rem;
    border: 0;
    border-radius: calc(var(--_radius) * 0.5);
    background: light-dark(#eceef2, #3c414c);
    font-weight: 600;
  }

  @container (inline-size >= 46rem) and (block-size >= 20rem) {
    .surface:not([data-panel]) .own,
    .remote[data-small] {
      grid-row: 1 / 3;
      inset-block-end: var(--_space);
    }
  }
  @container (inline-size < 22rem) or (block-size < 17rem) {
    .surface {
      --_row: 2.75rem;
      --_space: var(--omni-space, 0.5rem);
    }
  }
  @container (block-size < 17rem) {
    .avatar {
      display: none;
    }
    .own {
      inset-block: var(--_space) auto;
    }
    .surface[data-seen] .who {
      max-inline-size: 60%;
    }
  }
  @container (block-size < 11rem) {
    .badges,
    .surface[data-seen] .who {
      display: none;
    }
  }
`;

const motion = css`
  .surface:is([data-phase='dialing'], [data-phase='ringback'], [data-phase='ringing']) .avatar::before,
  .surface:is([data-phase='ringback'], [data-phase='ringing']) .avatar::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: 50%;
    border: 2px solid oklch(0.6 0.13 var(--hue));
    animation: ring 2.4s ease-out infinite;
  }
  .avatar::after {
    animation-delay: 0.8s !important;
  }
  @keyframes ring {
    from {
      opacity: 0.7;
    }
    to {
      opacity: 0;
      transform: scale(1.65);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .surface,
    .surface[data-seen] .who,
    .avatar,
    .notice,
    .disc,
    .badge {
      border: 1px solid CanvasText;
    }
    .choice {
      border: 0 !important;
    }
    .notice > svg {
      color: CanvasText;
    }
  }
`;

export const surfaceStyles = css`
  ${layout}${controlStyles}${motion}
`;
