import { servePages } from '../support/pages.js';

/** The pages of all that carry a call, each at its name. */
export const serveCallPages = (host?: string): ReturnType<typeof servePages> =>
  servePages(
    Object.fromEntries(
      ['omni', 'peerjs', 'janus', 'livekit'].map((name) => [name, `bench/first-frame/pages/${name}.ts`]),
    ),
    host,
  );
