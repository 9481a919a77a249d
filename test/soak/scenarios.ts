import type { Person } from './person.js';

/** What two people do in one call. Rejects when a fault comes in between. */
export type Scenario = (caller: Person, callee: Person, random: () => number) => Promise<void>;

async function ring(caller: Person, callee: Person, ringTimeout = 30) {
  const [from, to] = await Promise.all([caller.connected(), callee.connected()]);
  const call = await from.offer(callee.userId, { ringTimeout });
  await to.stage(call, 'ringing');
  return { from, to, call };
}

async function connect(caller: Person, callee: Person) {
  const ringing = await ring(caller, callee);
  const { from, to, call } = ringing;
  await to.answer(call);
  await Promise.all([from.enter(call), to.enter(call)]);
  await Promise.all([from.stage(call, 'connected'), to.stage(call, 'connected')]);
  return ringing;
}

const talk: Scenario = async (caller, callee, random) => {
  const { from, to, call } = await connect(caller, callee);
  await from.request('message', { call, text: 'hello' });
  await to.request('mute', { call, muted: { audio: true, video: false } });
  await (random() < 0.5 ? from : to).leave(call);
  await Promise.all([from.stage(call, 'ended'), to.stage(call, 'ended')]);
};

const decline: Scenario = async (caller, callee) => {
  const { from, to, call } = await ring(caller, callee);
  await to.leave(call);
  await from.stage(call, 'ended');
};

const cancel: Scenario = async (caller, callee) => {
  const { from, to, call } = await ring(caller, callee);
  await from.leave(call);
  await to.stage(call, 'ended');
};

const noAnswer: Scenario = async (caller, callee) => {
  const { from, to, call } = await ring(caller, callee, 1);
  await Promise.all([from.stage(call, 'ended'), to.stage(call, 'ended')]);
};

const bothCall: Scenario = async (caller, callee) => {
  const [one, other] = await Promise.all([caller.connected(), callee.connected()]);
  const [call] = await Promise.all([one.offer(callee.userId), other.offer(caller.userId)]);
  await one.leave(call);
  await Promise.all([one.stage(call, 'ended'), other.stage(call, 'ended')]);
};

const loseConnection: Scenario = async (caller, callee, random) => {
  const { call } = await (random() < 0.5 ? ring : connect)(caller, callee);
  const lost = random() < 0.5 ? caller : callee;
  await lost.vanish();
  await (await lost.connected()).leave(call);
};

const bothLoseConnection: Scenario = async (caller, callee) => {
  const { call } = await connect(caller, callee);
  await Promise.all([caller.vanish(), callee.vanish()]);
  const [from] = await Promise.all([caller.connected(), callee.connected()]);
  await from.leave(call);
};

const stayAway: Scenario = async (caller, callee) => {
  const { to, call } = await connect(caller, callee);
  await caller.vanish();
  await to.stage(call, 'ended');
};

/** Each as often as it stands here. */
export const SCENARIOS: readonly Scenario[] = [
  talk,
  talk,
  talk,
  talk,
  decline,
  cancel,
  noAnswer,
  bothCall,
  loseConnection,
  loseConnection,
  bothLoseConnection,
  stayAway,
];
