import { once } from 'node:events';
import type { Push } from 'omni-call/protocol';
import { WebSocket } from 'ws';
import { provideLivekit } from '../../server/livekit/provide-livekit.js';
import { atRate, openCouples } from '../support/calls.js';
import type { Measurement } from '../support/figures.js';
import { openIdle } from '../support/idle.js';
import { startSubject } from '../support/subject.js';

const IDLE = 5_000;
const PER_SECOND = 50;
const SECONDS = 12;
/** Seconds before what is measured: what is called often is compiled by then, as in any server that has run for a while. */
const WARM_UP = 20;
const ROUNDS = Number(process.env['ROUNDS'] ?? 2);
const COUPLES = 300;

/** Milliseconds from the offer to the ring, each, and what a callee was rung with. */
async function ours(): Promise<{ rings: (number | null)[]; ring: Push }> {
  const livekit = await provideLivekit({ env: process.env, log: console.error });
  const subject = await startSubject('omni', {
    LIVEKIT_URL: livekit.url,
    LIVEKIT_API_KEY: livekit.apiKey,
    LIVEKIT_API_SECRET: livekit.apiSecret,
  });
  const idle = await openIdle('omni', subject.url, IDLE);
  try {
    const couples = await openCouples(subject.url, COUPLES);
    const free = [...couples];
    const call = async (): Promise<number | null> => {
      const couple = free.shift();
      // The machine does not keep up: that is told, and not hidden in fewer calls.
      if (!couple) return null;
      const rang = await couple.call();
      free.push(couple);
      return rang;
    };
    await atRate(PER_SECOND, WARM_UP, call);
    const rings = await atRate(PER_SECOND, SECONDS, call);
    await Promise.all(couples.map((couple) => couple.close()));
    const ring = couples.find((couple) => couple.ring !== null)?.ring;
    if (!ring) throw new Error('Nobody was rung.');
    return { rings, ring };
  } finally {
    await idle.close();
    await subject.close();
    await livekit.close();
  }
}

/** The same with as many frames, each of them that ring, which are only passed on, from one to the other. */
async function relayed(framesOfACall: number, ring: Push): Promise<number[]> {
  const subject = await startSubject('relay');
  const idle = await openIdle('relay', subject.url, IDLE);
  try {
    const open = async (name: string): Promise<WebSocket> => {
      const socket = new WebSocket(`${subject.url}/${name}`, { perMessageDeflate: false });
      await once(socket, 'open');
      return socket;
    };
    const couples = await Promise.all(
      Array.from({ length: COUPLES }, async (_, index) => ({
        caller: await open(`caller-${index}`),
        callee: await open(`callee-${index}`),
        frame: JSON.stringify({ to: `callee-${index}`, ...ring }),
      })),
    );
    const call = async (index: number): Promise<number> => {
      const couple = couples[index % COUPLES];
      if (!couple) throw new Error('no couple');
      const pass = async (): Promise<number> => {
        const came = new Promise<number>((resolve) => couple.callee.once('message', () => resolve(performance.now())));
        const begun = performance.now();
        couple.caller.send(couple.frame);
        return (await came) - begun;
      };
      const rang = await pass();
      for (let frame = 2; frame < framesOfACall; frame += 2) await pass();
      return rang;
    };
    await atRate(PER_SECOND, WARM_UP, call);
    const rings = await atRate(PER_SECOND, SECONDS, call);
    for (const { caller, callee } of couples) [caller, callee].forEach((socket) => socket.close());
    return rings;
  } finally {
    await idle.close();
    await subject.close();
  }
}

/** Frames of a whole call that pass the server, in and out. */
const FRAMES_OF_A_CALL = 18;

export async function measure(): Promise<Measurement> {
  const [all, bare]: [(number | null)[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const { rings, ring } = await ours();
    all.push(...rings);
    bare.push(...(await relayed(FRAMES_OF_A_CALL, ring)));
  }
  const own = all.filter((ring) => ring !== null);
  const leftOut = (1 - own.length / all.length) * 100;
  const rings = { what: 'offer → ringing at the callee', unit: 'ms', ours: own };
  return {
    compared:
      `From the offer at one WebSocket to the ringing view at the other, with ${IDLE} idle sessions and ${PER_SECOND} ` +
      'whole calls a second, all with rooms on a real LiveKit on the same machine; against a bare ws relay that ' +
      'passes on as many frames, each of them such a ring. Servers and idle sessions run in processes of their own.',
    figures: [
      { ...rings, peer: { name: 'a bare ws relay', values: bare }, atMost: 2 },
      { ...rings, what: `${rings.what}, slowest in a hundred`, at: 'p99', atMost: 25 },
      { what: `calls left out, ${COUPLES} going on already`, unit: '%', ours: [leftOut], atMost: 0 },
    ],
  };
}
