import assert from 'node:assert/strict';
import type { Browser } from 'puppeteer-core';
import { CallPage } from './call-page.js';
import { untilMoves, untilSound } from './media-probe.js';
import type { Stack } from './stack.js';
import type { Ending } from '../../src/index.js';

export type Side = 'caller' | 'callee';
export const SIDES: readonly Side[] = ['caller', 'callee'];

/** How far a call is to be taken. */
export type Stage = 'dialing' | 'ringing' | 'connecting' | 'connected';

export type PairStack = Pick<Stack, 'origin' | 'site' | 'untilNoRoom'>;

let pairs = 0;

/** Two people, each in a window of its own, who have nothing to do with the people of other tests. */
export class Pair {
  readonly caller: CallPage;
  readonly callee: CallPage;
  readonly ids: Readonly<Record<Side, string>>;
  readonly #stack: PairStack;

  private constructor(stack: PairStack, ids: Record<Side, string>, pages: Record<Side, CallPage>) {
    this.#stack = stack;
    this.ids = ids;
    this.caller = pages.caller;
    this.callee = pages.callee;
  }

  /**
   * Both idle. `attributes`: of the tags, beside those that say who calls whom. `servers`: the address at which each
   * reaches the call server.
   */
  static async open(
    stack: PairStack,
    browsers: Record<Side, Browser>,
    attributes: Partial<Record<Side, string>> = {},
    servers: Record<Side, string> = { caller: stack.origin, callee: stack.origin },
  ): Promise<Pair> {
    pairs += 1;
    const ids = { caller: `caller ${pairs}`, callee: `callee ${pairs}` };
    const tags = {
      caller: `<omni-call server="${servers.caller}" user-id="${ids.caller}" callee="${ids.callee}" ${attributes.caller ?? ''}></omni-call>`,
      callee: `<omni-incoming server="${servers.callee}" user-id="${ids.callee}" ${attributes.callee ?? ''}></omni-incoming>`,
    };
    const [caller, callee] = await Promise.all(
      SIDES.map((side) => CallPage.open(browsers[side], stack.site.page(tags[side]))),
    );
    assert.ok(caller && callee);
    await Promise.all([caller.phase('idle'), callee.phase('idle')]);
    return new Pair(stack, ids, { caller, callee });
  }

  other(side: Side): CallPage {
    return side === 'caller' ? this.callee : this.caller;
  }

  /** Takes the call that far. `dialing` and `connecting` pass by themselves: then it has just begun to be. */
  async reach(stage: Stage): Promise<void> {
    const { caller, callee } = this;
    await caller.press('call-button');
    if (stage === 'dialing') return;
    await Promise.all([caller.phase('ringback'), callee.phase('ringing')]);
    if (stage === 'ringing') return;
    await callee.press('answer-button');
    if (stage === 'connecting') return;
    await this.untilConnected();
  }

  async untilConnected(): Promise<void> {
    await Promise.all([this.caller.phase('connected'), this.callee.phase('connected')]);
  }

  /** The id of the call, once the caller knows it. */
  async session(): Promise<string> {
    await this.caller.until('the id of the call', ({ call }) => (call?.session ?? null) !== null);
    return (await this.caller.session()) ?? assert.fail('The call is gone.');
  }

  async untilSeenAndHeard(): Promise<void> {
    const both = [this.caller, this.callee];
    const shown = await Promise.all(both.map((each) => each.remoteVideo()));
    await Promise.all(shown.map(untilMoves));
    await Promise.all(both.map(({ page }) => untilSound(page)));
  }

  /** That call goes on from there, or is answered now, both see and hear each other, and the callee hangs up. */
  async goesOn(stage: Stage, session: string): Promise<void> {
    const { caller, callee } = this;
    if (stage === 'dialing' || stage === 'ringing') {
      await Promise.all([caller.phase('ringback'), callee.phase('ringing')]);
      await callee.press('answer-button');
    }
    await this.untilConnected();
    assert.deepEqual([await caller.session(), await callee.session()], [session, session], 'it is the same call');
    await this.untilSeenAndHeard();
    await callee.press('hangup-button');
    const { reason, by } = await this.ending();
    assert.deepEqual([reason, by], ['completed', this.ids.callee]);
    for (const each of [caller, callee]) {
      assert.equal((await each.phases()).filter((phase) => phase === 'ended').length, 1, 'it has ended once');
    }
  }

  /** How the call ended, once both say the same, no device is open, nothing sounds and no room is left. */
  async ending(): Promise<Ending> {
    const [atCaller, atCallee] = await Promise.all([this.caller.ending(), this.callee.ending()]);
    assert.deepEqual([atCaller.reason, atCaller.by], [atCallee.reason, atCallee.by], 'both accounts agree');
    await Promise.all([this.caller.untilQuiet(), this.callee.untilQuiet(), this.#stack.untilNoRoom()]);
    return atCaller;
  }

  async close(): Promise<void> {
    await Promise.all([this.caller.drop(), this.callee.drop()]);
  }
}
