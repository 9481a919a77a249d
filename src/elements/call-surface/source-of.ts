import { live, type LiveDirective } from 'lit/directives/live.js';
import type { DirectiveResult } from 'lit/directive.js';

const streams = new WeakMap<MediaStreamTrack, MediaStream>();

function streamWith(track: MediaStreamTrack): MediaStream {
  const known = streams.get(track);
  if (known) return known;
  const stream = new MediaStream([track]);
  streams.set(track, stream);
  return stream;
}

/** For `srcObject`. Lit sets an object at every render, and a picture whose source is set begins anew: this one stays. */
export const sourceOf = (track: MediaStreamTrack | null): DirectiveResult<typeof LiveDirective> =>
  live(track && streamWith(track));
