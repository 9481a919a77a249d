import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { pino } from 'pino';
import { CLOSE } from 'omni-call/protocol';
import { createCallServer, type CallServer, type CallServerOptions } from '../../server/call-server.js';
import { WsClient, type HelloBody } from '../support/ws-client.js';

/** None of this comes as far as LiveKit. */
const LIVEKIT = { url: 'ws://127.0.0.1:9', apiKey: 'key', apiSecret: 'secret' };
const SECRET = 'a secret of this test, of 32 bytes';
const ORIGIN = 'https://shop.example';

let server: CallServer;
const start = async (options: Partial<CallServerOptions>): Promise<void> => {
  server = await createCallServer({ livekit: LIVEKIT, port: 0, logger: pino({ level: 'silent' }), ...options });
};
const seconds = (offset = 0): number => Math.floor(Date.now() / 1000) + offset;

/** Says hello on a new connection. Gives the user id that it is welcomed as, or the code of the refusal. */
async function hello(body: HelloBody, headers: Record<string, string> = {}): Promise<string> {
  const client = await WsClient.open(server.url, headers);
  try {
    return (await client.hello(body)).userId;
  } catch (error) {
    const { code } = error as { code: string };
    if (code === 'unauthorized') assert.equal((await client.closed).code, CLOSE.UNAUTHORIZED);
    return code;
  } finally {
    await client.close();
  }
}

describe('tokens signed with a shared secret', () => {
  const key = new TextEncoder().encode(SECRET);
  const sign = (claims: Record<string, unknown>, secret = key, alg = 'HS256'): Promise<string> =>
    new SignJWT({ sub: 'alice', ...claims }).setProtectedHeader({ alg }).sign(secret);
  before(() => start({ auth: { secret: SECRET } }));
  after(() => server.close());

  it('say who it is, and by what name', async () => {
    assert.equal(await hello({ token: await sign({ exp: seconds(60) }) }), 'alice');
    const client = await WsClient.open(server.url);
    const welcome = await client.hello({ token: await sign({ name: 'Alice A.' }), displayName: 'Mallory' });
    assert.equal(welcome.displayName, 'Alice A.');
    await client.close();
  });

  it('are needed', async () => {
    assert.equal(await hello({ userId: 'alice' }), 'unauthorized');
    assert.equal(await hello({ token: '' }), 'unauthorized');
    assert.equal(await hello({ token: 'a.b.c' }), 'unauthorized');
  });

  it('are refused when their signature or algorithm is another', async () => {
    const other = new TextEncoder().encode('another secret, of 32 bytes or more');
    assert.equal(await hello({ token: await sign({}, other) }), 'unauthorized');
    assert.equal(await hello({ token: await sign({}, key, 'HS512') }), 'unauthorized');
    assert.equal(await hello({ token: new UnsecuredJWT({ sub: 'alice' }).encode() }), 'unauthorized');
    const [header, , signature] = (await sign({})).split('.');
    const claims = Buffer.from(JSON.stringify({ sub: 'bob' })).toString('base64url');
    assert.equal(await hello({ token: `${header}.${claims}.${signature}` }), 'unauthorized');
  });

  it('are held to their time, give or take what clocks differ by', async () => {
    assert.equal(await hello({ token: await sign({ exp: seconds(-20) }) }), 'alice');
    assert.equal(await hello({ token: await sign({ exp: seconds(-60) }) }), 'unauthorized');
    assert.equal(await hello({ token: await sign({ nbf: seconds(20) }) }), 'alice');
    assert.equal(await hello({ token: await sign({ nbf: seconds(60) }) }), 'unauthorized');
  });

  it('are refused when they are for something else, or for somebody else', async () => {
    assert.equal(await hello({ token: await sign({ aud: 'billing' }) }), 'unauthorized');
    assert.equal(await hello({ token: await sign({ aud: ['billing', 'omni-call'] }) }), 'alice');
    assert.equal(await hello({ token: await sign({}), userId: 'bob' }), 'unauthorized');
    assert.equal(await hello({ token: await sign({}), userId: 'alice' }), 'alice');
  });

  it('are refused when a claim has the wrong form', async () => {
    for (const claims of [
      { sub: '' },
      { sub: 'x'.repeat(129) },
      { sub: 'a\nb' },
      { name: 7 },
      { callees: 'bob' },
      { callees: [1] },
    ])
      assert.equal(await hello({ token: await sign(claims) }), 'unauthorized');
  });

  it('say whom it may call, and nobody else is to be seen', async () => {
    const client = await WsClient.open(server.url);
    await client.hello({ token: await sign({ callees: ['bob'] }) });
    await assert.rejects(client.offer('carol'), { code: 'not-allowed' });
    assert.equal((await client.request('watch', { users: ['carol'] })).users['carol'], 'offline');
    const call = await client.offer('bob');
    await client.leave(call);
    await client.close();
  });
});

