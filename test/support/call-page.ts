import type { Browser, BrowserContext, ElementHandle, Frame, JSHandle, Page } from 'puppeteer-core';
import { openPage } from './browsers.js';
import type * as OmniCall from '../../src/index.js';
import type { CallService, CallSnapshot, Ending, EventMessage, Phase } from '../../src/index.js';

declare global {
  interface Window {
    omni: typeof OmniCall;
    service: CallService;
    /** Every message so far. */
    messages: EventMessage[];
    /** Every phase so far. */
    phases: Phase[];
  }
}

type Arguments<Method extends keyof CallService> = CallService[Method] extends (...given: infer Given) => unknown
  ? Given
  : never;
type Result<Method extends keyof CallService> = CallService[Method] extends (...given: never[]) => infer Outcome
  ? Awaited<Outcome>
  : never;

/** Milliseconds after which what should have happened has not. */
const LIMIT = 25_000;

/** A page of one person, with a call service on it. */
export class CallPage {
  readonly page: Page;

  readonly #frame: Frame;

  private constructor(page: Page, frame = page.mainFrame()) {
    this.page = page;
    this.#frame = frame;
  }

  /** A page that is there already. */
  static of(page: Page): CallPage {
    return new CallPage(page);
  }

  /** A page of somebody else's making, or a frame of it, by the service of its tag. Phases and messages are not followed. */
  static async ofTag(page: Page, frame?: Frame): Promise<CallPage> {
    const opened = new CallPage(page, frame);
    await opened.#until('a service', () => {
      const tag = document.querySelector<OmniCall.OmniCall | OmniCall.OmniIncoming>('omni-call, omni-incoming');
      if (tag?.service) window.service = tag.service;
      return Boolean(tag?.service);
    });
    return opened;
  }

  /** `where`: a browser for a new person's window, a context for one more tab. */
  static async open(where: Browser | BrowserContext, url: string): Promise<CallPage> {
    const opened = new CallPage(await openPage(where, url));
    await opened.ready();
    return opened;
  }

  /** Resolves once the page has its service. */
  async ready(): Promise<void> {
    await this.#until('a service', () => 'service' in window);
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Closes the tab as a person does. */
  async close(): Promise<void> {
    await this.page.close({ runBeforeUnload: true });
  }

  /** Takes the page away, with its service. */
  async drop(): Promise<void> {
    if (!this.page.isClosed()) await this.page.close();
  }

  /** Calls a method of the service and gives what it resolves with. */
  async call<Method extends keyof CallService>(method: Method, ...args: Arguments<Method>): Promise<Result<Method>> {
    return this.#frame.evaluate(
      (name, given) => (window.service[name] as (...all: unknown[]) => never)(...given),
      method,
      args as unknown[],
    );
  }

  /** Calls a method of the service and does not wait for what comes of it. */
  async begin<Method extends keyof CallService>(method: Method, ...args: Arguments<Method>): Promise<void> {
    await this.#frame.evaluate(
      (name, given) => {
        const begun = (window.service[name] as (...all: unknown[]) => Promise<unknown>)(...given);
        begun.catch(() => undefined);
      },
      method,
      args as unknown[],
    );
  }

  /** The `code` with which a method rejects; `resolved` when it does not. */
  async codeOf<Method extends keyof CallService>(method: Method, ...args: Arguments<Method>): Promise<string> {
    return this.#frame.evaluate(
      async (name, given) => {
        try {
          await (window.service[name] as (...all: unknown[]) => unknown)(...given);
        } catch (error) {
          return error instanceof window.omni.OmniCallError ? error.code : `not an OmniCallError: ${String(error)}`;
        }
        return 'resolved';
      },
      method,
      args as unknown[],
    );
  }

  /** Resolves with the first message of that kind since the page was opened, waiting for it where it has not come. */
  async message<Command extends EventMessage['cmd']>(cmd: Command): Promise<Extract<EventMessage, { cmd: Command }>> {
    await this.#until(
      `the message ${cmd}`,
      (wanted) => window.messages?.some((message) => message.cmd === wanted),
      cmd,
    );
    const found = await this.#frame.evaluate(
      (wanted) => window.messages.find((message) => message.cmd === wanted),
      cmd,
    );
    return found as Extract<EventMessage, { cmd: Command }>;
  }

  /** Forgets the messages so far, so that `message` waits for the next. */
  async forgetMessages(): Promise<void> {
    await this.#frame.evaluate(() => window.messages.splice(0));
  }

  /** Resolves once the service, and the tag where there is one, is in this phase. */
  async phase(phase: Phase): Promise<void> {
    await this.#until(
      `the phase ${phase}`,
      (wanted) => {
        const tag = document.querySelector('omni-call, omni-incoming');
        return window.service?.snapshot.phase === wanted && (tag?.getAttribute('phase') ?? wanted) === wanted;
      },
      phase,
    );
  }

  /** That part of the page's tag, once it can be seen. */
  async part<E extends Element = HTMLElement>(name: string): Promise<ElementHandle<E>> {
    const find = (wanted: string): HTMLElement | undefined =>
      [...document.querySelectorAll('omni-call, omni-incoming')]
        .flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll<HTMLElement>(`[part~="${wanted}"]`) ?? [])])
        .find((each) => each.checkVisibility({ visibilityProperty: true }));
    // A page behind others may get no frames, so nothing here waits for one.
    const found = await this.#until(`the part ${name}`, find, name);
    return found.asElement() as unknown as ElementHandle<E>;
  }

  /** What shows the other side's camera, once it is to be seen. */
  remoteVideo(): Promise<ElementHandle<HTMLVideoElement>> {
    return this.part<HTMLVideoElement>('remote-video');
  }

  /** Presses a control once it can be pressed. */
  async press(name: string): Promise<void> {
    const control = await this.part<HTMLButtonElement>(name);
    await control.evaluate((button) => button.click());
  }

  /** Resolves once the tag shows these words. */
  async words(words: string): Promise<void> {
    await this.#until(
      `the words “${words}”`,
      (wanted) =>
        [...document.querySelectorAll('omni-call, omni-incoming')].some(({ shadowRoot }) =>
          [...(shadowRoot?.querySelectorAll<HTMLElement>('p, button, [part]') ?? [])].some(
            (each) => each.checkVisibility() && each.textContent.includes(wanted),
          ),
        ),
      words,
    );
  }

  /** Resolves once the snapshot fulfils `test`, which runs in the page. */
  async until(what: string, test: (snapshot: CallSnapshot) => boolean): Promise<void> {
    await this.#until(
      what,
      (source) => {
        // The page is ours: it has no policy against this.
        const test = new Function(`return (${source})`)() as (snapshot: CallSnapshot) => boolean;
        return 'service' in window && test(window.service.snapshot);
      },
      test.toString(),
    );
  }

  /** Resolves once `test`, which runs in the page, says so. */
  async untilPage(what: string, test: () => boolean): Promise<void> {
    await this.#until(what, test);
  }

  /** The phases that the page has been in since it was loaded. */
  phases(): Promise<Phase[]> {
    return this.#frame.evaluate(() => window.phases);
  }

  /** How the call ended, once it has. */
  async ending(): Promise<Ending> {
    await this.phase('ended');
    const ending = await this.#frame.evaluate(() => window.service.snapshot.call?.ending ?? null);
    if (!ending) throw new Error('The call has ended and has no ending.');
    return ending;
  }

  /** The id of the call that the page shows; null for none. */
  session(): Promise<string | null> {
    return this.#frame.evaluate(() => window.service.snapshot.call?.session ?? null);
  }

  /** Kinds of the devices that are open at this moment. */
  openDevices(): Promise<string[]> {
    return this.#frame.evaluate(() =>
      window.watch.captured
        .filter(({ readyState }) => readyState === 'live')
        .map(({ kind }) => kind)
        .sort(),
    );
  }

  /** Resolves once the devices of these kinds are open, in the order of their names, and no others. */
  async untilOpen(...kinds: readonly ('audio' | 'video')[]): Promise<void> {
    await this.#until(
      `open devices: ${kinds.join()}`,
      (wanted) =>
        window.watch.captured
          .filter(({ readyState }) => readyState === 'live')
          .map(({ kind }) => kind)
          .sort()
          .join() === wanted,
      kinds.join(),
    );
  }

  /** Resolves once the page draws no picture to send in a camera's place. */
  async untilNothingDrawn(): Promise<void> {
    await this.#until('the end of drawn pictures', () =>
      window.watch.drawn.every(({ readyState }) => readyState === 'ended'),
    );
  }

  /** Resolves once no device is open and nothing sounds. */
  async untilQuiet(): Promise<void> {
    await this.#until(
      'closed devices and silence',
      () => window.watch.captured.every(({ readyState }) => readyState === 'ended') && window.watch.loudness() < 0.001,
    );
  }

  /** Resolves once the page makes no sound of its own. */
  async untilSilent(): Promise<void> {
    await this.#until('silence', () => window.watch.loudness() < 0.001);
  }

  /** Whether a sound begins with the end of the call. To be called before that. */
  async untilEndSounds(): Promise<boolean> {
    return this.#frame.evaluate(
      (limit) =>
        new Promise<boolean>((resolve, reject) => {
          const deadline = performance.now() + limit;
          let endedAt = Infinity;
          const timer = setInterval(() => {
            const now = performance.now();
            if (window.service.snapshot.phase === 'ended') endedAt = Math.min(endedAt, now);
            const settle = (act: () => void): void => {
              clearInterval(timer);
              act();
            };
            // What rang until now may still be in the analyser's window.
            if (now > endedAt + 100 && window.watch.loudness() > 0.01) settle(() => resolve(true));
            else if (now > endedAt + 1000) settle(() => resolve(false));
            else if (now > deadline) settle(() => reject(new Error('The call does not end.')));
          }, 10);
        }),
      LIMIT,
    );
  }

  /** Resolves once the page's own sounds can be heard. */
  async untilAudible(): Promise<void> {
    await this.#until('a sound', () => window.watch.loudness() > 0.01);
  }

  /** Whether the page makes a sound of its own within the time that any tone of the widget pauses. */
  sounds(): Promise<boolean> {
    return this.#frame.evaluate(
      (longest) =>
        new Promise<boolean>((resolve) => {
          const end = performance.now() + longest;
          const timer = setInterval(() => {
            const isLoud = window.watch.loudness() > 0.01;
            if (!isLoud && performance.now() < end) return;
            clearInterval(timer);
            resolve(isLoud);
          }, 20);
        }),
      4500,
    );
  }

  /** Resolves with what `test` gives, once it gives something. */
  async #until(what: string, test: (given: string) => unknown, given = ''): Promise<JSHandle> {
    try {
      return await this.#frame.waitForFunction(test, { polling: 25, timeout: LIMIT }, given);
    } catch (cause) {
      const seen = await this.#frame
        .evaluate(() => {
          const { phase, problem, call, local, remote } = window.service?.snapshot ?? {};
          return {
            phase,
            phases: window.phases,
            messages: window.messages,
            problem: problem?.code,
            call,
            local,
            remote,
          };
        })
        .catch(String);
      throw new Error(`${this.#frame.url()}: waited for ${what} and saw ${JSON.stringify(seen)}`, { cause });
    }
  }
}
