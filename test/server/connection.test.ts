import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, it } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { Connection, type ConnectionHandlers } from '../../server/transport/connection.js';

const BACKLOG = 100_000;

/** A connection without a call server, which does nothing but what `handlers` say; and the page at its other end. */
async function connect(handlers: Partial<ConnectionHandlers>) {
  const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(sockets, 'listening');
  const page = new WebSocket(`ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`);
  const [[socket, { socket: stream }]] = (await Promise.all([once(sockets, 'connection'), once(page, 'open')])) as [
    [WebSocket, IncomingMessage],
    unknown,
  ];
  const connection = new Connection(
    socket,
    { origin: null, address: '', stream },
    {
      handle: async () => ({}),
      onClose: async () => undefined,
      onRefusal: () => undefined,
      onUnexpected: () => undefined,
      ...handlers,
    },
    { hello: 60_000, messagesPerSecond: 50, backlog: BACKLOG },
  );
  void connection.gone.then(() => sockets.close());
  return { connection, page, socket, stream };
}

describe('one connection', () => {
  it('is the only one to be ended when its frame cannot even be refused, and what follows from its end is done', async () => {
    const failures: unknown[] = [];
    let closed = 0;
    const failure = new Error('it cannot be counted');
    const { connection, page } = await connect({
      onClose: async () => {
        closed += 1;
        throw failure;
      },
      onRefusal: () => {
        throw failure;
      },
      onUnexpected: (error) => void failures.push(error),
    });
    page.send('{');
    await connection.gone;
    assert.equal(closed, 1);
    assert.deepEqual(failures, [failure, failure]);
  });

  it('gets what its request brings about, and the reply, in one write, and what others bring about as it comes', async (t) => {
    const { connection, page, stream } = await connect({
      handle: async (self) => {
        self.push({ type: 'presence', user: 'alice', state: 'active' });
        return {};
      },
    });
    const writes = t.mock.method(stream as Required<Pick<Socket, '_writev'>>, '_writev');
    const frames: string[] = [];
    const both = new Promise<void>((resolve) => {
      page.on('message', (data) => {
        if (frames.push(String(data)) === 2) resolve();
      });
    });
    page.send(JSON.stringify({ id: 1, type: 'ping' }));
    await both;
    const atTheRequest = writes.mock.callCount();
    connection.push({ type: 'presence', user: 'bob', state: 'active' });
    const atTheNews = writes.mock.callCount();
    connection.terminate();
    await connection.gone;
    assert.deepEqual(frames, ['{"type":"presence","user":"alice","state":"active"}', '{"re":1,"ok":{}}']);
    assert.deepEqual([atTheRequest, atTheNews], [1, 2]);
  });

  it('is dropped when it does not read what it is sent', async () => {
    const { connection, page: reader, socket } = await connect({});
    reader.pause();
    let waiting = 0;
    // Far more than the two machines' own buffers take.
    for (let n = 0; n < 20_000 && socket.readyState === WebSocket.OPEN; n++) {
      connection.push({ type: 'message', call: 'call', from: 'alice', text: 'x'.repeat(4000) });
      waiting = Math.max(waiting, socket.bufferedAmount);
    }
    assert.notEqual(socket.readyState, WebSocket.OPEN);
    assert.ok(waiting < 2 * BACKLOG, `${waiting} bytes waited`);
    reader.terminate();
    await connection.gone;
  });
});
