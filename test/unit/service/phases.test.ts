import { expect } from 'chai';
import { OmniCallError } from '../../../src/protocol/index.js';
import type { CallState, CallStoreEvent } from '../../../src/service/call-state.js';
import { NO_MEDIA, type MediaState } from '../../../src/media/media.js';
import { snapshotOf } from '../../../src/service/snapshot-of.js';
import { answered, apply, connected, offering, over, party, ringback, ringing, view, welcome } from './views.js';

const lost: CallStoreEvent = {
  type: 'lost',
  problem: new OmniCallError('unreachable', 'gone'),
  final: false,
  at: 2_000,
};
const media = (change: Partial<MediaState>): CallStoreEvent => ({ type: 'media', media: { ...NO_MEDIA, ...change } });
const joined = media({ link: 'joined', generation: 1 });
const phaseAfter = (...events: CallStoreEvent[]): string => snapshotOf(apply(events)).phase;

const mine = ringback();
const theirs = ringing();

describe('the phase of a call', () => {
  const rows: [string, string, CallStoreEvent[]][] = [
    ['offline', 'before anything', []],
    ['offline', 'while connecting', [{ type: 'connecting' }]],
    ['idle', 'once there is a session', [welcome()]],
    ['offline', 'when the server is lost', [welcome(), lost]],
    ['dialing', 'from the offer on', [welcome(), offering()]],
    ['dialing', 'also while the server is lost', [welcome(), offering(), lost]],
    ['dialing', 'when the server has taken it', [welcome(), offering(), { type: 'accepted', session: 'call' }]],
    ['ringback', 'when it rings there', [welcome(), offering(), view(mine)]],
    ['ringing', 'when it rings here', [welcome(), view(theirs)]],
    ['dialing', 'when it rings here while an offer is under way', [welcome(), offering(), view(theirs)]],
    [
      'connecting',
      'when the server makes one call of the two',
      [welcome(), offering(), view(theirs), view(answered(theirs))],
    ],
    [
      'ringing',
      'while the answer is under way',
      [welcome(), view(theirs), { type: 'answering', callType: 'videocall' }],
    ],
    ['connecting', 'when it is answered', [welcome(), view(theirs), view(answered(theirs))]],
    [
      'connected',
      'when both are there',
      [welcome(), view(theirs), view(answered(theirs)), joined, view(connected(answered(theirs)))],
    ],
    ['reconnecting', 'when the server is lost in a call', [welcome(), joined, view(connected(theirs)), lost]],
    ['reconnecting', 'when the server is lost while it rings', [welcome(), view(theirs), lost]],
    [
      'reconnecting',
      'when the room is lost',
      [welcome(), view(connected(theirs)), media({ link: 'away', generation: 1 })],
    ],
    ['reconnecting', 'after a reload, until in the room', [welcome(connected(answered(theirs)))]],
    [
      'reconnecting',
      'when the other side is away',
      [welcome(), joined, view(connected(theirs, { caller: party('other', { away: true }) }))],
    ],
    ['ringing', 'when the caller is away', [welcome(), view(ringing({ caller: party('other', { away: true }) }))]],
    ['connected', 'while hanging up', [welcome(), view(connected(mine)), { type: 'leaving' }, media({})]],
    ['ended', 'when it is over', [welcome(), view(theirs), view(over(theirs, 'cancelled', 'other'))]],
    [
      'ended',
      'also while the server is lost',
      [welcome(), view(theirs), view(over(theirs, 'cancelled', 'other')), lost],
    ],
    ['idle', 'when that is dismissed', [welcome(), view(theirs), view(over(theirs, 'cancelled')), { type: 'dismiss' }]],
    ['dialing', 'when another call is placed', [welcome(), view(theirs), view(over(theirs, 'cancelled')), offering()]],
    [
      'dialing',
      'when the refusal of the offer is still to come',
      [welcome(), offering(), view(over(mine, 'busy', 'other'))],
    ],
    [
      'ended',
      'when the offer is refused',
      [welcome(), offering(), view(over(mine, 'busy', 'other')), { type: 'refused', act: 'offer' }],
    ],
    ['idle', 'when the offer never was a call', [welcome(), offering(), { type: 'refused', act: 'offer' }]],
    [
      'idle',
      'when the offer is given up',
      [welcome(), offering(), { type: 'leaving' }, { type: 'refused', act: 'offer' }],
    ],
    ['dialing', 'while the offer is being given up', [welcome(), offering(), { type: 'leaving' }]],
    [
      'idle',
      'when the offer was taken and is gone',
      [welcome(), offering(), { type: 'accepted', session: 'x' }, lost, welcome()],
    ],
  ];
  for (const [phase, when, events] of rows) {
    it(`is ${phase} ${when}`, () => {
      expect(phaseAfter(...events)).to.equal(phase);
    });
  }

  it('shows the ring that waited once the offer is refused', () => {
    const state = apply([welcome(), offering(), view(theirs), { type: 'refused', act: 'offer' }]);
    expect(snapshotOf(state).phase).to.equal('ringing');
  });

  it('is one and the same snapshot for one and the same state', () => {
    const state: CallState = apply([welcome(), view(theirs)]);
    expect(snapshotOf(state)).to.equal(snapshotOf(state));
  });
});
