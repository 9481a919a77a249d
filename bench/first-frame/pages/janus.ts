import { deferred, MEDIA, measure, plainPage, type PageConfig } from './bench-page.js';

// Janus' VideoCall plugin, spoken to directly over its WebSocket API, with trickled candidates.
interface JanusMessage {
  janus: string;
  transaction?: string;
  data?: { id: number };
  plugindata?: { data: { result?: { event?: string } } };
  jsep?: RTCSessionDescriptionInit;
  candidate?: RTCIceCandidateInit & { completed?: boolean };
}

const rings = deferred<RTCSessionDescriptionInit>();
const registered = deferred<void>();
const waiting = new Map<string, (message: JanusMessage) => void>();
const connection = new RTCPeerConnection({ iceServers: [] });
let socket: WebSocket;
let session = 0;
let handle = 0;
let transaction = 0;
let local: MediaStream | undefined;
let config: PageConfig;

const remote = plainPage(() => void answer());
connection.addEventListener('track', ({ streams }) => (remote.srcObject = streams[0] ?? null));
connection.addEventListener('icecandidate', ({ candidate }) =>
  send({ janus: 'trickle', candidate: candidate ?? { completed: true } }),
);

function send(message: object): string {
  const id = String(++transaction);
  const ids = { ...(session && { session_id: session }), ...(handle && { handle_id: handle }) };
  socket.send(JSON.stringify({ ...message, ...ids, transaction: id }));
  return id;
}

const request = (message: object): Promise<JanusMessage> =>
  new Promise((resolve) => waiting.set(send(message), resolve));

const tell = (body: object, jsep?: RTCSessionDescriptionInit): void => {
  send({ janus: 'message', body, ...(jsep && { jsep }) });
};

async function receive(message: JanusMessage): Promise<void> {
  const answerTo = message.transaction && waiting.get(message.transaction);
  if (answerTo && message.janus === 'success') answerTo(message);
  if (message.janus === 'trickle' && message.candidate && !message.candidate.completed) {
    await connection.addIceCandidate(message.candidate);
  }
  const event = message.plugindata?.data.result?.event;
  if (event === 'registered') registered.resolve();
  if (event === 'incomingcall' && message.jsep) rings.resolve(message.jsep);
  if (event === 'accepted' && message.jsep && config.role === 'caller')
    await connection.setRemoteDescription(message.jsep);
}

async function open(): Promise<void> {
  local = await navigator.mediaDevices.getUserMedia(MEDIA);
  for (const track of local.getTracks()) connection.addTrack(track, local);
}

async function answer(): Promise<void> {
  const jsep = await rings.promise;
  await Promise.all([open(), connection.setRemoteDescription(jsep)]);
  await connection.setLocalDescription();
  tell({ request: 'accept' }, connection.localDescription?.toJSON());
}

measure({
  async start(given) {
    config = given;
    socket = new WebSocket(config.server, 'janus-protocol');
    socket.addEventListener('message', (event) => void receive(JSON.parse(String(event.data)) as JanusMessage));
    await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
    session = (await request({ janus: 'create' })).data?.id ?? 0;
    handle = (await request({ janus: 'attach', plugin: 'janus.plugin.videocall' })).data?.id ?? 0;
    tell({ request: 'register', username: config.me });
    await registered.promise;
  },
  async ring() {
    await open();
    await connection.setLocalDescription();
    tell({ request: 'call', username: config.other }, connection.localDescription?.toJSON());
  },
  async rung() {
    await rings.promise;
  },
  async hangUp() {
    connection.close();
    socket.close();
    local?.getTracks().forEach((track) => track.stop());
  },
});
