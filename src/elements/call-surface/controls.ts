import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { CALL_TYPE } from '../../protocol/index.js';
import { PHONE, VIDEO, icon } from '../icon.js';
import { MESSAGES, MIC, MIC_OFF, SHARE, SHARE_OFF, VIDEO_OFF } from './icons.js';
import type { Scene } from './scene.js';

interface Control {
  readonly part: string;
  readonly label: string;
  readonly shape: SVGTemplateResult;
  readonly onClick: () => void;
  /** `off`: what it stands for is off. `on`: something unusual is on. `end`: it ends the call. */
  readonly look?: 'off' | 'on' | 'end' | undefined;
  readonly focus?: boolean;
  readonly expanded?: boolean;
  readonly count?: number;
}

const control = ({ part, label, shape, onClick, look, focus = false, expanded, count = 0 }: Control): TemplateResult =>
  html`<button
    type="button"
    part=${part}
    class="control"
    data-look=${look ?? nothing}
    ?data-focus=${focus}
    aria-label=${label}
    aria-expanded=${expanded ?? nothing}
    title=${label}
    @click=${onClick}
  >
    ${icon(shape)}${count > 0 ? html`<span class="count" aria-hidden="true">${count}</span>` : nothing}
  </button>`;

/** The row of buttons of a call that goes on. */
export function controls({ snapshot, call, chat, localize, actions }: Scene): TemplateResult {
  const { phase, local } = snapshot;
  const { audio, video } = call.me.muted;
  const isSharing = local.screen !== null;
  const isConnected = call.connectedAt !== null;
  const canShare = isConnected && 'getDisplayMedia' in (navigator.mediaDevices ?? {});
  const hasCamera = call.callType === CALL_TYPE.VIDEO_CALL || isConnected;
  const isWaiting = phase === 'dialing' || phase === 'ringback';
  return html`<div class="controls" part="controls" role="group" aria-label=${localize.term('controls')}>
    ${control({
      part: 'mute-audio-button',
      label: localize.term(audio ? 'unmuteMicrophone' : 'muteMicrophone'),
      shape: audio ? MIC_OFF : MIC,
      onClick: actions.toggleMicrophone,
      look: audio ? 'off' : undefined,
      focus: !isWaiting,
    })}
    ${
      hasCamera
        ? control({
            part: 'mute-video-button',
            label: localize.term(video ? 'cameraOn' : 'cameraOff'),
            shape: video ? VIDEO_OFF : VIDEO,
            onClick: actions.toggleCamera,
            look: video ? 'off' : undefined,
          })
        : nothing
    }
    ${
      canShare
        ? control({
            part: 'screen-button',
            label: localize.term(isSharing ? 'stopSharing' : 'shareScreen'),
            shape: isSharing ? SHARE_OFF : SHARE,
            onClick: actions.toggleScreen,
            look: isSharing ? 'on' : undefined,
          })
        : nothing
    }
    ${
      isConnected
        ? control({
            part: 'messages-button',
            label: chat.unread > 0 ? localize.term('unread', chat.unread) : localize.term('messages'),
            shape: MESSAGES,
            onClick: chat.toggle,
            look: chat.isOpen ? 'on' : undefined,
            expanded: chat.isOpen,
            count: chat.unread,
          })
        : nothing
    }
    <slot name="controls"></slot>
    ${control({
      part: 'hangup-button',
      label: localize.term(isWaiting ? 'cancel' : 'hangUp'),
      shape: PHONE,
      onClick: actions.leave,
      look: 'end',
      focus: isWaiting,
    })}
  </div>`;
}
