import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from '../property.js';
import type { CallInfo, CallSnapshot } from '../../service/snapshot.js';
import { CallElement } from '../call-element.js';
import type { RingOptions } from '../call-surface/call-surface.js';
import { PHONE, icon } from '../icon.js';
import type { MissedCalls } from './later.js';
import { omniIncomingStyles } from './omni-incoming.styles.js';

/**
 * Rings when somebody calls, and shows the call, until it is over. It floats in a corner of the page; to have it in
 * its place in the page: `omni-incoming { position: static; }`.
 *
 * @tag omni-incoming
 * @attr phase - Where the call stands; read-only: `offline`, `idle`, `dialing`, `ringback`, `ringing`, `connecting`,
 *   `connected`, `reconnecting` or `ended`.
 *
 * @slot idle - Shown while there is no call.
 * @slot stage - Over the picture of a call.
 * @slot controls - More buttons in the row of a call’s.
 * @slot summary - Below the words of how a call ended.
 *
 * @csspart surface - The whole of a call.
 * @csspart avatar - The other side’s initials, where there is no picture.
 * @csspart answer-button - Answers.
 * @csspart answer-audio-button - Answers a video call with voice only.
 * @csspart decline-button - Declines.
 * @csspart hangup-button - Hangs up, or cancels.
 * @csspart mute-audio-button - Mutes the microphone, and unmutes it.
 * @csspart mute-video-button - Turns the camera off, and on.
 * @csspart screen-button - Shares the screen, and stops it.
 * @csspart messages-button - Opens and closes the messages.
 * @csspart messages - The messages of a call.
 * @csspart more-button - Opens and closes the panel of all else that a call offers.
 * @csspart more - That panel.
 * @csspart pip-button - Shows the call in a small window above all others.
 * @csspart full-screen-button - Fills the screen with the call.
 * @csspart blur - Blurs one’s own background.
 * @csspart device-list - The list of one kind of device.
 * @csspart volume - How loud the other side is.
 * @csspart quality - How good a side’s connection is.
 * @csspart controls - The row of buttons.
 * @csspart remote-video - The other side’s camera.
 * @csspart screen-video - The other side’s screen.
 * @csspart local-video - One’s own camera.
 * @csspart status - Where the call stands, in words.
 * @csspart timer - How long the call has lasted.
 * @csspart data - What the caller passed with the call.
 * @csspart record-consent - Lets the callee answer without being recorded.
 * @csspart recording - Says that the call is recorded.
 * @csspart record-button - Pauses the recording, and resumes it.
 * @csspart record-stop-button - Stops the recording, for good.
 * @csspart notice - Something that needs a hand, with a button that mends it.
 * @csspart missed - The calls that were missed while nobody was here.
 * @csspart callback-button - Returns a missed call.
 * @csspart dismiss-button - Puts the missed calls away.
 * @csspart summary - How the call ended, and what can be done next.
 *
 * @cssproperty [--omni-accent] - The colour of the main buttons.
 * @cssproperty [--omni-positive] - The colour of answering.
 * @cssproperty [--omni-negative] - The colour of declining and hanging up.
 * @cssproperty [--omni-surface] - The ground of a call.
 * @cssproperty [--omni-text] - The colour of words.
 * @cssproperty [--omni-text-quiet] - The colour of lesser words.
 * @cssproperty [--omni-font] - The typeface. Default: the page’s.
 * @cssproperty [--omni-radius=1rem] - How round the corners are.
 * @cssproperty [--omni-space=0.75rem] - The distance between things.
 *
 * @cssstate in-call - There is a call to show, or its summary.
 *
 * @fires {OmniPhaseEvent} omni-phase - `phase` changed.
 * @fires {OmniRingbackEvent} omni-ringback - A call of this person is offered.
 * @fires {OmniRingingEvent} omni-ringing - Somebody calls. Can be cancelled: then ringtone and prompt are the page’s.
 * @fires {OmniConnectedEvent} omni-connected - Both sides are in the call.
 * @fires {OmniEndedEvent} omni-ended - The call is over. Can be cancelled: then the summary is the page’s.
 * @fires {OmniMuteEvent} omni-mute - One of the two stopped or started sending sound or picture.
 * @fires {OmniDevicesEvent} omni-devices - Cameras, microphones or speakers changed.
 * @fires {OmniMessageEvent} omni-message - A text of the other side.
 * @fires {OmniRecordingEvent} omni-recording - Recording was asked for, declined, started, paused, stopped or failed.
 * @fires {OmniRingtoneBlockedEvent} omni-ringtone-blocked - The browser keeps the ringtone silent, or no longer.
 * @fires {OmniErrorEvent} omni-error - Something failed.
 */
export class OmniIncoming extends CallElement {
  static override styles = [CallElement.styles, omniIncomingStyles];

  /** The address of a sound to ring with, or `none`. Left out: the widget’s own. */
  @property() ringtone = '';
  /**
   * Answers by itself. Only for a page whose visitors expect to be seen, such as a kiosk. A call that is to be recorded
   * is answered without that.
   */
  @property({ type: Boolean, attribute: 'auto-answer' }) autoAnswer = false;
  /** Shows a notification of the system while the page is hidden. */
  @property({ type: Boolean }) notify = false;
  @state() private permission: NotificationPermission | null = null;

  #answered: string | null = null;
  #missed: MissedCalls | null = null;
  #loading: Promise<void> | null = null;

  override suits({ role }: CallInfo): number {
    return role === 'callee' ? 3 : 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.permission = 'Notification' in window ? Notification.permission : null;
  }

  override handleStage(snapshot: CallSnapshot, shows: boolean): void {
    super.handleStage(snapshot, shows);
    const { call, phase, missed } = snapshot;
    if (missed.length > 0) this.#bringMissed();
    if (!shows || !this.autoAnswer || phase !== 'ringing' || !call || call.session === this.#answered) return;
    this.#answered = call.session;
    // Nobody was there to agree to a recording.
    void this.act(() => this.service?.answerCall(undefined, undefined, { record: false }));
  }

  protected override get ringOptions(): RingOptions {
    return { ringtone: this.autoAnswer ? 'none' : this.ringtone, notify: this.notify };
  }

  protected override renderIdle(): TemplateResult {
    return html`<div class="idle">
      <slot name="idle"></slot>
      ${this.#missed?.render()}
      ${
        this.notify && this.permission === 'default'
          ? html`<button type="button" class="main" @click=${this.#handleAllow}>
              ${icon(PHONE)}<span>${this.localize.term('allowNotifications')}</span>
            </button>`
          : nothing
      }
      ${this.problem ? html`<p part="notice" class="problem">${this.problem}</p>` : nothing}
    </div>`;
  }

  #bringMissed(): void {
    this.#loading ??= import('./later.js').then(
      ({ MissedCalls, missedCallsStyles }) => {
        this.#missed = new MissedCalls(this.localize, {
          service: () => this.service,
          act: (work) => this.act(work),
          placeAgain: (callType, callee) => this.placeCall(callType, callee),
        });
        this.adopt(missedCallsStyles);
        this.requestUpdate();
      },
      // They stay for the next time.
      () => {
        this.#loading = null;
      },
    );
  }

  readonly #handleAllow = async (): Promise<void> => {
    this.permission = await Notification.requestPermission();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'omni-incoming': OmniIncoming;
  }
}
