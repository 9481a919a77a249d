import type { CallService } from '../service/call-service.js';
import type { EventMessage } from '../service/event-messages.js';
import type { CallInfo, CallSnapshot } from '../service/snapshot.js';

/** An element that can show a call. */
export interface StageElement {
  /** How well it suits that call: the highest shows it. */
  suits(call: CallInfo): number;
  /** `shows`: the call of the snapshot is this element's to show. */
  handleStage(snapshot: CallSnapshot, shows: boolean): void;
  /** A message of the service, to the one element that speaks for it. */
  handleMessage(message: EventMessage, snapshot: CallSnapshot): void;
  handleProblem(snapshot: CallSnapshot): void;
}

// One for each service of the page, also where two copies of the script are on it.
const STAGES = Symbol.for('omni-call/stages');
const page = globalThis as { [STAGES]?: WeakMap<CallService, CallStage> };
const stages = (): WeakMap<CallService, CallStage> => (page[STAGES] ??= new WeakMap<CallService, CallStage>());

/** Decides which of the elements that share a service shows its call, and speaks for it: each call is shown once. */
export class CallStage {
  readonly #service: CallService;
  readonly #elements = new Set<StageElement>();
  #shown: StageElement | null = null;
  #call: CallInfo | null = null;
  #problem: string | null = null;
  #stop: () => void = () => undefined;

  private constructor(service: CallService) {
    this.#service = service;
  }

  static of(service: CallService): CallStage {
    const known = stages().get(service);
    if (known) return known;
    const stage = new CallStage(service);
    stages().set(service, stage);
    return stage;
  }

  /** Returns the way to leave. */
  join(element: StageElement): () => void {
    if (this.#elements.size === 0) this.#start();
    this.#elements.add(element);
    this.#update(this.#service.snapshot);
    return () => {
      this.#elements.delete(element);
      if (this.#elements.size === 0) this.#stop();
      else this.#update(this.#service.snapshot);
    };
  }

  #start(): void {
    const handleMessage = (message: EventMessage): void => {
      (this.#shown ?? this.#first())?.handleMessage(message, this.#service.snapshot);
    };
    const unsubscribe = this.#service.subscribe((snapshot) => this.#update(snapshot));
    this.#service.on('event', handleMessage);
    this.#stop = () => {
      unsubscribe();
      this.#service.off('event', handleMessage);
      this.#shown = null;
      this.#call = null;
      this.#problem = null;
    };
  }

  #first(): StageElement | undefined {
    return this.#elements.values().next().value;
  }

  #update(snapshot: CallSnapshot): void {
    this.#shown = this.#choose(snapshot.call);
    this.#call = snapshot.call;
    for (const element of [...this.#elements]) element.handleStage(snapshot, element === this.#shown);
    const problem = snapshot.problem?.code ?? null;
    // Attempts go on, each with an error of its own: the page is told of the first.
    if (problem !== null && problem !== this.#problem) (this.#shown ?? this.#first())?.handleProblem(snapshot);
    this.#problem = problem;
  }

  #choose(call: CallInfo | null): StageElement | null {
    if (!call) return null;
    const goesOn = this.#call && !this.#call.ending && this.#call.peer.userId === call.peer.userId;
    const isSame = goesOn || (call.session !== null && this.#call?.session === call.session);
    if (isSame && this.#shown && this.#elements.has(this.#shown)) return this.#shown;
    let best: StageElement | null = null;
    for (const element of this.#elements) {
      if (!best || element.suits(call) > best.suits(call)) best = element;
    }
    return best;
  }
}
