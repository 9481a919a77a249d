import { WebSocket } from 'ws';

const [subject, url = '', count = '0'] = process.argv.slice(2);

/** Sockets that are being opened at a time. */
const AT_ONCE = 100;

let opened = 0;

async function open(name: string): Promise<void> {
  const address = subject === 'omni' ? `${url.replace(/^http/, 'ws')}/ws` : `${url}/${name}`;
  const socket = new WebSocket(address, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
  if (subject !== 'omni') return;
  const welcomed = new Promise((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify({ id: 1, type: 'hello', userId: name }));
  await welcomed;
}

await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (opened < Number(count)) await open(`idle-${opened++}`);
  }),
);
process.send?.('open');
// The sockets keep this process alive until the benchmark is gone.
process.on('disconnect', () => process.exit());
