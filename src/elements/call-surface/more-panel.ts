import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { DeviceKind } from '../../media/devices.js';
import { CALL_TYPE } from '../../protocol/index.js';
import { icon } from '../icon.js';
import { deviceLists, setDevice } from '../omni-device-select/device-lists.js';
import { canShare, control } from './controls.js';
import type { DuringCall } from './during-call.js';
import { canFullScreen } from './full-screen.js';
import { FULL_SCREEN, LEAVE_FULL_SCREEN, MORE, PIP } from './icons.js';
import { bars, qualityWords } from './quality.js';
import type { Scene } from './scene.js';
import { sidePanel } from './side-panel.js';
import { SHORTCUTS, SHORTCUT_WORDS } from './shortcuts.js';

/** Opens the panel of all that a call offers beside its buttons. */
export const moreControl = ({ panels, localize }: Scene): TemplateResult =>
  control({
    part: 'more-button',
    label: localize.term('more'),
    shape: MORE,
    onClick: () => panels.toggle('more'),
    look: panels.open === 'more' && 'on',
    expanded: panels.open === 'more',
    keys: '?',
  });

const act = (part: string, shape: SVGTemplateResult, words: string, onClick: () => void): TemplateResult =>
  html`<button type="button" part=${part} class="act" @click=${onClick}>${icon(shape)}<span>${words}</span></button>`;

/** Whether this browser can blur: it takes pictures apart, and a graphics chip for it. */
const canBlur = (): boolean => 'VideoFrame' in window && 'OffscreenCanvas' in window;

function blur({ snapshot, call, localize, actions }: Scene): TemplateResult | typeof nothing {
  if (!canBlur() || call.callType === CALL_TYPE.AUDIO_CALL) return nothing;
  const { blur: state } = snapshot.local;
  // What it shows is the service's to say, and not the click's.
  const handleClick = (event: Event): void => {
    event.preventDefault();
    actions.toggleBlur();
  };
  return html`<label class="act">
    <input part="blur" type="checkbox" role="switch" .checked=${live(state !== 'off')} @click=${handleClick} />
    <span>${localize.term('blurBackground')}</span>
    <small role="status">${state === 'starting' ? localize.term('blurStarting') : nothing}</small>
  </label>`;
}

const SOUND: readonly DeviceKind[] = ['audioinput', 'audiooutput'];

const devices = ({ snapshot, call, localize, actions }: Scene): TemplateResult[] =>
  deviceLists({
    lists: snapshot.devices,
    kinds: call.callType === CALL_TYPE.AUDIO_CALL ? SOUND : ['videoinput', ...SOUND],
    localize,
    act: (work) => actions.carryOut(work),
    choose: (kind, id) => actions.with((service) => setDevice(service, kind, id)),
  });

function volume({ snapshot, name, localize, actions }: Scene): TemplateResult {
  const handleInput = (event: Event): void => actions.setVolume((event.target as HTMLInputElement).valueAsNumber);
  return html`<label class="field">
    <span>${localize.term('volumeOf', name)}</span>
    <input
      part="volume"
      type="range"
      min="0"
      max="1"
      step="0.05"
      .value=${String(snapshot.remote.volume)}
      aria-valuetext="${Math.round(snapshot.remote.volume * 100)} %"
      @input=${handleInput}
    />
  </label>`;
}

function connections({ snapshot, name, localize }: Scene): TemplateResult {
  const row = (who: string, quality: typeof snapshot.local.quality): TemplateResult =>
    html`<div>
      <dt>${who}</dt>
      <dd>${bars(quality)}<span>${qualityWords(quality, localize) || '…'}</span></dd>
    </div>`;
  return html`<h3>${localize.term('connection')}</h3>
    <dl class="facts">${row(localize.term('you'), snapshot.local.quality)}${row(name, snapshot.remote.quality)}</dl>`;
}

function keys(scene: Scene, during: DuringCall): TemplateResult {
  const { localize } = scene;
  const offered = Object.entries(SHORTCUTS).filter(
    ([, does]) =>
      (does !== 'screen' || canShare()) &&
      (does !== 'full' || canFullScreen()) &&
      (does !== 'pip' || during.pip.can(scene)),
  );
  return html`<h3>${localize.term('shortcuts')}</h3>
    <p class="note">${localize.term('shortcutsHint')}</p>
    <dl class="facts">
      ${offered.map(
        ([key, does]) =>
          html`<div>
            <dt>${localize.term(SHORTCUT_WORDS[does])}</dt>
            <dd><kbd>${key.toUpperCase()}</kbd></dd>
          </div>`,
      )}
    </dl>`;
}

/** All that a call offers beside its buttons. */
export function morePanel(scene: Scene, during: DuringCall): TemplateResult | typeof nothing {
  const { panels, localize } = scene;
  if (panels.open !== 'more') return nothing;
  const content = html`<div class="scroll">
    ${
      during.pip.can(scene)
        ? act('pip-button', PIP, localize.term(during.pip.isOpen ? 'leavePictureInPicture' : 'pictureInPicture'), () =>
            during.togglePip(scene),
          )
        : nothing
    }
    ${
      canFullScreen()
        ? act(
            'full-screen-button',
            during.isFull ? LEAVE_FULL_SCREEN : FULL_SCREEN,
            localize.term(during.isFull ? 'leaveFullScreen' : 'fullScreen'),
            during.toggleFull,
          )
        : nothing
    }
    ${blur(scene)} ${devices(scene)} ${volume(scene)} ${connections(scene)} ${keys(scene, during)}
  </div>`;
  const close = (): void => panels.toggle('more');
  return sidePanel({ part: 'more', title: localize.term('more'), close, focus: true }, content, localize);
}
