import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { CALL_TYPE } from '../../protocol/index.js';
import { PHONE, VIDEO, icon } from '../icon.js';
import { MESSAGES, MIC, MIC_OFF, SHARE, SHARE_OFF, VIDEO_OFF } from './icons.js';
import { isOn } from './is-on.js';
import type { Scene } from './scene.js';

interface Control {
  readonly part: string;
  readonly label: string;
  readonly shape: SVGTemplateResult;
  readonly onClick: () => void;
  /** `off`: what it stands for is off. `on`: something unusual is on. `end`: it ends the call. */
  readonly look?: 'off' | 'on' | 'end' | false;
  readonly focus?: boolean;
  readonly expanded?: boolean;
  readonly count?: number;
  /** The shortcut, once there are any. */
  readonly keys?: string | false;
}

export const control = (options: Control): TemplateResult => {
  const { part, label, shape, onClick, look, focus = false, expanded, count = 0, keys } = options;
  return html`<button
    type="button"
    part=${part}
    class="control"
    data-look=${look || nothing}
    ?data-focus=${focus}
    aria-label=${label}
    aria-expanded=${expanded ?? nothing}
    aria-keyshortcuts=${keys || nothing}
    title=${label}
    @click=${onClick}
  >
    ${icon(shape)}${count > 0 ? html`<span class="count" aria-hidden="true">${count}</span>` : nothing}
  </button>`;
};

const isWaiting = ({ snapshot: { phase } }: Scene): boolean => phase === 'dialing' || phase === 'ringback';

/** Microphone and camera. */
export function muteControls(scene: Scene): TemplateResult {
  const { snapshot, call, localize, actions } = scene;
  // One that failed sends as little as a muted one.
  const audio = call.me.muted.audio || snapshot.local.audio.state === 'failed';
  const video = call.me.muted.video || snapshot.local.video.state === 'failed';
  const hasCamera = call.callType === CALL_TYPE.VIDEO_CALL || isOn(scene.call);
  return html`${control({
    part: 'mute-audio-button',
    label: localize.term(audio ? 'unmuteMicrophone' : 'muteMicrophone'),
    shape: audio ? MIC_OFF : MIC,
    onClick: actions.toggleMicrophone,
    look: audio && 'off',
    focus: !isWaiting(scene),
    keys: isOn(scene.call) && 'm',
  })}
  ${
    hasCamera
      ? control({
          part: 'mute-video-button',
          label: localize.term(video ? 'cameraOn' : 'cameraOff'),
          shape: video ? VIDEO_OFF : VIDEO,
          onClick: actions.toggleCamera,
          look: video && 'off',
          keys: isOn(scene.call) && 'v',
        })
      : nothing
  }`;
}

export function hangUpControl(scene: Scene): TemplateResult {
  const waits = isWaiting(scene);
  return control({
    part: 'hangup-button',
    label: scene.localize.term(waits ? 'cancel' : 'hangUp'),
    shape: PHONE,
    onClick: scene.actions.leave,
    look: 'end',
    focus: waits,
  });
}

/** Screen and messages, which only a connected call has. */
function callControls({ snapshot, chat, localize, actions }: Scene): TemplateResult {
  const isSharing = snapshot.local.screen !== null;
  return html`${
    canShare()
      ? control({
          part: 'screen-button',
          label: localize.term(isSharing ? 'stopSharing' : 'shareScreen'),
          shape: isSharing ? SHARE_OFF : SHARE,
          onClick: actions.toggleScreen,
          look: isSharing && 'on',
          keys: 's',
        })
      : nothing
  }
  ${control({
    part: 'messages-button',
    label: chat.unread > 0 ? localize.term('unread', chat.unread) : localize.term('messages'),
    shape: MESSAGES,
    onClick: chat.toggle,
    look: chat.isOpen && 'on',
    expanded: chat.isOpen,
    count: chat.unread,
    keys: 'c',
  })}`;
}

export const canShare = (): boolean => 'getDisplayMedia' in (navigator.mediaDevices ?? {});

/** The row of buttons of a call that goes on. `more`: what is loaded later. */
export function controls(scene: Scene, more: unknown): TemplateResult {
  return html`<div class="controls" part="controls" role="group" aria-label=${scene.localize.term('controls')}>
    ${muteControls(scene)} ${isOn(scene.call) ? callControls(scene) : nothing} ${more}
    <slot name="controls"></slot>
    ${hangUpControl(scene)}
  </div>`;
}
