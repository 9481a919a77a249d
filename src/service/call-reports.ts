import type { CallView, Muted } from '../protocol/index.js';
import type { RequestBody } from '../signalling/requests.js';
import type { MediaState } from '../media/media.js';
import { isIn, ownParty, type CallState } from './call-state.js';

/** What the server has to know of this side of the call. */
interface Facts {
  media: RequestBody<'media'> | null;
  mute: RequestBody<'mute'> | null;
  share: RequestBody<'share'> | null;
  'voice-only': RequestBody<'voice-only'> | null;
}
export type ReportType = keyof Facts;

const REPORTS = ['media', 'mute', 'share', 'voice-only'] as const satisfies readonly ReportType[];

export type SendReport = <Type extends ReportType>(type: Type, body: RequestBody<Type>) => Promise<unknown>;

const NOTHING: Facts = { media: null, mute: null, share: null, 'voice-only': null };

const mediaFact = (call: string, { link, generation }: MediaState): Facts['media'] =>
  generation !== null && (link === 'joined' || link === 'away' || link === 'lost')
    ? { call, generation, state: link }
    : null;

function factsOf({ call, self, muted, media, connection }: CallState): Facts {
  if (connection !== 'open' || !call) return NOTHING;
  const { session } = call.view;
  const joined = mediaFact(session, media);
  if (!isIn(call.view, self)) return { ...NOTHING, media: joined };
  return {
    media: joined,
    mute: { call: session, muted },
    share: { call: session, on: media.local.screen !== null },
    'voice-only': { call: session, on: media.remote.givenUp },
  };
}

/** What the server knows already, for it said so itself. */
const knownFrom = (view: CallView): Facts => {
  const { session: call } = view;
  const { muted, sharing, voiceOnly } = ownParty(view);
  const known: Muted = { audio: muted.audio, video: muted.video };
  return {
    media: null,
    mute: { call, muted: known },
    share: { call, on: sharing },
    'voice-only': { call, on: voiceOnly },
  };
};

const same = (one: object | null, other: object | null): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Keeps the server's knowledge of this side in line: one report of each type on its way, the last word wins. */
export class CallReports {
  readonly #send: SendReport;
  #told: Facts = NOTHING;
  #facts: Facts = NOTHING;
  #of: string | null = null;
  readonly #sending = new Map<ReportType, Promise<void>>();

  constructor(send: SendReport) {
    this.#send = send;
  }

  /** A new connection: what was said on the last may not have arrived. */
  reset(): void {
    this.#of = null;
    this.#told = NOTHING;
  }

  sync(state: CallState): void {
    this.#facts = factsOf(state);
    const view = state.call?.view ?? null;
    if (view && isIn(view, state.self) && view.session !== this.#of) {
      this.#of = view.session;
      this.#told = knownFrom(view);
    }
    for (const type of REPORTS) this.#report(type);
  }

  /** Resolves once the server has what was last to be said; at once when there is nothing to say, or nobody to hear. */
  async told(type: ReportType): Promise<void> {
    await this.#sending.get(type);
  }

  #report<Type extends ReportType>(type: Type): void {
    const fact = this.#facts[type];
    if (fact === null || same(fact, this.#told[type]) || this.#sending.has(type)) return;
    const sending = this.#tell(type);
    this.#sending.set(type, sending);
    // Who waits for it is told; a call that is over needs no reports.
    sending.catch(() => undefined);
  }

  async #tell<Type extends ReportType>(type: Type): Promise<void> {
    try {
      for (let fact = this.#facts[type]; fact !== null && !same(fact, this.#told[type]); fact = this.#facts[type]) {
        // Until the answer nobody knows, and where none comes it is to be said again.
        this.#told = { ...this.#told, [type]: null };
        await this.#send(type, fact as unknown as RequestBody<Type>);
        this.#told = { ...this.#told, [type]: fact };
      }
    } finally {
      this.#sending.delete(type);
    }
  }
}
