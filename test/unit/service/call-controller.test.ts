import { expect } from 'chai';
import { CLOSE, OmniCallError, type CallView, type Json } from '../../../src/protocol/index.js';
import { NO_LOCAL_MEDIA, NO_REMOTE_MEDIA } from '../../../src/media/media.js';
import { CallController, type ControllerOptions } from '../../../src/service/call-controller.js';
import type { CloseMessage, EventMessage } from '../../../src/service/event-messages.js';
import type { CallSnapshot } from '../../../src/service/snapshot.js';
import { FakeClock } from '../signalling/fake-clock.js';
import { FakeServer } from '../signalling/fake-server.js';
import { FakeMedia } from './fake-media.js';
import { answered, connected, over, party, ringback, ringing } from './views.js';

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof OmniCallError ? error.code : error),
  );

const room = { url: 'ws://room', token: 'pass', generation: 1 };

describe('the call service', () => {
  let clock: FakeClock;
  let server: FakeServer;
  let media: FakeMedia;
  let service: CallController;
  let events: EventMessage[];
  let closes: CloseMessage[];

  const create = (options: Partial<ControllerOptions> = {}): CallController => {
    const { openSocket } = server;
    const made = new CallController({ server: 'http://server', clock, openSocket, loadMedia: media.load, ...options });
    made.on('event', (message) => events.push(message));
    made.on('close', (message) => closes.push(message));
    return made;
  };

  const until = (isSo: (snapshot: CallSnapshot) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!isSo(service.snapshot)) return;
        stop();
        resolve();
      };
      const stop = service.subscribe(check);
      check();
    });

  const start = async (call: CallView | null = null): Promise<void> => {
    const session = service.createSession('me');
    await server.welcome(1, { call });
    await session;
  };

  /** Places a call and has the server take it. */
  const offer = async (): Promise<CallView> => {
    const offered = service.offerCall('videocall', 'other');
    const request = await server.request('offer');
    const view = ringback({ room });
    server.show(view);
    server.reply(request, { session: 'call' });
    await offered;
    return view;
  };

  const connect = async (): Promise<CallView> => {
    const view = connected(answered(await offer()));
    server.show(view);
    await media.made;
    media.tell({ link: 'joined', generation: 1 });
    return view;
  };

  beforeEach(() => {
    clock = new FakeClock();
    server = new FakeServer();
    media = new FakeMedia();
    events = [];
    closes = [];
    service = create();
  });

  afterEach(async () => {
    const closed = service.close();
    clock.pass(1_000);
    await closed;
    sessionStorage.clear();
  });

  it('is blurred from its first picture on after a reload, where it was before', async () => {
    const reload = async (): Promise<void> => {
      const closed = service.close();
      clock.pass(1_000);
      await closed;
      [server, media] = [new FakeServer(), new FakeMedia()];
      service = create();
      await start();
      await connect();
    };
    await start();
    await connect();
    await service.setBlur(true);
    await reload();
    expect(media.calls).to.deep.equal(['setBlur true']);
    await service.setBlur(false);
    await reload();
    expect(media.calls).to.deep.equal([]);
  });

  describe('createSession', () => {
    it('gives the session and the user id', async () => {
      const session = service.createSession('me');
      const hello = await server.welcome();
      expect(hello.userId).to.equal('me');
      expect(await session).to.deep.equal({ session: 'session-of-me', user_id: 'me' });
      expect(service.snapshot).to.include({ phase: 'idle', userId: 'me' });
    });

    it('gives the same once more', async () => {
      await start();
      expect(await service.createSession()).to.deep.equal(await service.createSession('me'));
      expect(server.sockets).to.have.length(1);
    });

    it('is for one person', async () => {
      await start();
      expect(await codeOf(service.createSession('somebody-else'))).to.equal('bad-request');
      expect(await codeOf(create({ userId: 'me' }).createSession('somebody-else'))).to.equal('bad-request');
    });

    for (const userId of ['', ' ', 'x'.repeat(300), 'line\nbreak']) {
      it(`refuses the id ${JSON.stringify(userId.slice(0, 12))}`, async () => {
        expect(await codeOf(service.createSession(userId))).to.equal('bad-request');
        expect(await codeOf(service.sessionList())).to.equal('no-session');
      });
    }

    it('refuses what is no address', async () => {
      expect(await codeOf(create({ server: 'ftp://server' }).createSession())).to.equal('bad-request');
    });

    it('goes on with a newer token where the last was refused', async () => {
      service = create({ token: 'stale' });
      const first = codeOf(service.createSession());
      const hello = await server.hello();
      expect(hello.token).to.equal('stale');
      server.refuse(hello, 'unauthorized');
      expect(await first).to.equal('unauthorized');
      service.renewToken('fresh');
      const second = service.createSession();
      expect((await server.welcome(2)).token).to.equal('fresh');
      expect(await second).to.include({ user_id: 'me' });
    });

    it('is had of a server at a path of the page’s own', async () => {
      service = create({ server: '/calls/' });
      await start();
      expect(server.urls).to.deep.equal([`ws://${location.host}/calls/ws`]);
      await connect();
      expect(media.options?.blurFiles).to.equal(`${location.origin}/calls/blur`);
      const link = service.recordingLink('call');
      server.reply(await server.request('recording-link'), { url: '/recordings/call.mp4?signed', expires_at: '' });
      expect((await link).url).to.equal(`${location.origin}/calls/recordings/call.mp4?signed`);
    });

    it('tells that the server is down, goes on trying, and gets there', async () => {
      const first = codeOf(service.createSession('me'));
      await server.connection();
      server.cut();
      expect(await first).to.equal('unreachable');
      expect(service.snapshot.phase).to.equal('offline');
      expect(service.snapshot.problem?.code).to.equal('unreachable');
      expect(await codeOf(service.offerCall('videocall', 'other'))).to.equal('unreachable');
      clock.pass(200);
      await server.welcome(2);
      expect(service.snapshot).to.include({ phase: 'idle', problem: null });
    });

    it('tells that the server refuses, and can be tried again', async () => {
      const first = codeOf(service.createSession('me'));
      server.refuse(await server.hello(), 'unauthorized');
      expect(await first).to.equal('unauthorized');
      expect(service.snapshot.problem?.code).to.equal('unauthorized');
      const second = service.createSession('me');
      await server.welcome(2);
      expect(await second).to.include({ user_id: 'me' });
    });
  });

  describe('bad requests', () => {
    it('have to have a session', async () => {
      for (const call of [
        service.offerCall('videocall', 'other'),
        service.answerCall(),
        service.sessionList(),
        service.sendMessage('hello'),
      ]) {
        expect(await codeOf(call)).to.equal('no-session');
      }
      expect(await codeOf(service.leave())).to.equal('no-such-call');
    });

    it('are refused before they go out', async () => {
      await start();
      expect(await codeOf(service.offerCall('videocall', 'me'))).to.equal('bad-request');
      expect(await codeOf(service.offerCall('videocall', ''))).to.equal('bad-request');
      expect(await codeOf(service.offerCall('videocall', 'x'.repeat(300)))).to.equal('bad-request');
      expect(await codeOf(service.offerCall('smellcall' as 'videocall', 'other'))).to.equal('bad-request');
      for (const ringTimeout of [0, 601, NaN, '10' as unknown as number]) {
        expect(await codeOf(service.offerCall('videocall', 'other', false, { ringTimeout }))).to.equal('bad-request');
      }
      const cycle: { [key: string]: Json } = {};
      cycle.self = cycle;
      for (const data of [cycle, 1n as unknown as Json, (() => 1) as unknown as Json, 'ä'.repeat(2048)]) {
        expect(await codeOf(service.offerCall('videocall', 'other', false, { data }))).to.equal('bad-request');
      }
      expect(await codeOf(service.answerCall())).to.equal('no-such-call');
      expect(await codeOf(service.sendMessage('hello'))).to.equal('no-such-call');
      expect(await codeOf(service.setMute('smell' as 'audio'))).to.equal('bad-request');
      expect(await codeOf(service.screenShare())).to.equal('no-such-call');
      expect(await codeOf(service.setRecording('off'))).to.equal('no-such-call');
      expect(server.received.map(({ type }) => type)).to.deep.equal(['hello']);
      expect(media.loads).to.equal(0);
    });
  });

  describe('a call that is placed', () => {
    it('opens the devices at once, and shows what the server says', async () => {
      await start();
      const offered = service.offerCall('videocall', 'other', true, { ringTimeout: 10, data: { order: 7 } });
      expect(service.snapshot.phase).to.equal('dialing');
      const request = await server.request('offer');
      expect(request).to.deep.include({
        callType: 'videocall',
        callee: 'other',
        record: true,
        ringTimeout: 10,
        data: { order: 7 },
        muted: { audio: false, video: false },
      });
      await media.made;
      expect(media.wish).to.include({ devices: 'open' });
      server.show(ringback({ room }));
      expect(service.snapshot.phase).to.equal('ringback');
      server.reply(request, { session: 'call' });
      expect(await offered).to.deep.equal({ session: 'call' });
      expect(await codeOf(service.offerCall('videocall', 'third'))).to.equal('already-in-call');
    });

    it('that the server refuses shows why, and lets the devices go', async () => {
      await start();
      const offered = codeOf(service.offerCall('videocall', 'other'));
      const request = await server.request('offer');
      server.show(over(ringback(), 'busy', 'other'));
      server.refuse(request, 'busy');
      expect(await offered).to.equal('busy');
      expect(service.snapshot.phase).to.equal('ended');
      expect(service.snapshot.call?.ending?.reason).to.equal('busy');
      expect(events).to.deep.equal([{ cmd: 'LEAVE_EVENT', session: 'call', reason: 'busy' }]);
      expect(media.wish).to.equal(null);
    });

    it('is cancelled before the server has answered', async () => {
      await start();
      const offered = service.offerCall('videocall', 'other');
      const request = await server.request('offer');
      const left = service.leave();
      expect(media.wish).to.equal(null);
      server.reply(request, { session: 'call' });
      await offered;
      const leave = await server.request('leave');
      expect(leave.call).to.equal('call');
      server.reply(leave);
      server.show(over(ringback(), 'cancelled', 'me'));
      await left;
      expect(service.snapshot.phase).to.equal('ended');
    });

    it('is not left when the server refuses it meanwhile', async () => {
      await start();
      const offered = codeOf(service.offerCall('videocall', 'other'));
      const request = await server.request('offer');
      const left = service.leave();
      server.refuse(request, 'rate-limited');
      expect(await offered).to.equal('rate-limited');
      await left;
      expect(service.snapshot.phase).to.equal('idle');
    });

    it('and given up, then refused, leaves alone who rings meanwhile', async () => {
      await start();
      const offered = codeOf(service.offerCall('videocall', 'third'));
      const request = await server.request('offer');
      const left = service.leave();
      server.show(ringing());
      server.refuse(request, 'already-in-call');
      expect(await offered).to.equal('already-in-call');
      await left;
      expect(service.snapshot.phase).to.equal('ringing');
      expect(server.received.some(({ type }) => type === 'leave')).to.equal(false);
    });

    it('to who calls oneself is the answer', async () => {
      await start(ringing());
      const offered = service.offerCall('audiocall', 'other');
      const answer = await server.request('answer');
      const muted = { audio: false, video: true };
      expect(answer).to.deep.include({ call: 'call', callType: 'audiocall', record: false, muted });
      server.reply(answer, { session: 'call' });
      expect(await offered).to.deep.equal({ session: 'call' });
    });
  });

  describe('a call that comes', () => {
    it('rings with every device closed, and is answered once', async () => {
      await start();
      server.show(ringing({ room }));
      expect(service.snapshot.phase).to.equal('ringing');
      const both = Promise.all([service.answerCall(), service.answerCall()]);
      expect(service.snapshot.phase).to.equal('ringing');
      const answer = await server.request('answer');
      expect(answer).to.deep.include({ call: 'call', callType: 'videocall', record: true });
      await media.made;
      expect(media.wish).to.include({ devices: 'ready' });
      server.reply(answer, { session: 'call' });
      expect(await both).to.deep.equal([{ session: 'call' }, { session: 'call' }]);
      server.show(answered(ringing(), { room }));
      expect(media.wish).to.include({ devices: 'open' });
      expect(service.snapshot.phase).to.equal('connecting');
      expect(server.received.filter(({ type }) => type === 'answer')).to.have.length(1);
    });

    it('is answered without being recorded, and paused and stopped where it is', async () => {
      await start(ringing({ recording: 'requested' }));
      const answering = service.answerCall(undefined, undefined, { record: false });
      const answer = await server.request('answer');
      expect(answer).to.deep.include({ call: 'call', record: false });
      server.reply(answer, { session: 'call' });
      await answering;
      server.show(answered(ringing()));
      const refused = codeOf(service.setRecording('paused'));
      const wish = await server.request('record');
      expect(wish).to.deep.include({ call: 'call', wish: 'paused' });
      server.refuse(wish, 'bad-request');
      expect(await refused).to.equal('bad-request');
    });

    it('before the session is answered by its caller’s name', async () => {
      await start();
      const answering = service.answerCall('videocall', 'other');
      const answer = await server.request('answer');
      // Nobody here was told that it would be recorded.
      expect(answer).to.deep.include({ caller: 'other', callType: 'videocall', record: false });
      expect(media.loads).to.equal(0);
      server.show(answered(ringing()));
      server.reply(answer, { session: 'call' });
      expect(await answering).to.deep.equal({ session: 'call' });
      expect(service.snapshot.phase).to.equal('connecting');
    });

    it('answered too late shows how it ended', async () => {
      await start();
      const answering = codeOf(service.answerCall('videocall', 'other'));
      const answer = await server.request('answer');
      server.show(over(ringing(), 'no-answer', 'me'));
      server.refuse(answer, 'no-such-call');
      expect(await answering).to.equal('no-such-call');
      expect(service.snapshot.call?.ending?.reason).to.equal('no-answer');
    });

    it('is declined', async () => {
      await start(ringing());
      const left = service.leave();
      server.reply(await server.request('leave'));
      server.show(over(ringing(), 'declined', 'me'));
      await left;
      expect(events.map(({ cmd }) => cmd)).to.deep.equal(['RINGING_EVENT', 'LEAVE_EVENT']);
    });
  });

  describe('leaving', () => {
    it('twice is leaving once', async () => {
      await start();
      const view = await connect();
      const both = Promise.all([service.leave(), service.leave()]);
      expect(media.wish).to.equal(null);
      server.reply(await server.request('leave'));
      server.show(over(view, 'completed', 'me'));
      await both;
      expect(server.received.filter(({ type }) => type === 'leave')).to.have.length(1);
      expect(await codeOf(service.leave())).to.equal('no-such-call');
    });

    it('gets through after the connection is back', async () => {
      await start();
      const view = await connect();
      server.cut();
      expect(service.snapshot.phase).to.equal('reconnecting');
      const left = service.leave();
      clock.pass(200);
      await server.welcome(2, { call: view });
      server.reply(await server.request('leave'));
      server.show(over(view, 'completed', 'me'));
      await left;
      expect(service.snapshot.call?.ending?.reason).to.equal('completed');
    });

    it('is done when the server knows no such call', async () => {
      await start();
      await connect();
      const left = service.leave();
      server.refuse(await server.request('leave'), 'no-such-call');
      await left;
      expect(service.snapshot.phase).to.equal('ended');
    });

    it('ends no other call when the server knows no such one', async () => {
      await start();
      await connect();
      server.cut();
      const left = service.leave();
      clock.pass(200);
      await server.welcome(2, { call: ringing({ session: 'next' }) });
      server.refuse(await server.request('leave'), 'no-such-call');
      await left;
      await new Promise((resolve) => setTimeout(resolve));
      expect(service.snapshot.phase).to.equal('ringing');
      expect(service.snapshot.call?.session).to.equal('next');
    });

    it('tells that everything was refused', async () => {
      await start();
      await connect();
      const refused = { state: 'failed', problem: new OmniCallError('permission-denied', 'no') } as const;
      media.tell({ local: { ...NO_LOCAL_MEDIA, audio: refused, video: refused } });
      expect(await server.request('leave')).to.include({ call: 'call', why: 'permission-denied' });
    });
  });

  it('mutes between two calls what it is asked to, and nothing that was muted in the call before', async () => {
    await start();
    const voice = service.offerCall('audiocall', 'other');
    server.reply(await server.request('offer'), { session: 'call' });
    await voice;
    server.show(over(ringback({ callType: 'audiocall' }), 'declined', 'other'));
    await service.setMute('audio');
    void codeOf(service.offerCall('videocall', 'other'));
    expect((await server.request('offer', 2)).muted).to.deep.equal({ audio: true, video: false });
  });

  describe('in a call', () => {
    it('tells the server of the room, again after a lost connection', async () => {
      await start();
      const view = await connect();
      const report = { type: 'media', call: 'call', generation: 1, state: 'joined' };
      expect(await server.request('media')).to.include(report);
      server.cut();
      clock.pass(200);
      await server.welcome(2, { call: view });
      expect(await server.request('media')).to.include(report);
    });

    it('mutes at once, tells the server, and says when it knows', async () => {
      await start();
      await connect();
      const muted = service.setMute('audio');
      expect(media.wish?.send.audio).to.equal('muted');
      expect(service.snapshot.call?.me.muted.audio).to.equal(true);
      const request = await server.request('mute');
      expect(request).to.deep.include({ call: 'call', muted: { audio: true, video: false } });
      server.reply(request);
      await muted;
      expect(server.received.filter(({ type }) => type === 'mute')).to.have.length(1);
    });

    it('says last what holds last, one at a time', async () => {
      await start();
      await connect();
      void service.setMute('audio');
      void service.setMute('video');
      const unmuted = service.setUnmute('audio');
      server.reply(await server.request('mute', 1));
      const last = await server.request('mute', 2);
      expect(last.muted).to.deep.equal({ audio: false, video: true });
      server.reply(last);
      await unmuted;
    });

    it('says again what the server did not take', async () => {
      await start();
      await connect();
      const failed = codeOf(service.setMute('audio'));
      server.refuse(await server.request('mute'), 'server-error');
      expect(await failed).to.equal('server-error');
      const muted = service.setMute('audio');
      const again = await server.request('mute', 2);
      expect(again.muted).to.deep.equal({ audio: true, video: false });
      server.reply(again);
      await muted;
    });

    it('says that it is unmuted where the server may have heard of the mute', async () => {
      await start();
      await connect();
      const failed = codeOf(service.setMute('audio'));
      await server.request('mute');
      clock.pass(10_000);
      expect(await failed).to.equal('timeout');
      void codeOf(service.setUnmute('audio'));
      expect((await server.request('mute', 2)).muted).to.deep.equal({ audio: false, video: false });
    });

    it('tells the server what was muted while it was away', async () => {
      await start();
      const view = await connect();
      server.cut();
      await service.setMute('video');
      clock.pass(200);
      await server.welcome(2, { call: view });
      expect((await server.request('mute')).muted).to.deep.equal({ audio: false, video: true });
    });

    it('shares a screen, and tells when the browser stops that', async () => {
      await start();
      await connect();
      const screen = {} as MediaStreamTrack;
      media.tell({ local: { ...NO_LOCAL_MEDIA, screen } });
      const on = await server.request('share');
      expect(on).to.include({ call: 'call', on: true });
      server.reply(on);
      media.tell({ local: NO_LOCAL_MEDIA });
      expect(await server.request('share', 2)).to.include({ on: false });
    });

    it('tells the server when it gave up the other side’s picture, and when it has it again', async () => {
      await start();
      await connect();
      media.tell({ remote: { ...NO_REMOTE_MEDIA, givenUp: true } });
      const on = await server.request('voice-only');
      expect(on).to.include({ call: 'call', on: true });
      server.reply(on);
      media.tell({ remote: NO_REMOTE_MEDIA });
      expect(await server.request('voice-only', 2)).to.include({ on: false });
    });

    it('passes on a text of the other side, and none of another call', async () => {
      await start();
      await connect();
      events.length = 0;
      server.push({ type: 'message', call: 'another', from: 'third', text: 'psst' });
      server.push({ type: 'message', call: 'call', from: 'other', text: 'hello' });
      expect(events).to.deep.equal([{ cmd: 'MESSAGE_EVENT', session: 'call', user_id: 'other', message: 'hello' }]);
    });

    it('ends by itself when neither server nor room is back in time', async () => {
      await start();
      await connect();
      server.cut();
      media.tell({ link: 'away', generation: 1 });
      clock.pass(20_000);
      expect(service.snapshot.call?.ending).to.include({ reason: 'connection-lost', by: 'me' });
      expect(media.wish).to.equal(null);
    });

    it('goes on for as long as the room does', async () => {
      await start();
      await connect();
      server.cut();
      clock.pass(30_000);
      expect(service.snapshot.phase).to.equal('reconnecting');
    });

    it('leaves its room to one that took its place meanwhile, and says nothing of the other room before it is there', async () => {
      await start();
      const view = await connect();
      server.cut();
      clock.pass(200);
      const next = ringing({ session: 'next', room: { ...room, token: 'pass of another' } });
      await server.welcome(2, { call: next, over: over(view, 'connection-lost') });
      expect(media.state.link).to.equal('out');
      expect(media.wish?.room).to.deep.equal(next.room);
      expect(server.last.received.some(({ type }) => type === 'media')).to.equal(false);
      media.tell({ link: 'joined', generation: 1 });
      expect(await server.request('media')).to.include({ call: 'next', state: 'joined' });
    });

    it('that has been told to be over is left when the server says that it goes on', async () => {
      await start();
      const view = await connect();
      server.cut();
      media.tell({ link: 'away', generation: 1 });
      clock.pass(20_000);
      window.dispatchEvent(new Event('online'));
      await server.welcome(2, { call: view });
      expect((await server.request('leave')).call).to.equal('call');
      expect(service.snapshot.phase).to.equal('ended');
    });
  });

  describe('a session', () => {
    it('that is ended tells so', async () => {
      await start();
      server.cut(CLOSE.REVOKED);
      expect(closes).to.have.length(1);
      expect(closes[0]).to.include({ session: 'session-of-me' });
      expect(service.snapshot.phase).to.equal('offline');
      expect(await codeOf(service.offerCall('videocall', 'other'))).to.equal('no-session');
    });

    it('that was lost tells so, and another has begun', async () => {
      await start();
      await connect();
      server.cut();
      clock.pass(200);
      await server.welcome(2, { session: 'another', resumed: false });
      expect(closes.map(({ session }) => session)).to.deep.equal(['session-of-me']);
      expect(service.snapshot).to.include({ phase: 'ended', session: 'another' });
      expect(service.snapshot.call?.ending?.reason).to.equal('connection-lost');
    });

    it('that was lost while it rang leaves the room to the next, who is another participant there', async () => {
      const room = { url: 'ws://room', token: 'pass', generation: 1 };
      await start();
      server.show(ringing({ room }));
      await media.made;
      media.tell({ link: 'joined', generation: 1 });
      server.cut();
      clock.pass(200);
      const next = { ...room, token: 'pass of another' };
      await server.welcome(2, { session: 'another', resumed: false, call: ringing({ room: next }) });
      expect(media.state.link).to.equal('out');
      expect(media.wish?.room).to.deep.equal(next);
      expect(server.last.received.some(({ type }) => type === 'media')).to.equal(false);
    });

    it('is closed once, with its call and everything', async () => {
      await start();
      const view = await connect();
      const closed = service.close();
      server.reply(await server.request('leave'));
      server.show(over(view, 'completed', 'me'));
      await closed;
      expect(await server.request('bye')).to.include({ closing: true });
      expect(events.at(-1)).to.include({ cmd: 'LEAVE_EVENT', reason: 'completed' });
      expect(closes).to.deep.equal([{ session: 'session-of-me', problem: null }]);
      expect(service.snapshot).to.include({ phase: 'offline', session: null, call: null });
      expect(media.calls.at(-1)).to.equal('close');
      expect(await codeOf(service.createSession('me'))).to.equal('no-session');
      expect(service.close()).to.equal(closed);
    });

    it('does not wait long for its last words', async () => {
      await start();
      await connect();
      const closed = service.close();
      clock.pass(1_000);
      await closed;
      expect(await server.request('bye')).to.include({ closing: true });
    });
  });

  it('tells each of its listeners, also when one throws or changes something', async () => {
    const phases: string[] = [];
    service.subscribe(({ phase }) => {
      if (phase === 'ended') service.dismiss();
    });
    service.subscribe(({ phase }) => phases.push(phase));
    await start(ringing());
    server.show(over(ringing(), 'cancelled', 'other'));
    await until(({ phase }) => phase === 'idle');
    expect(phases.at(-1)).to.equal('idle');
  });

  it('shows who else is in the call', async () => {
    await start();
    await offer();
    server.show(answered(ringback(), { callee: party('other', { displayName: 'Somebody' }), revision: 5 }));
    expect(service.snapshot.call?.peer).to.include({ userId: 'other', displayName: 'Somebody' });
  });

  it('remembers a resolution and a volume for the calls to come', async () => {
    await service.setResolution('QVGA');
    await service.setVolume(0.5);
    await start();
    await offer();
    expect(media.calls).to.deep.equal(['setResolution QVGA', 'setVolume 0.5']);
  });

  it('knows no other resolution and no other volume', async () => {
    expect(await codeOf(service.setResolution('4K' as 'HD'))).to.equal('bad-request');
    for (const volume of [-0.1, 1.1, NaN, '1' as unknown as number]) {
      expect(await codeOf(service.setVolume(volume))).to.equal('bad-request');
    }
  });
});
