import { spawn } from 'node:child_process';
import { WebSocket } from 'ws';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';
import { inTurn, openCouples, type Couple } from '../support/calls.js';
import type { Figure, Measurement } from '../support/figures.js';
import { freePort } from '../support/free-port.js';
import { openIdle } from '../support/idle.js';
import { median } from '../support/stats.js';
import { startSubject, type Subject, type SubjectName } from '../support/subject.js';

const IDLE = 5_000;
const COUPLES = 200;
const CALLS = 400;
/** Before what is measured. */
const WARM_UP = 100;
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const FEW = 100;
/** As many as a process may have files open, at the usual limit, with some to spare. */
const MANY = 19_000;

/** Bytes for each of so many idle sockets. */
async function idleMemory(name: SubjectName, env: Record<string, string>): Promise<number> {
  const subject = await startSubject(name, env);
  try {
    // The first ones are not counted: what is compiled and reserved once is no session's.
    const first = await openIdle(name, subject.url, 500);
    const before = await subject.memory();
    await first.close();
    const idle = await openIdle(name, subject.url, IDLE);
    const after = await subject.memory();
    await idle.close();
    return (after - before) / (IDLE - 500) / 1000;
  } finally {
    await subject.close();
  }
}

/** Milliseconds of processor time for each whole call, and the frames that it takes. */
async function costOfCalls(subject: Subject, calls: number): Promise<{ cost: number; frames: number }> {
  const couples = await openCouples(subject.url, COUPLES);
  const call = (couple: Couple): Promise<number> => couple.call();
  await inTurn(couples, WARM_UP, call);
  const before = await subject.cpu();
  await inTurn(couples, calls, call);
  const after = await subject.cpu();
  await Promise.all(couples.map((couple) => couple.close()));
  const frames = couples.reduce((sum, couple) => sum + couple.frames, 0) / couples.length;
  return { cost: (after - before) / calls, frames };
}

/** Milliseconds of processor time in which PeerJS's server relays so many frames. */
async function costOfRelaying(frames: number): Promise<number> {
  const subject = await startSubject('peerjs');
  try {
    const join = async (id: string): Promise<WebSocket> => {
      const socket = new WebSocket(`${subject.url}/peerjs?key=peerjs&id=${id}&token=${id}`);
      await new Promise((resolve, reject) => socket.once('message', resolve).once('error', reject));
      return socket;
    };
    const pairs = await Promise.all(
      Array.from({ length: COUPLES }, async (_, index) => ({
        from: await join(`caller-${index}`),
        to: await join(`callee-${index}`),
        dst: `callee-${index}`,
      })),
    );
    const payload = { sdp: { type: 'offer', sdp: 'x'.repeat(1000) }, type: 'media', connectionId: 'mc_1' };
    // One message is two frames: in and out.
    const perCall = Math.round(frames / 2);
    const call = async ({ from, to, dst }: (typeof pairs)[number]): Promise<void> => {
      for (let time = 0; time < perCall; time++) {
        const came = new Promise((resolve) => to.once('message', resolve));
        from.send(JSON.stringify({ type: 'OFFER', dst, payload }));
        await came;
      }
    };
    await inTurn(pairs, WARM_UP, call);
    const before = await subject.cpu();
    await inTurn(pairs, CALLS, call);
    const after = await subject.cpu();
    for (const { from, to } of pairs) [from, to].forEach((socket) => socket.close());
    return (after - before) / CALLS;
  } finally {
    await subject.close();
  }
}

async function timeToReady(env: Record<string, string>): Promise<number> {
  const port = await freePort();
  const begun = performance.now();
  const server = spawn(process.execPath, ['server/dist/main.js'], {
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], PORT: String(port), ...env },
  });
  try {
    while (performance.now() - begun < 20_000) {
      const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
        (response) => response.ok,
        () => false,
      );
      if (ready) return performance.now() - begun;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error('The call server did not get ready.');
  } finally {
    server.kill('SIGKILL');
  }
}

export async function measure(): Promise<Measurement> {
  const livekit = await provideLivekit({ env: process.env, log: console.error });
  const env = {
    LIVEKIT_URL: livekit.url,
    LIVEKIT_API_KEY: livekit.apiKey,
    LIVEKIT_API_SECRET: livekit.apiSecret,
  };
  const values: Record<'memory' | 'bareMemory' | 'call' | 'frames' | 'relayed' | 'ready' | 'few' | 'many', number[]> = {
    memory: [],
    bareMemory: [],
    call: [],
    frames: [],
    relayed: [],
    ready: [],
    few: [],
    many: [],
  };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      values.memory.push(await idleMemory('omni', env));
      values.bareMemory.push(await idleMemory('relay', {}));
      const subject = await startSubject('omni', env);
      const { cost, frames } = await costOfCalls(subject, CALLS);
      await subject.close();
      values.call.push(cost);
      values.frames.push(frames);
      values.relayed.push(await costOfRelaying(frames));
      values.ready.push(await timeToReady(env));
    }
    const subject = await startSubject('omni', env);
    for (const [count, into] of [
      [FEW, values.few],
      [MANY, values.many],
    ] as const) {
      const idle = await openIdle('omni', subject.url, count);
      for (let round = 0; round < ROUNDS; round++) into.push((await costOfCalls(subject, CALLS / 2)).cost);
      await idle.close();
    }
    await subject.close();
  } finally {
    await livekit.close();
  }
  const figures: Figure[] = [
    {
      what: 'memory of an idle session',
      unit: 'kB',
      ours: values.memory,
      peer: { name: 'a bare ws socket', values: values.bareMemory },
      atMost: 2,
    },
    {
      what: 'processor time of a whole call',
      unit: 'ms',
      ours: values.call,
      peer: { name: `PeerJS's server relaying as many frames (${median(values.frames)})`, values: values.relayed },
      atMost: 3,
    },
    { what: 'start to ready', unit: 'ms', ours: values.ready, atMost: 1000 },
    {
      what: `processor time of a whole call with ${MANY} idle sessions`,
      unit: 'ms',
      ours: values.many,
      peer: { name: `the same with ${FEW}`, values: values.few },
      atMost: 1.25,
    },
  ];
  return {
    compared:
      'The call server, in a process of its own, with a real LiveKit: resident memory of idle sessions after a ' +
      'collection of garbage, processor time of whole calls (offer, ring, both into the room, answer, connected, hang ' +
      'up; tokens and rooms included), time to ready; against a bare ws server and PeerJS’s server in the same run.',
    figures,
  };
}
