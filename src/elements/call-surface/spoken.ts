import { html, nothing, type TemplateResult } from 'lit';
import { CALL_TYPE } from '../../protocol/index.js';
import { isOn } from './is-on.js';
import type { Scene } from './scene.js';
import { recordingWords } from './words.js';

/** Whether a thing is other than a call usually is, and what to say when it is, and when it no longer is. */
type Fact = readonly [isOther: boolean, words: string, usual: string];

function factsOf({ call, snapshot, name, localize }: Scene): Fact[] {
  const { me, peer, callType } = call;
  const hasPicture = callType === CALL_TYPE.VIDEO_CALL;
  const recorded = recordingWords(call, localize);
  return [
    [recorded !== '', recorded, localize.term('recordingOver')],
    [peer.muted.audio, localize.term('peerMuted', name), localize.term('peerUnmuted', name)],
    [hasPicture && peer.muted.video, localize.term('peerCameraOff', name), localize.term('peerCameraOn', name)],
    [peer.sharing, localize.term('sharesScreen', name), localize.term('peerSharingOver', name)],
    [me.muted.audio, localize.term('ownMuted'), localize.term('ownUnmuted')],
    [hasPicture && me.muted.video, localize.term('ownCameraOff'), localize.term('ownCameraOn')],
    [snapshot.local.screen !== null, localize.term('youShareScreen'), localize.term('ownSharingOver')],
  ];
}

/**
 * What changes during a call, for those who do not see it. Each thing has a live region of its own, so that it is not
 * said again for another's sake.
 */
export class Spoken {
  readonly #wereOther = new Set<number>();
  #isThere = false;

  render(scene: Scene): TemplateResult[] | typeof nothing {
    if (!isOn(scene.call)) return nothing;
    // Readers say what changes in a region, not what comes with it.
    const wasThere = this.#isThere;
    this.#isThere = true;
    return factsOf(scene).map(([isOther, words, usual], index) => {
      if (isOther) this.#wereOther.add(index);
      const said = isOther ? words : this.#wereOther.has(index) ? usual : '';
      return html`<div class="unseen" role="status">${wasThere ? said : ''}</div>`;
    });
  }
}