describe('tokens signed with a key of a JWKS', () => {
  let keys: JWK[] = [];
  let isDown = false;
  let jwks: Server;
  const make = async (kid: string) => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } };
  };
  const sign = ({ kid, privateKey }: { kid: string; privateKey: CryptoKey }): Promise<string> =>
    new SignJWT({ sub: 'alice', exp: seconds(60) }).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);

  before(async () => {
    jwks = createServer((_request, response) => {
      response.writeHead(isDown ? 500 : 200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
    }).listen(0, '127.0.0.1');
    await once(jwks, 'listening');
    await start({ auth: { jwksUrl: `http://127.0.0.1:${(jwks.address() as AddressInfo).port}/jwks.json` } });
  });
  after(async () => {
    await server.close();
    jwks.close();
  });

  it('are worth another try while the keys cannot be had', async () => {
    isDown = true;
    assert.equal(await hello({ token: await sign(await make('first')) }), 'server-error');
    isDown = false;
  });

  it('are good, and go on to be when a new key comes into use', { timeout: 30_000 }, async () => {
    const [first, second] = await Promise.all([make('first'), make('second')]);
    keys = [first.jwk];
    assert.equal(await hello({ token: await sign(first) }), 'alice');
    assert.equal(await hello({ token: await sign(second) }), 'unauthorized');
    keys = [first.jwk, second.jwk];
    const end = Date.now() + 15_000;
    while ((await hello({ token: await sign(second) })) !== 'alice')
      assert.ok(Date.now() < end, 'the new key is not seen');
    assert.equal(await hello({ token: await sign(first) }), 'alice');
  });

  it('are refused with the shared kind of signature, made from what everybody can read', async () => {
    const publicText = new TextEncoder().encode(JSON.stringify(keys[0]));
    const forged = await new SignJWT({ sub: 'alice' })
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(publicText);
    assert.equal(await hello({ token: forged }), 'unauthorized');
  });
});

describe('publishable keys', () => {
  const key = 'pk_0123456789abcdef';
  const auth = { secret: SECRET, keys: [{ key, origins: [ORIGIN], callees: ['desk'] }] };
  before(() => start({ auth, trustProxy: 1, offersPerMinute: 6 }));
  after(() => server.close());

  it('let a visitor of that origin call these people and nobody else', async () => {
    const client = await WsClient.open(server.url, { origin: ORIGIN });
    const { userId } = await client.hello({ key, userId: 'boss' });
    assert.match(userId, /^visitor-/);
    await assert.rejects(client.offer('boss'), { code: 'not-allowed' });
    await client.leave(await client.offer('desk'));
    await client.close();
  });

  it('make nobody another visitor who knows the session of that one, which the other side of a call does', async () => {
    const visitor = await WsClient.open(server.url, { origin: ORIGIN });
    const { userId } = await visitor.hello({ key });
    const call = await visitor.offer('desk');
    await visitor.leave(call);
    const thief = await WsClient.open(server.url, { origin: ORIGIN });
    const welcome = await thief.hello({ key, resume: { session: visitor.session, secret: 'A'.repeat(22) }, call });
    assert.match(welcome.userId, /^visitor-/);
    assert.notEqual(welcome.userId, userId);
    assert.deepEqual([welcome.resumed, welcome.call, welcome.over], [false, null, undefined]);
    assert.deepEqual((await thief.request('history', { limit: 10 })).list, []);
    const back = await WsClient.open(server.url, { origin: ORIGIN });
    assert.equal((await back.hello({ key, resume: visitor.ticket })).userId, userId);
    assert.equal((await back.request('history', { limit: 10 })).list.length, 1);
    await Promise.all([thief.close(), back.close()]);
  });

  it('let all visitors of an address offer no more calls than a person may, whoever each of them is', async () => {
    const offer = async (credentials: HelloBody, address: string): Promise<string> => {
      const client = await WsClient.open(server.url, { origin: ORIGIN, 'x-forwarded-for': address });
      await client.hello(credentials);
      const told = await client.offer('desk').then(
        () => 'rung',
        ({ code }: { code: string }) => code,
      );
      await client.request('bye', { closing: true });
      await client.close();
      return told;
    };
    const token = await new SignJWT({ sub: 'alice' })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(SECRET));
    for (let n = 0; n < 6; n++) assert.equal(await offer({ key }, `2001:db8::${n}`), 'rung');
    assert.equal(await offer({ key }, '2001:db8::f'), 'rate-limited');
    assert.equal(await offer({ key }, '2001:db8:0:1::'), 'rung');
    assert.equal(await offer({ token }, '2001:db8::'), 'rung');
  });

  it('are of no use elsewhere, or when they are not known', async () => {
    assert.equal(await hello({ key }, { origin: 'https://evil.example' }), 'unauthorized');
    assert.equal(await hello({ key }), 'unauthorized');
    assert.equal(await hello({ key: `${key}0` }, { origin: ORIGIN }), 'unauthorized');
  });
});

