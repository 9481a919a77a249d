import { Peer, type MediaConnection } from 'peerjs';
import { deferred, MEDIA, measure, plainPage, type PageConfig } from './bench-page.js';

// PeerJS as its documentation shows it: the caller's camera is open when it calls, the callee's opens at the answer.
const rings = deferred<MediaConnection>();
let peer: Peer;
let local: MediaStream;
let call: MediaConnection;
let config: PageConfig;

const remote = plainPage(() => void answer());

async function answer(): Promise<void> {
  call = await rings.promise;
  call.on('stream', (stream) => (remote.srcObject = stream));
  local = await navigator.mediaDevices.getUserMedia(MEDIA);
  call.answer(local);
}

measure({
  async start(given) {
    config = given;
    const { hostname, port } = new URL(config.server);
    peer = new Peer(config.me, { host: hostname, port: Number(port), path: '/', config: { iceServers: [] } });
    peer.on('call', (incoming) => rings.resolve(incoming));
    await new Promise<void>((resolve) => peer.on('open', () => resolve()));
  },
  async ring() {
    local = await navigator.mediaDevices.getUserMedia(MEDIA);
    call = peer.call(config.other, local);
    call.on('stream', (stream) => (remote.srcObject = stream));
  },
  async rung() {
    await rings.promise;
  },
  async hangUp() {
    call?.close();
    peer.destroy();
    local?.getTracks().forEach((track) => track.stop());
  },
});
