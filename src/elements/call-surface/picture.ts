import { html, type TemplateResult } from 'lit';
import type { Scene } from './scene.js';
import { sourceOf } from './source-of.js';

/**
 * The pictures of a call. They stay in place through all its phases, so that a first frame finds its element ready.
 * All are silent: sound is the media's, which plays it without an element of the page.
 */
export function pictures({ snapshot, name, localize }: Scene): TemplateResult {
  const { camera, cameraToCome, screen } = snapshot.remote;
  const own = snapshot.local.camera;
  return html`<video
      part="screen-video"
      class="screen"
      autoplay
      playsinline
      .muted=${true}
      .srcObject=${sourceOf(screen)}
      ?hidden=${!screen}
      aria-label=${localize.term('screenOf', name)}
    ></video>
    <video
      part="remote-video"
      class="remote"
      ?data-small=${screen !== null}
      autoplay
      playsinline
      .muted=${true}
      .srcObject=${sourceOf(camera ?? cameraToCome)}
      ?hidden=${!camera}
      aria-label=${localize.term('videoOf', name)}
    ></video>
    <video
      part="local-video"
      class="own"
      autoplay
      playsinline
      .muted=${true}
      .srcObject=${sourceOf(own)}
      ?hidden=${!own}
      aria-label=${localize.term('ownVideo')}
    ></video>`;
}
