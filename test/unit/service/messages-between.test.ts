import { expect } from 'chai';
import type { EndReason } from '../../../src/protocol/index.js';
import type { CallStoreEvent } from '../../../src/service/call-state.js';
import {
  ME,
  answered,
  apply,
  commandsOf,
  connected,
  messagesOf,
  offering,
  over,
  party,
  ringback,
  ringing,
  view,
  welcome,
  welcomeAfter,
} from './views.js';

describe('the messages of a call', () => {
  it('tell a caller of the ring, with what it passed along', () => {
    expect(messagesOf([welcome(), offering(), view(ringback({ data: { order: 7 } }))])).to.deep.equal([
      {
        cmd: 'RINGBACK_EVENT',
        session: 'call',
        caller: 'me',
        callee: 'other',
        call_type: 'videocall',
        data: { order: 7 },
      },
    ]);
  });

  it('tell a callee of the ring, once however often it is told', () => {
    const events = [welcome(), view(ringing()), welcome(ringing()), view(ringing({ revision: 2 }))];
    expect(messagesOf(events)).to.deep.equal([
      { cmd: 'RINGING_EVENT', session: 'call', caller: 'other', callee: 'me', call_type: 'videocall' },
    ]);
  });

  it('tell of the connection with the other side’s id', () => {
    const call = answered(ringing());
    const [, message, ...more] = messagesOf([welcome(), view(ringing()), view(call), view(connected(call))]);
    expect(message).to.deep.equal({
      cmd: 'CONNECTED_EVENT',
      session: 'call',
      user_id: 'other',
      call_type: 'videocall',
    });
    expect(more).to.have.length(0);
  });

  it('say nothing of a ring that an offer of one’s own answers', () => {
    const merged = answered(ringing());
    const events = [welcome(), offering(), view(ringing()), view(merged), view(connected(merged))];
    expect(commandsOf(events)).to.deep.equal(['CONNECTED_EVENT']);
  });

  it('tell once more of the end of a call that was held for lost, if the server knows of another', () => {
    const call = connected(answered(ringing()));
    const alone = [welcome(), view(call), { type: 'given-up', session: 'call', at: 21_000 }] as const;
    const reasons = (end: EndReason, by: string): unknown[] =>
      messagesOf([...alone, welcomeAfter(over(call, end, by))])
        .filter(({ cmd }) => cmd === 'LEAVE_EVENT')
        .map((message) => ('reason' in message ? message.reason : null));
    expect(reasons('completed', 'other')).to.deep.equal(['connection-lost', 'completed']);
    expect(reasons('connection-lost', 'me')).to.deep.equal(['connection-lost']);
  });

  it('tell how a call ended of which the views in between were lost', () => {
    const call = connected(answered(ringing()));
    expect(commandsOf([welcome(), view(ringing()), view(over(call, 'completed', 'other'))])).to.deep.equal([
      'RINGING_EVENT',
      'LEAVE_EVENT',
    ]);
  });

  it('tell of a refused offer by its end alone', () => {
    const refused: CallStoreEvent = { type: 'refused', act: 'offer' };
    const events = [welcome(), offering(), view(over(ringback(), 'busy', 'other')), refused];
    expect(messagesOf(events)).to.deep.equal([{ cmd: 'LEAVE_EVENT', session: 'call', reason: 'busy' }]);
  });

  describe('for a ring that ends at the callee', () => {
    const rows: [string, EndReason, string][] = [
      ['CANCEL_EVENT', 'cancelled', 'other'],
      ['CANCEL_EVENT', 'no-answer', 'me'],
      ['CANCEL_EVENT', 'answered-elsewhere', 'me'],
      ['CANCEL_EVENT', 'declined-elsewhere', 'me'],
      ['CANCEL_EVENT', 'media-failed', 'server'],
      ['LEAVE_EVENT', 'declined', 'me'],
    ];
    for (const [cmd, reason, by] of rows) {
      it(`are ${cmd} when it was ${reason} by ${by}`, () => {
        const [, message] = messagesOf([welcome(), view(ringing()), view(over(ringing(), reason, by))]);
        expect(message).to.deep.equal({ cmd, session: 'call', reason });
      });
    }
  });

  describe('in a call', () => {
    const call = connected(answered(ringing()));
    const from = apply([welcome(), view(call)]);
    const other = (change: Parameters<typeof party>[1]) =>
      view({ ...call, revision: 9, caller: party('other', { identity: 'session-of-other', ...change }) });

    it('tell that the other side mutes and unmutes', () => {
      const muted = other({ muted: { audio: true, video: false } });
      expect(messagesOf([muted], from)).to.deep.equal([
        { cmd: 'MUTE_EVENT', session: 'call', user_id: 'other', track: 'audio' },
      ]);
      const unmuted = { ...call, revision: 10 };
      expect(commandsOf([view(unmuted)], apply([muted], from))).to.deep.equal(['UNMUTE_EVENT']);
    });

    it('tell of a shared screen, one’s own too', () => {
      expect(messagesOf([other({ sharing: true })], from)).to.deep.equal([
        { cmd: 'SCREEN_SHARE_EVENT', session: 'call', user_id: 'other' },
      ]);
      const own = view({ ...call, revision: 9, callee: party('me', { identity: ME.session, sharing: true }) });
      expect(messagesOf([own], from)).to.deep.equal([{ cmd: 'SCREEN_SHARE_EVENT', session: 'call', user_id: 'me' }]);
    });

    it('tell of recording', () => {
      expect(messagesOf([view({ ...call, revision: 9, recording: 'recording' })], from)).to.deep.equal([
        { cmd: 'RECORDING_EVENT', session: 'call', state: 'recording' },
      ]);
    });
  });

  it('tell at the connection what the other side keeps muted', () => {
    const byVoice = connected(answered(ringback()), {
      callee: party('other', { identity: 'session-of-other', muted: { audio: false, video: true } }),
    });
    expect(commandsOf([welcome(), view(byVoice)])).to.deep.equal(['CONNECTED_EVENT', 'MUTE_EVENT']);
  });

  it('say of a voice call that shows a camera only whose camera that is', () => {
    const silent = { audio: false, video: true };
    const voice = connected(answered(ringback({ callType: 'audiocall' })), {
      caller: party('me', { identity: ME.session, muted: silent }),
      callee: party('other', { identity: 'session-of-other', muted: silent }),
    });
    const events = [welcome(), view(voice)];
    expect(commandsOf(events)).to.deep.equal(['CONNECTED_EVENT']);
    const mine = {
      ...voice,
      revision: 9,
      callType: 'videocall' as const,
      caller: party('me', { identity: ME.session }),
    };
    expect(commandsOf([view(mine)], apply(events))).to.deep.equal([]);
    const theirs = {
      ...voice,
      revision: 9,
      callType: 'videocall' as const,
      callee: party('other', { identity: 'session-of-other' }),
    };
    expect(messagesOf([view(theirs)], apply(events))).to.deep.equal([
      { cmd: 'UNMUTE_EVENT', session: 'call', user_id: 'other', track: 'video' },
    ]);
  });
});
