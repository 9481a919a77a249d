import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { announce } from './subject.js';

// The least that a server for calls can be: who connects at `/NAME` gets what others send to NAME, as it is.
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
const sockets = new Map<string, WebSocket>();
server.on('connection', (socket, request) => {
  const name = (request.url ?? '').slice(1);
  sockets.set(name, socket);
  socket.on('message', (data) => {
    const text = String(data);
    const { to } = JSON.parse(text) as { to: string };
    sockets.get(to)?.send(text);
  });
  socket.on('close', () => sockets.delete(name));
});
await new Promise((resolve) => server.on('listening', resolve));
announce(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
