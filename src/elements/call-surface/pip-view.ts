import { html, nothing, type TemplateResult } from 'lit';
import { avatar } from './avatar.js';
import { hangUpControl, muteControls } from './controls.js';
import type { Scene } from './scene.js';
import { sourceOf } from './source-of.js';

/** What the small window shows: the other side, and the buttons that matter most. */
export function pipView(scene: Scene): TemplateResult {
  const { snapshot, name, localize } = scene;
  const { camera, screen } = snapshot.remote;
  const seen = screen ?? camera;
  return html`<main>
    ${
      seen
        ? html`<video
            autoplay
            playsinline
            .muted=${true}
            .srcObject=${sourceOf(seen)}
            data-fit=${screen ? 'all' : nothing}
            aria-label=${localize.term(screen ? 'screenOf' : 'videoOf', name)}
          ></video>`
        : html`${avatar(name)}
            <p>${name}</p>`
    }
    <div class="controls" role="group" aria-label=${localize.term('controls')}>
      ${muteControls(scene)} ${hangUpControl(scene)}
    </div>
  </main>`;
}
