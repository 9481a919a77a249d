import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { CallPage } from '../support/call-page.js';
import { Cuttable } from '../support/cuttable.js';
import { Pair, SIDES, type Side } from '../support/pair.js';
import { withChromium } from '../support/with-chromium.js';

/** Seconds. */
const GRACE = 8;

/** A call, and who in it reaches the call server by a network of its own. */
interface Call {
  pair: Pair;
  network: Cuttable;
  lost: CallPage;
  other: CallPage;
  /** Whose connection it is. */
  by: string;
}

describe('a connection to the call server that is lost', () => {
  const here = withChromium({ resumeGrace: GRACE });
  let networks: Record<Side, Cuttable>;
  let calls: Record<Side, Call>;

  before(async () => {
    const { origin } = here.stack;
    const [caller, callee] = await Promise.all([Cuttable.open(origin), Cuttable.open(origin)]);
    networks = { caller, callee };
  });
  after(async () => {
    await Promise.all(Object.values(networks ?? {}).map((network) => network.close()));
  });

  const open = async (side: Side): Promise<Call> => {
    const { stack, browser } = here;
    const servers = { caller: stack.origin, callee: stack.origin, [side]: networks[side].url };
    const pair = await Pair.open(stack, { caller: browser, callee: browser }, {}, servers);
    return { pair, network: networks[side], lost: pair[side], other: pair.other(side), by: pair.ids[side] };
  };
  beforeEach(async () => {
    const [caller, callee] = await Promise.all([open('caller'), open('callee')]);
    calls = { caller, callee };
  });
  afterEach(async () => {
    await Promise.all(Object.values(calls ?? {}).map(({ pair }) => pair.close()));
  });

  /** Of both sides at once, for most of it is waiting. */
  const inEach = async (work: (call: Call) => Promise<void>): Promise<void> => {
    await Promise.all(SIDES.map((side) => work(calls[side])));
  };

  for (const stage of ['ringing', 'connected'] as const) {
    it(`for a short while: the call is kept, ${stage}`, () =>
      inEach(async ({ pair, network, lost }) => {
        await pair.reach(stage);
        const session = await pair.session();
        network.cut();
        await lost.phase('reconnecting');
        network.mend();
        await pair.goesOn(stage, session);
      }));
  }

  it('for good: the call ends for both', () =>
    inEach(async ({ pair, network, lost, other, by }) => {
      await pair.reach('connected');
      network.cut();
      try {
        await other.words('lost the connection. Waiting…');
        const ending = await other.ending();
        assert.deepEqual([ending.reason, ending.by], ['connection-lost', by]);
        await other.words('The connection was lost');
        await other.untilQuiet();
        await lost.until('that it is not connected', ({ phase }) => phase !== 'connected');
        await lost.words('The connection was lost');
        await lost.untilQuiet();
      } finally {
        network.mend();
      }
      const ending = await pair.ending();
      assert.deepEqual([ending.reason, ending.by], ['connection-lost', by]);
      await lost.until('a session again', ({ problem }) => problem === null);
    }));

  it('with the session of a callee for whom it rings: it rings on, and both see and hear each other', async () => {
    const { pair, network, lost, other } = calls.callee;
    await pair.reach('ringing');
    const session = await pair.session();
    await lost.page.evaluate(() => Reflect.set(window, 'lost', window.service.snapshot.session));
    // It is in the room already, as the participant of that session.
    await lost.untilPage('the way of sound and picture', () =>
      window.watch.peers.some(({ connectionState }) => connectionState === 'connected'),
    );
    network.break();
    await other.until('that the callee is gone', ({ presence }) => Object.values(presence).includes('offline'));
    network.mend();
    await lost.untilPage(
      'another session',
      () => window.service.snapshot.session !== (Reflect.get(window, 'lost') as string),
    );
    await pair.goesOn('ringing', session);
  });
});
