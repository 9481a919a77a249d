// The elements in the states of a call, without a server or a device: each gets a service that only shows one state.
import { callServiceContext } from '/omni-call.js';

const OFF = { state: 'off', problem: null };
const ON = { state: 'on', problem: null };
const SILENT = { camera: null, microphone: null, screen: null };
const IDLE = {
  phase: 'idle',
  userId: 'alice',
  displayName: 'Alice Kim',
  session: 'session',
  call: null,
  local: { ...SILENT, audio: OFF, video: OFF, quality: 'unknown' },
  remote: { ...SILENT, quality: 'unknown', givenUp: false, playbackBlocked: false, volume: 1 },
  devices: { videoinput: [], audioinput: [], audiooutput: [] },
  missed: [],
  presence: { 'Bob Rivera': 'active' },
  problem: null,
};

const party = (userId) => ({
  userId,
  displayName: userId,
  identity: userId,
  muted: { audio: false, video: false },
  sharing: false,
  voiceOnly: false,
  away: false,
});

const call = (given) => ({
  session: 'call',
  role: 'caller',
  callType: 'videocall',
  me: party('Alice Kim'),
  peer: party('Bob Rivera'),
  ringEndsAt: null,
  connectedAt: null,
  data: null,
  recording: 'off',
  ending: null,
  ...given,
});

/** Somebody to look at, drawn. */
function portrait(wall, skin, hair, shirt) {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
  const pen = canvas.getContext('2d');
  const oval = (colour, x, y, width, height) => {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.ellipse(x, y, width, height, 0, 0, 2 * Math.PI);
    pen.fill();
  };
  const draw = () => {
    pen.fillStyle = wall;
    pen.fillRect(0, 0, 640, 480);
    oval(shirt, 320, 500, 170, 150);
    oval(skin, 320, 340, 40, 50);
    oval(hair, 320, 205, 92, 108);
    oval(skin, 320, 235, 78, 92);
  };
  draw();
  // A stream of a canvas has a picture only after something was drawn.
  setInterval(draw, 500);
  return canvas.captureStream(2).getVideoTracks()[0];
}

const bob = portrait('#8fa9bd', '#a9714b', '#211a18', '#d9a441');
const alice = portrait('#dcc3a5', '#e9b995', '#4a2f27', '#2f6f8f');
const sending = { ...IDLE.local, audio: ON, video: ON, quality: 'good' };
const connectedAt = Date.now() - 83_000;

const STATES = [
  { title: 'No call', tag: 'omni-call', snapshot: IDLE },
  { title: 'It rings there', tag: 'omni-call', snapshot: { ...IDLE, phase: 'ringback', call: call() } },
  {
    title: 'Somebody calls',
    tag: 'omni-incoming',
    snapshot: { ...IDLE, phase: 'ringing', call: call({ role: 'callee' }) },
  },
  {
    title: 'In a video call',
    tag: 'omni-call',
    snapshot: {
      ...IDLE,
      phase: 'connected',
      call: call({ connectedAt }),
      local: { ...sending, camera: alice },
      remote: { ...IDLE.remote, camera: bob, quality: 'good' },
    },
  },
  {
    title: 'In a voice call',
    tag: 'omni-call',
    snapshot: {
      ...IDLE,
      phase: 'connected',
      call: call({ callType: 'audiocall', connectedAt }),
      local: { ...sending, video: OFF },
    },
  },
  {
    title: 'It is over',
    tag: 'omni-call',
    snapshot: {
      ...IDLE,
      phase: 'ended',
      call: call({ connectedAt, ending: { reason: 'completed', by: 'Bob Rivera', durationMs: 83_000 } }),
    },
  },
  { title: 'Devices', tag: 'omni-device-select', snapshot: IDLE },
];

const none = () => undefined;

/** A call service that shows one state and does nothing. */
const still = (snapshot) => ({
  snapshot,
  subscribe: () => none,
  on: none,
  off: none,
  watch: () => none,
  getDeviceList: async () => snapshot.devices,
});

for (const { title, tag, snapshot } of STATES) {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  const element = document.createElement(tag);
  caption.textContent = title;
  // It is to be looked at: a service that does nothing would leave a press without an answer.
  element.inert = true;
  if (tag === 'omni-call') Object.assign(element, { callee: 'Bob Rivera', silent: true });
  if (tag === 'omni-incoming') element.ringtone = 'none';
  figure.addEventListener('context-request', (event) => {
    if (event.context !== callServiceContext) return;
    event.stopPropagation();
    event.callback(still(snapshot));
  });
  figure.append(caption, element);
  document.querySelector('main').append(figure);
}
