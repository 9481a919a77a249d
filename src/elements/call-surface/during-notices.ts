import { html, nothing, type TemplateResult } from 'lit';
import type { DuringCall } from './during-call.js';
import { ALERT, MIC_OFF } from './icons.js';
import { notice } from './notices.js';
import type { Scene } from './scene.js';

/** What its owner did not notice: that nobody hears or sees them, or that a device went away. */
export function duringNotices(
  { snapshot, call, name, localize, actions }: Scene,
  { speaksMuted, lost, forgetLost }: DuringCall,
): TemplateResult {
  return html`${snapshot.remote.givenUp ? notice(ALERT, localize.term('pictureGivenUp')) : nothing}
  ${call.peer.voiceOnly ? notice(ALERT, localize.term('pictureNotTaken', name)) : nothing}
  ${
    snapshot.local.blur === 'failed'
      ? notice(ALERT, localize.term('blurFailed'), {
          label: localize.term('showBackground'),
          onClick: actions.toggleBlur,
        })
      : nothing
  }
  ${
    speaksMuted
      ? notice(MIC_OFF, localize.term('speakingMuted'), {
          label: localize.term('unmuteMicrophone'),
          onClick: actions.toggleMicrophone,
        })
      : nothing
  }
  ${
    lost
      ? notice(
          ALERT,
          lost.next ? localize.term('deviceReplaced', lost.lost, lost.next) : localize.term('deviceLost', lost.lost),
          { label: localize.term('close'), onClick: forgetLost },
        )
      : nothing
  }`;
}
