import type { Browser, Page } from 'puppeteer-core';
import { openPage } from './browsers.js';
import type * as OmniCall from '../../src/index.js';
import type { CallService, CallServiceOptions, CallSnapshot, EventMessage } from '../../src/index.js';

declare global {
  interface Window {
    omni: typeof OmniCall;
    service: CallService;
    /** Every message so far. */
    messages: EventMessage[];
  }
}

/** A page that has nothing but a call service, to which its functions speak. */
export class ServicePage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens a blank page of the call server and creates a service on it; no session yet. */
  static async open(browser: Browser, options: CallServiceOptions): Promise<ServicePage> {
    const page = await openPage(browser, `${options.server}/blank.html`);
    await page.evaluate(async (given) => {
      window.omni = (await import(`${given.server}/omni-call.js`)) as typeof OmniCall;
      window.messages = [];
      window.service = window.omni.createCallService(given);
      window.service.on('event', (message) => window.messages.push(message));
    }, options);
    return new ServicePage(page);
  }

  /** Calls a method of the service and gives what it resolves with. */
  async call<Method extends keyof CallService>(
    method: Method,
    ...args: CallService[Method] extends (...given: infer Given) => unknown ? Given : never
  ): Promise<CallService[Method] extends (...given: never[]) => infer Result ? Awaited<Result> : never> {
    return this.page.evaluate(
      (name, given) => (window.service[name] as (...all: unknown[]) => never)(...given),
      method,
      args as unknown[],
    );
  }

  /** The `code` with which a method rejects; fails when it resolves. */
  async codeOf<Method extends keyof CallService>(
    method: Method,
    ...args: CallService[Method] extends (...given: infer Given) => unknown ? Given : never
  ): Promise<string> {
    return this.page.evaluate(
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
    const found = await this.page.evaluate(
      (wanted) =>
        new Promise<EventMessage>((resolve) => {
          const known = window.messages.find((message) => message.cmd === wanted);
          if (known) resolve(known);
          else window.service.on('event', (message) => message.cmd === wanted && resolve(message));
        }),
      cmd,
    );
    return found as Extract<EventMessage, { cmd: Command }>;
  }

  /** Forgets the messages so far, so that `message` waits for the next. */
  async forgetMessages(): Promise<void> {
    await this.page.evaluate(() => window.messages.splice(0));
  }

  /** Resolves once the snapshot is in this phase. */
  async phase(phase: CallSnapshot['phase']): Promise<void> {
    await this.page.evaluate(
      (wanted) =>
        new Promise<void>((resolve) => {
          const look = (): boolean => window.service.snapshot.phase === wanted;
          if (look()) resolve();
          else {
            const stop = window.service.subscribe(() => {
              if (!look()) return;
              stop();
              resolve();
            });
          }
        }),
      phase,
    );
  }
}
