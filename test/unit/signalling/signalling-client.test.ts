import { expect } from 'chai';
import { CLOSE, OmniCallError, type Push, type Welcome } from '../../../src/protocol/index.js';
import { TicketBox } from '../../../src/signalling/session-ticket.js';
import { SignallingClient, type SignallingOptions } from '../../../src/signalling/signalling-client.js';
import { TokenSource } from '../../../src/signalling/token-source.js';
import { ringing } from '../service/views.js';
import { FakeClock } from './fake-clock.js';
import { FakeServer } from './fake-server.js';

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof OmniCallError ? error.code : error),
  );

describe('the signalling client', () => {
  let clock: FakeClock;
  let server: FakeServer;
  let client: SignallingClient;
  let welcomes: Welcome[];
  let pushes: Push[];
  let losses: { problem: OmniCallError; final: boolean }[];

  const create = (change: Partial<SignallingOptions> = {}): SignallingClient =>
    new SignallingClient({
      url: 'ws://server/ws',
      hello: { userId: 'me' },
      tokens: new TokenSource(undefined, () => clock.now()),
      tickets: new TicketBox('signalling', sessionStorage, null),
      clock,
      openSocket: server.openSocket,
      onWelcome: (welcome) => welcomes.push(welcome),
      onPush: (push) => pushes.push(push),
      onLost: (problem, final) => losses.push({ problem, final }),
      ...change,
    });

  beforeEach(() => {
    clock = new FakeClock();
    server = new FakeServer();
    welcomes = [];
    pushes = [];
    losses = [];
    client = create();
  });

  afterEach(() => {
    client.close();
    sessionStorage.clear();
  });

  it('says who it is, and nothing of it in the address', async () => {
    client = create({
      hello: { userId: 'me', displayName: 'Me', key: 'key' },
      tokens: new TokenSource('token', () => clock.now()),
    });
    client.start();
    const hello = await server.welcome();
    expect(hello).to.deep.equal({ id: 0, type: 'hello', userId: 'me', displayName: 'Me', key: 'key', token: 'token' });
    expect(server.urls).to.deep.equal(['ws://server/ws']);
    expect(welcomes).to.have.length(1);
  });

  it('gives each answer to who asked', async () => {
    client.start();
    await server.welcome();
    const first = client.request('list', { page: 1 });
    const second = client.request('list', { page: 2 });
    server.refuse(await server.request('list', 2), 'rate-limited');
    server.reply(await server.request('list', 1), { page: 1, count: 0, list: [] });
    expect(await first).to.deep.equal({ page: 1, count: 0, list: [] });
    expect(await codeOf(second)).to.equal('rate-limited');
  });

  it('gives up what is not answered in ten seconds', async () => {
    client.start();
    await server.welcome();
    const listed = codeOf(client.request('list', { page: 1 }));
    clock.pass(9_999);
    await server.request('list');
    clock.pass(1);
    expect(await listed).to.equal('timeout');
  });

  it('passes on what comes before the welcome after it', async () => {
    client.start();
    const hello = await server.hello();
    server.show(ringing());
    expect(pushes).to.have.length(0);
    server.reply(hello, {
      session: 's',
      secret: 'x',
      userId: 'me',
      displayName: null,
      resumed: false,
      call: null,
      graceMs: 1,
    });
    expect(welcomes).to.have.length(1);
    expect(pushes).to.deep.equal([{ type: 'call', call: ringing() }]);
  });

  it('comes back by itself, with its session and its call', async () => {
    client.start();
    await server.welcome();
    client.noteCall('call', false);
    server.cut();
    expect(losses).to.have.length(1);
    expect(losses[0]).to.deep.include({ final: false });
    expect(losses[0]?.problem.code).to.equal('unreachable');
    clock.pass(200);
    const hello = await server.welcome(2);
    expect(hello).to.deep.include({ resume: { session: 'session-of-me', secret: 'secret' }, call: 'call' });
    expect(welcomes[1]?.resumed).to.equal(true);
  });

  it('takes up after a reload what the page before left', async () => {
    client.start();
    await server.welcome();
    client.noteCall('call', false);
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(server.received.at(-1)).to.include({ type: 'bye', closing: false });
    const reloaded = create();
    reloaded.start();
    const hello = await server.welcome(2);
    expect(hello).to.deep.include({ resume: { session: 'session-of-me', secret: 'secret' }, call: 'call' });
    reloaded.close();
  });

  it('waits longer from attempt to attempt', async () => {
    clock.chance = 1;
    client.start();
    for (const [index, wait] of [200, 1_000, 2_000, 4_000].entries()) {
      await server.connection(index + 1);
      server.cut();
      clock.pass(wait - 1);
      expect(server.sockets).to.have.length(index + 1);
      clock.pass(1);
    }
    await server.connection(5);
  });

  it('tries at least four times in the grace period of a call', async () => {
    clock.chance = 1;
    client.start();
    await server.welcome(1, { graceMs: 4_000 });
    client.noteCall('call', false);
    server.cut();
    for (const [index, wait] of [200, 1_000, 1_000, 1_000].entries()) {
      clock.pass(wait);
      await server.connection(index + 2);
      server.cut();
    }
  });

  for (const type of ['online', 'pageshow'] as const) {
    it(`tries at once on ${type}`, async () => {
      clock.chance = 1;
      client.start();
      await server.connection(1);
      server.cut();
      clock.pass(200);
      await server.connection(2);
      server.cut();
      window.dispatchEvent(new Event(type));
      await server.connection(3);
    });
  }

  it('notices that nobody is there any more', async () => {
    client.start();
    await server.welcome();
    clock.pass(25_000);
    const ping = await server.request('ping');
    server.reply(ping);
    clock.pass(25_000);
    await server.request('ping', 2);
    expect(losses).to.have.length(0);
    clock.pass(5_000);
    expect(losses.map(({ final }) => final)).to.deep.equal([false]);
  });

  it('notices it sooner in a call', async () => {
    client.start();
    await server.welcome();
    client.noteCall('call', false);
    clock.pass(5_000);
    await server.request('ping');
    clock.pass(5_000);
    expect(losses).to.have.length(1);
  });

  it('has more patience while sound and picture come through, and none left when they do not', async () => {
    client.start();
    await server.welcome();
    client.noteCall('call', true);
    clock.pass(5_000);
    await server.request('ping');
    clock.pass(9_999);
    expect(losses).to.have.length(0);
    client.noteCall('call', false);
    await server.request('ping', 2);
    clock.pass(4_999);
    expect(losses).to.have.length(0);
    clock.pass(1);
    expect(losses).to.have.length(1);
  });

  it('asks for a sign of life when the network is back', async () => {
    client.start();
    await server.welcome();
    window.dispatchEvent(new Event('online'));
    await server.request('ping');
  });

  it('gives up a connection that does not open', async () => {
    client.start();
    await server.connection();
    clock.pass(10_000);
    expect(losses[0]?.problem.code).to.equal('unreachable');
    clock.pass(200);
    await server.connection(2);
  });

  it('tells of a browser that refuses to connect', async () => {
    const cause = new DOMException('mixed content', 'SecurityError');
    const told = new Promise<OmniCallError>((resolve) => {
      client = create({
        openSocket: () => {
          throw cause;
        },
        onLost: resolve,
      });
    });
    client.start();
    expect(await told).to.deep.include({ code: 'unreachable', cause });
  });

  it('tells of a server that is no call server', async () => {
    client.start();
    await server.hello();
    server.last.dispatchEvent(new MessageEvent('message', { data: '<html>' }));
    expect(losses[0]?.problem.code).to.equal('server-error');
  });

  describe('across a lost connection', () => {
    const offer = {
      offerId: 'offer',
      callType: 'videocall',
      callee: 'other',
      record: false,
      muted: { audio: false, video: false },
    } as const;

    it('repeats an offer, as the same offer', async () => {
      client.start();
      await server.welcome();
      const offered = client.request('offer', offer);
      const first = await server.request('offer');
      server.cut();
      clock.pass(200);
      await server.welcome(2);
      const second = await server.request('offer');
      expect(second).to.deep.equal(first);
      server.reply(second, { session: 'call' });
      expect(await offered).to.deep.equal({ session: 'call' });
    });

    it('repeats a hang-up for as long as it takes', async () => {
      client.start();
      await server.welcome();
      const left = client.request('leave', { call: 'call' });
      await server.request('leave');
      clock.pass(20_000);
      server.cut();
      clock.pass(200);
      await server.welcome(2);
      server.reply(await server.request('leave'));
      await left;
    });

    it('rejects what its asker can repeat', async () => {
      client.start();
      await server.welcome();
      const listed = codeOf(client.request('list', { page: 1 }));
      await server.request('list');
      server.cut();
      expect(await listed).to.equal('unreachable');
      expect(await codeOf(client.request('list', { page: 1 }))).to.equal('unreachable');
    });
  });

  describe('when it is turned away', () => {
    for (const [name, code] of [
      ['ORIGIN', 'not-allowed'],
      ['REPLACED', 'no-session'],
      ['REVOKED', 'no-session'],
    ] as const) {
      it(`with ${name}, tries no more`, async () => {
        client.start();
        await server.welcome();
        const left = codeOf(client.request('leave', { call: 'call' }));
        server.cut(CLOSE[name]);
        expect(losses.map(({ problem, final }) => [problem.code, final])).to.deep.equal([[code, true]]);
        expect(await left).to.equal(code);
        expect(clock.waiting).to.equal(0);
      });
    }

    it('for what it said, tries no more', async () => {
      client.start();
      server.refuse(await server.hello(), 'bad-request');
      expect(losses.map(({ problem, final }) => [problem.code, final])).to.deep.equal([['bad-request', true]]);
    });

    it('by a server that moves, comes back', async () => {
      client.start();
      await server.welcome();
      server.cut(CLOSE.MOVING);
      expect(losses.map(({ final }) => final)).to.deep.equal([false]);
      clock.pass(200);
      await server.welcome(2);
    });

    it('gets another token once', async () => {
      let asked = 0;
      client = create({
        tokens: new TokenSource(
          () => `token-${++asked}`,
          () => clock.now(),
        ),
      });
      client.start();
      await server.welcome();
      server.cut(CLOSE.UNAUTHORIZED);
      // The first was new, so the server wants none of this page.
      expect(losses.map(({ final }) => final)).to.deep.equal([true]);
      client.start();
      await server.welcome(2);
      server.cut();
      clock.pass(200);
      const hello = await server.hello(3);
      server.refuse(hello, 'unauthorized');
      expect((await server.hello(4)).token).to.equal('token-3');
    });
  });

  it('says good-bye for good when it is closed', async () => {
    client.start();
    await server.welcome();
    client.close();
    expect(server.received.at(-1)).to.include({ type: 'bye', closing: true });
    expect(server.last.isClosed).to.equal(true);
    expect(clock.waiting).to.equal(0);
    expect(sessionStorage).to.have.length(0);
  });

  it('leaves nothing to take up when it is closed while it is away', async () => {
    client.start();
    await server.welcome();
    client.noteCall('call', true);
    server.cut();
    client.close();
    expect(sessionStorage).to.have.length(0);
    expect(clock.waiting).to.equal(0);
  });
});
