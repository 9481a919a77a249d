import { expect } from 'chai';
import { OmniCallError, type TrackType } from '../../../src/protocol/index.js';
import { reduce } from '../../../src/service/call-store.js';
import { snapshotOf } from '../../../src/service/snapshot-of.js';
import {
  ME,
  answered,
  apply,
  connected,
  offering,
  over,
  party,
  ringback,
  ringing,
  view,
  welcome,
  welcomeAfter,
} from './views.js';

const callOf = (...events: Parameters<typeof apply>[0]) => snapshotOf(apply(events)).call;

describe('the call store', () => {
  it('keeps the state of which nothing changed', () => {
    const state = apply([welcome(), view(ringing({ revision: 2 }))]);
    expect(reduce(state, view(ringing({ revision: 2 })))).to.equal(state);
    expect(reduce(state, view(ringing({ revision: 1 })))).to.equal(state);
  });

  it('drops what is older than what it knows', () => {
    const late = view(ringing({ revision: 1, callType: 'audiocall' }));
    expect(callOf(welcome(), view(ringing({ revision: 2 })), late)?.callType).to.equal('videocall');
  });

  it('puts the times of a view on this page’s clock', () => {
    const state = [welcome(), view(ringing({ ringMsLeft: 5_000 }), 1_000)];
    expect(callOf(...state)?.ringEndsAt).to.equal(6_000);
    const call = callOf(...state, view(connected(answered(ringing()), { connectedMsAgo: 400 }), 9_000));
    expect(call).to.include({ ringEndsAt: null, connectedAt: 8_600 });
  });

  it('believes the message that travelled least', () => {
    const first = view(ringing({ ringMsLeft: 5_000 }), 1_500);
    const second = view(ringing({ revision: 2, ringMsLeft: 3_000 }), 3_000);
    expect(callOf(welcome(), first, second)?.ringEndsAt).to.equal(6_000);
  });

  it('remembers that a call is over', () => {
    const ring = ringing({ revision: 5 });
    const state = apply([welcome(), view(ring), view(over(ring, 'cancelled', 'other')), { type: 'dismiss' }]);
    expect(reduce(state, view(ringing({ revision: 9 })))).to.equal(state);
  });

  it('lets another call wait until the one that goes on is over', () => {
    const first = answered(ringing());
    const second = ringing({ session: 'second' });
    const state = apply([welcome(), view(first), view(second)]);
    expect(snapshotOf(state).call?.session).to.equal('call');
    const after = reduce(state, view(over(first, 'completed', 'other')));
    expect(snapshotOf(after)).to.deep.include({ phase: 'ringing' });
    expect(snapshotOf(after).call?.session).to.equal('second');
  });

  it('does not show the end of a ring that it never showed', () => {
    expect(snapshotOf(apply([welcome(), view(over(ringing(), 'cancelled', 'other'))])).phase).to.equal('idle');
  });

  it('shows how a call ended that is answered too late', () => {
    const answering = { type: 'answering', callType: 'videocall' } as const;
    const state = apply([welcome(), answering, view(over(ringing(), 'no-answer', 'me'))]);
    expect(snapshotOf(state).call?.ending?.reason).to.equal('no-answer');
    expect(state.act).to.equal(null);
  });

  it('ends the call that the server knows no more', () => {
    const call = connected(answered(ringing()));
    const state = apply([welcome(), view(call, 1_000), welcome(null, 5_000)]);
    expect(snapshotOf(state).call?.ending).to.deep.equal({ reason: 'connection-lost', by: 'me', durationMs: 4_000 });
  });

  it('takes from the welcome how a call ended meanwhile', () => {
    const call = connected(answered(ringing()));
    const state = apply([welcome(), view(call), welcome(over(call, 'completed', 'other', 77))]);
    expect(snapshotOf(state).call?.ending).to.deep.equal({ reason: 'completed', by: 'other', durationMs: 77 });
  });

  it('ends the call when nothing could be reached for the grace period', () => {
    const state = apply([
      welcome(),
      view(connected(answered(ringing())), 1_000),
      { type: 'given-up', session: 'call', at: 21_000 },
    ]);
    expect(snapshotOf(state).call?.ending).to.include({ reason: 'connection-lost', by: 'me', durationMs: 20_000 });
  });

  it('takes the server’s word, once it is back, on a call that it held for lost', () => {
    const call = connected(answered(ringing()));
    const alone = [welcome(), view(call, 1_000), { type: 'given-up', session: 'call', at: 21_000 }] as const;
    const ended = over(call, 'completed', 'other', 9_000);
    for (const later of [welcomeAfter(ended), welcome(ended), view(ended)]) {
      const state = apply([...alone, later]);
      expect(snapshotOf(state).call?.ending).to.deep.equal({ reason: 'completed', by: 'other', durationMs: 9_000 });
      expect(state.guess).to.equal(null);
    }
    const redialled = snapshotOf(apply([...alone, offering(), welcomeAfter(ended)]));
    expect(redialled.phase).to.equal('dialing');
    expect(redialled.lastEnding).to.include({ session: 'call', reason: 'completed', by: 'other' });
  });

  it('keeps to its own account where the server knows of no other, or the call still goes on', () => {
    const call = connected(answered(ringing()));
    const alone = [welcome(), view(call, 1_000), { type: 'given-up', session: 'call', at: 21_000 }] as const;
    expect(apply([...alone, welcome(null)]).guess).to.equal(null);
    const state = apply([...alone, welcome({ ...call, revision: 20 })]);
    expect(state.guess?.view.session).to.equal('call');
    expect(snapshotOf(state).call?.ending?.reason).to.equal('connection-lost');
  });

  it('has no ending to show of a call that it never knew', () => {
    const call = connected(answered(ringback()));
    expect(snapshotOf(apply([welcomeAfter(over(call, 'connection-lost', 'me'))])).phase).to.equal('idle');
  });

  it('forgets session and call when the session is ended for good', () => {
    const problem = new OmniCallError('no-session', 'ended');
    const lost = { type: 'lost', problem, final: true, at: 1_000 } as const;
    const state = apply([welcome(), view(ringing()), lost]);
    expect(snapshotOf(state)).to.include({ phase: 'offline', session: null, problem });
  });

  describe('mutes', () => {
    const mute = (track: TrackType, on = true) => ({ type: 'mute', track, on }) as const;

    it('before a call hold for every later one', () => {
      const first = ringback();
      const events = [welcome(), mute('audio'), offering(), view(first), view(over(first, 'declined', 'other'))];
      const state = apply([...events, offering()]);
      expect(state.muted).to.deep.equal({ audio: true, video: false });
    });

    it('during a call hold for that one', () => {
      const first = ringback();
      const events = [
        welcome(),
        offering(),
        view(first),
        { type: 'accepted', session: 'call' } as const,
        mute('audio'),
        mute('video'),
      ];
      expect(apply(events).muted).to.deep.equal({ audio: true, video: true });
      const next = apply([...events, view(over(first, 'declined', 'other')), offering()]);
      expect(next.muted).to.deep.equal({ audio: false, video: false });
    });

    it('between two calls change nothing else of what later ones begin with', () => {
      const voice = ringback({ callType: 'audiocall' });
      const accepted = { type: 'accepted', session: 'call' } as const;
      const call = [offering('audiocall'), accepted, mute('audio', false), view(over(voice, 'completed', 'other'))];
      const events = [welcome(), mute('audio'), ...call, mute('video')];
      expect(apply(events).preset).to.deep.equal({ audio: true, video: true });
      expect(apply([...events, mute('video', false), offering()]).muted).to.deep.equal({ audio: true, video: false });
    });

    it('come back from the server after a reload', () => {
      const muted = { audio: true, video: false };
      const call = connected(answered(ringing()), { callee: party('me', { identity: ME.session, muted }) });
      expect(apply([welcome(call)]).muted).to.deep.equal(muted);
    });

    it('leave the camera off in a voice call, and after it has become a video call', () => {
      const call = connected(answered(ringing({ callType: 'audiocall' })));
      const state = apply([welcome(), view(call)]);
      expect(state.muted.video).to.equal(true);
      expect(reduce(state, view({ ...call, revision: 9, callType: 'videocall' })).muted.video).to.equal(true);
    });

    it('leave the camera off when a video call is answered by voice', () => {
      const state = apply([welcome(), view(ringing()), { type: 'answering', callType: 'audiocall' }]);
      expect(state.muted).to.deep.equal({ audio: false, video: true });
    });
  });
});
