import { Room, RoomEvent, Track, createLocalTracks, type LocalTrack } from 'livekit-client';
import { deferred, MEDIA, measure, plainPage, type PageConfig } from './bench-page.js';
import { connectRelay } from './relay.js';

// livekit-client as its documentation shows it: after the answer both connect, then publish.
const rings = deferred<void>();
const room = new Room();
let tracks: LocalTrack[] = [];
let config: PageConfig;
let send: (text: string) => void;

const remote = plainPage(() => {
  send('answer');
  void enter();
});

async function enter(): Promise<void> {
  const opening = config.role === 'callee' ? open() : Promise.resolve();
  await room.connect(config.server, config.token ?? '');
  await opening;
  await Promise.all(tracks.map((track) => room.localParticipant.publishTrack(track)));
  if (config.ownPicture) showOwnPicture();
}

async function open(): Promise<void> {
  const { width, height } = MEDIA.video;
  tracks = await createLocalTracks({ audio: true, video: { resolution: { width, height } } });
}

function showOwnPicture(): void {
  const own = tracks.find(({ kind }) => kind === Track.Kind.Video)?.attach();
  if (!own) throw new Error('no camera');
  own.style.width = '160px';
  document.body.append(own);
}

room.on(RoomEvent.TrackSubscribed, (track) => {
  if (track.kind === Track.Kind.Video) track.attach(remote);
  // A call is heard as well.
  else track.attach();
});

measure({
  async start(given) {
    config = given;
    send = await connectRelay(config.relay, (text) => {
      if (text === 'ring') rings.resolve();
      else if (text === 'answer') void enter();
    });
  },
  async ring() {
    // The caller's camera is open while it rings, as with the other peers.
    await open();
    send('ring');
  },
  async rung() {
    await rings.promise;
  },
  async hangUp() {
    await room.disconnect();
    tracks.forEach((track) => track.stop());
  },
});
