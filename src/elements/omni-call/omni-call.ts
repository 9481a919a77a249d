import { html, nothing, type TemplateResult } from 'lit';
import { property } from '../property.js';
import { CALL_TYPE, OmniCallError, type CallType, type Presence } from '../../protocol/index.js';
import type { CallService } from '../../service/call-service.js';
import type { CallInfo } from '../../service/snapshot.js';
import { CallElement } from '../call-element.js';
import { PHONE, VIDEO, icon } from '../icon.js';
import { omniCallStyles } from './omni-call.styles.js';

/**
 * Places a call and shows it, until it is over: a button, and in its place the call.
 *
 * @tag omni-call
 * @attr phase - Where the call stands; read-only: `offline`, `idle`, `dialing`, `ringback`, `ringing`, `connecting`,
 *   `connected`, `reconnecting` or `ended`.
 *
 * @slot label - The words of the call button.
 * @slot idle - Beside the call button.
 * @slot stage - Over the picture of a call.
 * @slot controls - More buttons in the row of a call’s.
 * @slot summary - Below the words of how a call ended.
 *
 * @csspart call-button - Calls.
 * @csspart presence - Whether the callee can be reached.
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
 * @fires {OmniRingbackEvent} omni-ringback - The call is offered: it rings at the callee.
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
export class OmniCall extends CallElement {
  static override styles = [CallElement.styles, omniCallStyles];

  /** Whom the button calls. Left out: there is no button, and calls of the page’s script are shown. */
  @property() callee = '';
  /** `videocall` or `audiocall`. */
  @property({ attribute: 'call-type' }) callType: CallType = CALL_TYPE.VIDEO_CALL;
  /** Asks for the call to be recorded. The callee is told before the answer, and may answer without it. */
  @property({ type: Boolean }) record = false;
  /** Seconds that it rings, 1 to 600. Left out: the server’s. */
  @property({ type: Number, attribute: 'ring-timeout' }) ringTimeout: number | null = null;
  /** Answers a call that this person offered before the page opened: for a link in an invitation. */
  @property() caller = '';

  #watched: CallService | null = null;
  #watchedUser = '';
  #stopWatching: () => void = () => undefined;

  override suits({ role, peer }: CallInfo): number {
    if (peer.userId === (this.callee || this.caller)) return role === 'caller' || this.caller ? 4 : 2;
    return role === 'caller' ? 2 : 1;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    this.#watchCallee();
  }

  protected override serviceChanged(service: CallService | null): void {
    super.serviceChanged(service);
    this.#watchCallee();
  }

  protected override placeAgain(callType: CallType, callee: string): Promise<void> {
    return this.placeCall(callType, callee, Boolean(this.record), this.ringTimeout ?? undefined);
  }

  protected override get problem(): string | null {
    const { failure, caller } = this;
    const isOver = caller && failure instanceof OmniCallError && failure.code === 'no-such-call';
    return isOver ? this.localize.term('callOver', caller) : super.problem;
  }

  protected override renderIdle(): TemplateResult {
    return html`<div class="idle">
      ${this.caller ? this.#renderAnswer() : this.callee ? this.#renderCall() : nothing}
      <slot name="idle"></slot>
      ${this.problem ? html`<p part="notice" class="problem">${this.problem}</p>` : this.#renderPresence()}
    </div>`;
  }

  /** Frameworks set null for what is left out. */
  get #type(): CallType {
    return this.callType === CALL_TYPE.AUDIO_CALL ? CALL_TYPE.AUDIO_CALL : CALL_TYPE.VIDEO_CALL;
  }

  #renderCall(): TemplateResult {
    const isVoice = this.#type === CALL_TYPE.AUDIO_CALL;
    const label = this.localize.term(isVoice ? 'voiceCall' : 'call', this.callee);
    return html`<button
      type="button"
      part="call-button"
      class="main"
      data-focus
      @click=${this.#handleCall}
      @pointerenter=${this.#handleNear}
      @focus=${this.#handleNear}
    >
      ${icon(isVoice ? PHONE : VIDEO)}<slot name="label"><span>${label}</span></slot>
    </button>`;
  }

  #renderAnswer(): TemplateResult {
    return html`<button type="button" part="answer-button" class="main answer" data-focus @click=${this.#handleAnswer}>
      ${icon(PHONE)}<span>${this.localize.term('answerCallOf', this.caller)}</span>
    </button>`;
  }

  #renderPresence(): TemplateResult {
    const presence = this.snapshot?.presence[this.callee];
    const words = presence && this.localize.term(PRESENCE[presence], this.callee);
    return html`<p part="presence" class="presence" data-state=${presence ?? nothing} ?hidden=${!words}>${words}</p>`;
  }

  #watchCallee(): void {
    const { service, callee } = this;
    if (service === this.#watched && callee === this.#watchedUser) return;
    this.#stopWatching();
    this.#watched = service;
    this.#watchedUser = callee;
    this.#stopWatching = (callee && service?.watch(callee)) || (() => undefined);
  }

  readonly #handleNear = (): void => this.prepareSurface();

  readonly #handleCall = (): void => {
    void this.act(() => this.placeAgain(this.#type, this.callee));
  };

  readonly #handleAnswer = (): void => {
    void this.act(async () => {
      await this.service?.createSession();
      await this.service?.answerCall(this.#type, this.caller);
    });
  };
}

const PRESENCE = { active: 'present', busy: 'busyNow', offline: 'absent' } as const satisfies Record<Presence, string>;

declare global {
  interface HTMLElementTagNameMap {
    'omni-call': OmniCall;
  }
}
