import { LoopbackHttp } from './loopback-http.js';

/** Pages that embed the widget, on an origin of their own, as in life. It outlives the call server. */
export interface Site {
  /** The address of a page with this in its body. It loads the widget and keeps a hold of its service for the test. */
  page(body: string): string;
  /** The address of a page without any tag: a service alone, with a session where a user is named. */
  servicePage(userId?: string): string;
  /** The address of a sound. */
  readonly tone: string;
  close(): Promise<void>;
}

/** A second of 440 Hz, 8 bits at 8 kHz. */
function toneFile(): Buffer {
  const rate = 8000;
  const file = Buffer.alloc(44 + rate);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + rate, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate, 28);
  file.writeUInt16LE(1, 32);
  file.writeUInt16LE(8, 34);
  file.write('data', 36);
  file.writeUInt32LE(rate, 40);
  for (let at = 0; at < rate; at++) file[44 + at] = 128 + 100 * Math.sin((2 * Math.PI * 440 * at) / rate);
  return file;
}

const TONE = '/tone.wav';

/** Follows the page's service in globals. A tag's service is there once the tag is. */
const HOLD = `
  window.omni = omni;
  window.messages = [];
  window.phases = [];
  const hold = () => {
    const service = omni.getCallService();
    if (!service) return void setTimeout(hold, 10);
    const note = ({ phase }) => phase !== window.phases.at(-1) && window.phases.push(phase);
    service.on('event', (message) => window.messages.push(message));
    service.subscribe(note);
    note(service.snapshot);
    window.service = service;
  };
  hold();`;

/** `server`: the call server's address. */
export async function startSite(server: string): Promise<Site> {
  const pages = new Map<string, string>();
  const http = new LoopbackHttp((request, response) => {
    if (request.url === TONE) {
      response.writeHead(200, { 'content-type': 'audio/wav' }).end(toneFile());
      return;
    }
    const body = pages.get(request.url ?? '');
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,">
      <script type="module">import * as omni from '${server}/omni-call.js';${HOLD}</script>
      <body>${body ?? 'There is no such page.'}</body></html>`,
    );
  });
  await http.listen();
  const { origin } = http;
  const page = (body: string): string => {
    const path = `/${pages.size + 1}`;
    pages.set(path, body);
    return origin + path;
  };
  return {
    page,
    tone: origin + TONE,
    servicePage: (userId) => {
      const options = JSON.stringify({ server, ...(userId !== undefined && { userId }) });
      const begin = userId === undefined ? '' : '.createSession().catch(() => undefined)';
      return page(
        `<script type="module">
          import { createCallService } from '${server}/omni-call.js';
          createCallService(${options})${begin};
        </script>`,
      );
    },
    close: () => http.close(),
  };
}