describe('who may connect', () => {
  afterEach(() => server.close());

  it('is a matter of the origin, where origins are named', async () => {
    await start({ allowedOrigins: [ORIGIN] });
    assert.equal(await hello({ userId: 'alice' }, { origin: ORIGIN }), 'alice');
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: `${ORIGIN}.evil.example` },
      { origin: 'null' },
      {},
    ]) {
      const client = await WsClient.open(server.url, headers as Record<string, string>);
      assert.equal((await client.closed).code, CLOSE.ORIGIN);
    }
  });

  it('is limited by address', async () => {
    await start({ connectionsPerAddress: 2 });
    const [first] = [await WsClient.join(server.url, 'a'), await WsClient.join(server.url, 'b')];
    assert.equal((await (await WsClient.open(server.url)).closed).code, CLOSE.RATE_LIMITED);
    // Nobody has asked for this header to be believed.
    const spoofed = await WsClient.open(server.url, { 'x-forwarded-for': '203.0.113.9' });
    assert.equal((await spoofed.closed).code, CLOSE.RATE_LIMITED);
    await first?.request('bye', { closing: true });
    await first?.close();
    await WsClient.join(server.url, 'c');
  });

  it('is limited by the address that our own proxy names, whatever a client claims', async () => {
    await start({ connectionsPerAddress: 1, trustProxy: 1 });
    const from = (forwarded: string) => WsClient.open(server.url, { 'x-forwarded-for': forwarded });
    const [one, other] = [await from('203.0.113.1'), await from('203.0.113.2')];
    await Promise.all([one.hello({ userId: 'a' }), other.hello({ userId: 'b' })]);
    assert.equal((await (await from('198.51.100.7, 203.0.113.1')).closed).code, CLOSE.RATE_LIMITED);
  });

  it('is limited by the network of an IPv6 address, for who has one has many', async () => {
    await start({ connectionsPerAddress: 1, trustProxy: 1 });
    const isLetIn = async (forwarded: string): Promise<boolean> => {
      const client = await WsClient.open(server.url, { 'x-forwarded-for': forwarded });
      return client.hello({ userId: 'a' }).then(
        () => true,
        () => false,
      );
    };
    assert.ok(await isLetIn('2001:db8::1'));
    for (const same of ['2001:db8::2', '2001:DB8:0:0:ffff::', '2001:0db8:0:0:1:2:3:4', '2001:db8::1.2.3.4'])
      assert.ok(!(await isLetIn(same)), same);
    for (const other of ['2001:db8:0:1::1', '2001:db8:1::', '1:2:3::', '1:2:3:4:5:6:7:8', '::1'])
      assert.ok(await isLetIn(other), other);
    assert.ok(!(await isLetIn('1:2:3:4:5:6::')));
    // IPv4 in the form of IPv6 is IPv4.
    assert.ok(await isLetIn('203.0.113.1'));
    assert.ok(!(await isLetIn('::ffff:203.0.113.1')));
    assert.ok(await isLetIn('::ffff:203.0.113.2'));
  });
});

describe('a connection that is refused', () => {
  afterEach(() => server.close());

  /** Frames that are none: one without a mask, and the head of one that is too big. */
  const BROKEN = [
    Buffer.from([0x81, 1, 0x78]),
    Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0]),
  ];

  /** Connects by hand, and sends the frame once the refusal has come. Resolves when the connection is shut. */
  async function misbehave(frame: Buffer, code: number): Promise<void> {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const upgrade = 'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n';
    socket.write(`GET /ws HTTP/1.1\r\nhost: x\r\n${upgrade}sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`);
    const told: Buffer[] = [];
    // It may be shut by a reset.
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      told.push(data);
      if (Buffer.concat(told).includes(codeOnWire(code))) socket.write(frame);
    });
    await once(socket, 'close');
    assert.ok(Buffer.concat(told).includes(codeOnWire(code)), 'it was refused for another reason');
  }
  const codeOnWire = (code: number): Buffer => Buffer.from([code >> 8, code & 0xff]);

  it('for its origin, does no harm by what it still sends', async () => {
    await start({ allowedOrigins: [ORIGIN] });
    for (const frame of BROKEN) await misbehave(frame, CLOSE.ORIGIN);
    assert.equal(await hello({ userId: 'alice' }, { origin: ORIGIN }), 'alice');
  });

  it('for being one too many of its address, does no harm by what it still sends', async () => {
    await start({ connectionsPerAddress: 1 });
    const other = await WsClient.join(server.url, 'alice');
    for (const frame of BROKEN) await misbehave(frame, CLOSE.RATE_LIMITED);
    await other.request('ping', {});
  });
});

