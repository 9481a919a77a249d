const streams = new WeakMap<MediaStreamTrack, MediaStream>();

/** The same stream for the same track, so that a picture that stays is not set anew. */
export function streamOf(track: MediaStreamTrack | null): MediaStream | null {
  if (!track) return null;
  const known = streams.get(track);
  if (known) return known;
  const stream = new MediaStream([track]);
  streams.set(track, stream);
  return stream;
}
