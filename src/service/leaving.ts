import { OmniCallError } from '../protocol/index.js';
import type { Clock } from '../signalling/clock.js';
import type { CallConnection } from './call-connection.js';
import type { Verdict } from './media-verdict.js';
import type { StateKeeper } from './state-keeper.js';

export interface LeavingOptions {
  keeper: StateKeeper;
  connection: CallConnection;
  clock: Clock;
  /** The offer or answer that the server has not answered yet. */
  pending: () => Promise<{ session: string }> | null;
}

/** The way out of a call: it resolves once the server knows, or once the call is over anyway. */
export class Leaving {
  readonly #options: LeavingOptions;
  #current: Promise<void> | null = null;

  constructor(options: LeavingOptions) {
    this.#options = options;
  }

  get current(): Promise<void> | null {
    return this.#current;
  }

  start(why?: Verdict): Promise<void> {
    this.#options.keeper.dispatch({ type: 'leaving' });
    const leaving = this.#getThrough(why).finally(() => {
      if (this.#current === leaving) this.#current = null;
    });
    this.#current = leaving;
    return leaving;
  }

  async #getThrough(why?: Verdict): Promise<void> {
    const { keeper, connection, clock, pending } = this.#options;
    const known = keeper.state.call?.view.session;
    // Before the server has answered, the call has no name to leave it by. Another may ring by then: that one stays.
    const named = await pending()?.catch(() => null);
    const session = known ?? named?.session ?? keeper.state.act?.session;
    if (session === undefined || session === null) return;
    const over = this.#over(session);
    const told = connection.request('leave', { call: session, ...(why && { why }) }).then(
      () => over,
      (error: unknown) => {
        if (!(error instanceof OmniCallError) || error.code !== 'no-such-call') throw error;
        keeper.dispatch({ type: 'given-up', session, at: clock.now() });
      },
    );
    try {
      await Promise.race([over, told]);
    } catch (error) {
      keeper.dispatch({ type: 'refused', act: 'leave' });
      throw error;
    }
  }

  #over(session: string): Promise<void> {
    const { keeper } = this.#options;
    return new Promise((resolve) => {
      const check = (): void => {
        const { call, act } = keeper.state;
        if (call?.view.session === session || (!call && act?.session === session)) return;
        keeper.emitter.off('change', check);
        resolve();
      };
      keeper.emitter.on('change', check);
      check();
    });
  }
}
