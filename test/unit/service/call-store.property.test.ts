import { expect } from 'chai';
import fc from 'fast-check';
import type { CallView } from '../../../src/protocol/index.js';
import { FIRST_STATE, type CallStoreEvent } from '../../../src/service/call-state.js';
import { reduce } from '../../../src/service/call-store.js';
import { messagesBetween } from '../../../src/service/messages-between.js';
import { answered, connected, over, party, ringback, ringing, view, welcome } from './views.js';

const muted = { audio: true, video: false };

/** Every view that the server sends of one call, in order. */
function history(id: string, isCallee: boolean, isAnswered: boolean): CallView[] {
  const ring = (isCallee ? ringing : ringback)({ session: id });
  if (!isAnswered) return [ring, over(ring, 'cancelled', 'other')];
  const connecting = answered(ring);
  const there = connected(connecting);
  const other = party('other', { identity: 'session-of-other', muted, sharing: true });
  const changed = { ...there, revision: there.revision + 1, [isCallee ? 'caller' : 'callee']: other };
  return [ring, connecting, there, changed, over(changed, 'completed', 'other')];
}

const calls = fc
  .array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 4 })
  .map((kinds) => kinds.map(([isCallee, isAnswered], index) => history(`call-${index}`, isCallee, isAnswered)));

/** The views as a bad network brings them: each at least once, some twice, within a window in any order. */
const delivered = calls.chain((histories) => {
  const views = histories.flat();
  return fc
    .array(
      fc.record({ extra: fc.boolean(), delay: fc.integer({ min: 0, max: 6 }), again: fc.integer({ min: 0, max: 9 }) }),
      {
        minLength: views.length,
        maxLength: views.length,
      },
    )
    .map((fates) => {
      const sent = views.flatMap((each, index) => {
        const { extra, delay, again } = fates[index] ?? { extra: false, delay: 0, again: 0 };
        const once = { each, at: index + delay };
        return extra ? [once, { each, at: index + again }] : [once];
      });
      return sent.sort((a, b) => a.at - b.at).map(({ each }) => each);
    });
});

const count = <Item>(items: readonly Item[], matches: (item: Item) => boolean): number => items.filter(matches).length;

describe('the call store, whatever the network does', () => {
  it('never goes back, tells each event once, and ends where the server does', () => {
    fc.assert(
      fc.property(delivered, (views) => {
        const revisions = new Map<string, number>();
        const messages = [];
        let state = reduce(FIRST_STATE, welcome());
        for (const each of views) {
          const before = state;
          const event: CallStoreEvent = view(each);
          state = reduce(before, event);
          messages.push(...messagesBetween(before, state));
          for (const held of [state.call, state.ended]) {
            if (!held) continue;
            const { session, revision } = held.view;
            expect(revision).to.be.at.least(revisions.get(session) ?? 0);
            revisions.set(session, revision);
          }
        }
        expect(state.call).to.equal(null);
        expect(state.next).to.equal(null);
        for (const session of new Set(views.map((each) => each.session))) {
          const told = messages.filter((message) => message.session === session);
          const commands = told.map(({ cmd }) => cmd);
          const ends = count(commands, (cmd) => cmd === 'LEAVE_EVENT' || cmd === 'CANCEL_EVENT');
          for (const cmd of new Set(commands))
            expect(
              count(commands, (each) => each === cmd),
              cmd,
            ).to.equal(1);
          expect(ends).to.be.at.most(1);
          // Who was told of the call is told of its end, and nothing after that.
          if (commands.length > 0) expect(commands.at(-1)).to.match(/^(LEAVE|CANCEL)_EVENT$/);
        }
      }),
      { numRuns: 2_000, verbose: true },
    );
  });
});
