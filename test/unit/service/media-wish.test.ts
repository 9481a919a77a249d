import { expect } from 'chai';
import type { CallStoreEvent } from '../../../src/service/call-state.js';
import { wishOf } from '../../../src/service/media-wish.js';
import { ME, answered, apply, connected, offering, over, ringback, ringing, view, welcome } from './views.js';

const room = { url: 'ws://room', token: 'pass', generation: 1 };
const wishAfter = (events: readonly CallStoreEvent[], prepare = true) => wishOf(apply(events), prepare);
const both = { audio: 'on', video: 'on' };
const answering: CallStoreEvent = { type: 'answering', callType: 'videocall' };

describe('the media’s wish', () => {
  it('is none without a call', () => {
    expect(wishAfter([welcome()])).to.equal(null);
    expect(wishAfter([welcome(), view(ringing()), view(over(ringing(), 'cancelled', 'other'))])).to.equal(null);
  });

  it('opens the caller’s devices with its click', () => {
    const wish = wishAfter([welcome(), offering()]);
    expect(wish).to.deep.equal({ room: null, peer: null, devices: 'open', withheld: true, send: both });
  });

  it('takes the caller into the room while it rings, lets nobody be seen yet, and nothing be seen there', () => {
    const wish = wishAfter([welcome(), offering(), view(ringback({ room }))]);
    expect(wish).to.deep.equal({ room, peer: null, devices: 'open', withheld: true, send: both });
  });

  it('takes a callee into the room with every device closed', () => {
    const wish = wishAfter([welcome(), view(ringing({ room }))]);
    expect(wish).to.deep.equal({ room, peer: null, devices: 'closed', withheld: false, send: both });
  });

  it('opens the callee’s devices with its click, and sends nothing before the server confirms it', () => {
    const wish = wishAfter([welcome(), view(ringing({ room })), answering]);
    expect(wish).to.deep.equal({ room, peer: null, devices: 'ready', withheld: false, send: both });
  });

  it('opens nothing for an answer to a call that may be over', () => {
    expect(wishAfter([welcome(), answering])).to.equal(null);
  });

  it('without preparation stays out of the room while it rings', () => {
    expect(wishAfter([welcome(), view(ringing({ room }))], false)).to.equal(null);
    expect(wishAfter([welcome(), view(ringing({ room })), answering], false)).to.include({
      room: null,
      devices: 'ready',
    });
    expect(wishAfter([welcome(), offering(), view(ringback({ room }))], false)).to.include({ room: null });
  });

  it('shows the other side from the answer on', () => {
    const wish = wishAfter([welcome(), view(ringing()), view(answered(ringing(), { room }))]);
    expect(wish).to.deep.equal({ room, peer: 'session-of-other', devices: 'open', withheld: false, send: both });
  });

  it('sends what the caller’s devices give from the answer on', () => {
    const wish = wishAfter([welcome(), offering(), view(answered(ringback(), { room }))]);
    expect(wish).to.deep.equal({ room, peer: 'session-of-other', devices: 'open', withheld: false, send: both });
  });

  it('keeps the devices open while a lost room is replaced', () => {
    const wish = wishAfter([welcome(), view(connected(answered(ringing())))]);
    expect(wish).to.include({ room: null, devices: 'open' });
  });

  it('has no camera in a voice call', () => {
    expect(wishAfter([welcome(), offering('audiocall')])?.send).to.deep.equal({ audio: 'on', video: 'off' });
  });

  it('follows a voice call that becomes a video call, each camera by its owner’s act alone', () => {
    const voice = connected(answered(ringback({ callType: 'audiocall' })));
    const events = [welcome(), offering('audiocall'), view(voice)];
    const video = view({ ...voice, revision: 9, callType: 'videocall' });
    expect(wishAfter([...events, video])?.send).to.deep.equal({ audio: 'on', video: 'muted' });
    const unmuted: CallStoreEvent = { type: 'mute', track: 'video', on: false };
    expect(wishAfter([...events, unmuted])?.send).to.deep.equal({ audio: 'on', video: 'off' });
    expect(wishAfter([...events, unmuted, video])?.send).to.deep.equal(both);
  });

  it('closes everything with the hang-up, whenever the server hears of it', () => {
    expect(wishAfter([welcome(), view(connected(answered(ringing()))), { type: 'leaving' }])).to.equal(null);
    expect(wishAfter([welcome(), offering(), { type: 'leaving' }])).to.equal(null);
  });

  it('opens nothing at another device of who answered', () => {
    const elsewhere = answered(ringing({ room: null }));
    const wish = wishAfter([
      welcome(),
      view({ ...elsewhere, callee: { ...elsewhere.callee, identity: `not-${ME.session}` } }),
    ]);
    expect(wish).to.include({ devices: 'closed' });
  });
});