describe('a client that does not behave', () => {
  before(() => start({}));
  after(() => server.close());

  it('is closed when it does not say hello in time', { timeout: 30_000 }, async () => {
    const silent = await WsClient.open(server.url);
    assert.equal((await silent.closed).code, CLOSE.HELLO_TIMEOUT);
  });

  it('is closed for a message of 1 MB, before and after hello', async () => {
    for (const client of [await WsClient.open(server.url), await WsClient.join(server.url, 'alice')]) {
      client.sendRaw(JSON.stringify({ id: 1, type: 'message', call: 'x', text: 'x'.repeat(1_000_000) }));
      assert.equal((await client.closed).code, CLOSE.TOO_LARGE);
    }
  });

  it('is closed for what is no message, and told for one that is nearly one', async () => {
    for (const frame of ['{', 'null', '[]', '"hello"', '{}', Buffer.from([1, 2, 3])]) {
      const client = await WsClient.join(server.url, 'alice');
      client.sendRaw(frame);
      assert.equal((await client.closed).code, CLOSE.BAD_FRAME);
    }
    const client = await WsClient.join(server.url, 'alice');
    await assert.rejects(client.request('offer', { callee: '' } as never), { code: 'bad-request' });
    await assert.rejects(client.request('dance' as 'ping', {}), { code: 'bad-request' });
    await client.request('ping', {});
    await client.close();
  });

  it('is closed, and nobody else, for what is no message and has more to quote than a close has room for', async () => {
    const other = await WsClient.join(server.url, 'alice');
    for (const character of ['x', 'ё', '名', '🙂']) {
      const long = character.repeat(60);
      for (const frame of [{ id: long, type: 'ping' }, { type: long }, { [long]: 1 }, { type: 'ping', [long]: 1 }]) {
        const client = await WsClient.open(server.url);
        client.sendRaw(JSON.stringify(frame));
        const { code, reason } = await client.closed;
        assert.equal(code, CLOSE.BAD_FRAME);
        assert.ok(reason.length > 0 && !reason.includes('\ufffd'), reason);
      }
    }
    await other.request('ping', {});
    await other.close();
  });

  it('is refused when what it asks for is no WebSocket of ours, and does no harm', async () => {
    const { hostname, port } = new URL(server.url);
    const upgrade =
      'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: x\r\n\r\n';
    for (const target of ['//', '/ws/', '/wss', 'http://[', '*', '/%ZZ', '/ws']) {
      const socket = connect(Number(port), hostname);
      socket.write(`GET ${target} HTTP/1.1\r\nhost: x\r\n${upgrade}`);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      assert.match(String(answer), /^HTTP\/1.1 4\d\d /, target);
      socket.resetAndDestroy();
    }
    assert.equal(await hello({ userId: 'alice' }), 'alice');
  });

  it('may do nothing before hello, and say hello once', async () => {
    const client = await WsClient.open(server.url);
    await assert.rejects(client.request('list', { page: 1 }), { code: 'no-session' });
    await client.hello({ userId: 'alice' });
    await assert.rejects(client.hello({ userId: 'bob' }), { code: 'bad-request' });
    await client.close();
  });

  it('is closed when it sends too much', async () => {
    const client = await WsClient.join(server.url, 'alice');
    for (let n = 0; n < 300; n++) client.sendRaw(JSON.stringify({ id: n, type: 'ping' }));
    assert.equal((await client.closed).code, CLOSE.RATE_LIMITED);
  });

  it('is refused when it looks all the time at who is here', async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, () => WsClient.join(server.url, 'nosy')));
    const looks = clients.flatMap((client) =>
      Array.from({ length: 80 }, (_, n) =>
        (n % 2 ? client.request('list', { page: 1 }) : client.request('watch', { users: ['alice'] })).then(
          () => 'seen',
          ({ code }: { code: string }) => code,
        ),
      ),
    );
    const told = await Promise.all(looks);
    assert.deepEqual(
      ['seen', 'rate-limited'].map((code) => told.filter((each) => each === code).length),
      [600, 40],
    );
    const other = await WsClient.join(server.url, 'somebody');
    await other.request('list', { page: 1 });
    await Promise.all([...clients, other].map((client) => client.close()));
  });
});
