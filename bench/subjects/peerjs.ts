import { PeerServer } from 'peer';
import { freePort } from '../support/free-port.js';
import { announce } from './subject.js';

const port = await freePort();
await new Promise<void>((resolve) => {
  PeerServer({ port, host: '127.0.0.1', path: '/', concurrent_limit: 100_000 }, () => resolve());
});
announce(`ws://127.0.0.1:${port}`);
