import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { RoomServiceClient } from 'livekit-server-sdk';
import { onExit } from 'signal-exit';

/** A LiveKit server that can be used, with the key to its API. */
export interface LivekitServer {
  /** `ws://…` */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Of the process; null while it is down, and for one that somebody else runs. */
  readonly pid: number | null;
  /** Resolves when the process, if it is ours, is gone. */
  close(): Promise<void>;
}

export interface LivekitProcessOptions {
  /** The path of `livekit-server`. */
  binary: string;
  /** Told when LiveKit dies and is back. */
  log: (line: string) => void;
  /** Told what LiveKit prints, without tokens. */
  onOutput?: (text: string) => void;
  /** Where LiveKit is to send its webhooks, signed with `apiKey`. */
  webhooks?: readonly string[];
}

const HOST = '127.0.0.1';
/** Milliseconds. */
const START_LIMIT = 20_000;
const POLL_EVERY = 25;
const BACKOFF_MIN = 100;
const BACKOFF_MAX = 5000;
/** Having run for this long, the next death counts as the first. */
const STEADY = 10_000;
const TRIES_WITH_OTHER_PORTS = 3;

const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/g;

/**
 * Runs a LiveKit server on this machine's loopback, with ports and keys of its own, and starts it again when it dies.
 * Rejects with its last words when it does not start.
 */
export async function startLivekit(options: LivekitProcessOptions): Promise<LivekitServer> {
  for (let tries = TRIES_WITH_OTHER_PORTS; ; tries--) {
    const livekit = new LivekitProcess(options, await freeTcpPort(), await freeUdpPort());
    try {
      await livekit.start();
      return livekit;
    } catch (error) {
      await livekit.close();
      // Between finding a port free and taking it, somebody else may have.
      if (tries === 0 || !String(error).includes('address already in use')) throw error;
    }
  }
}

class LivekitProcess implements LivekitServer {
  readonly url: string;
  readonly apiKey = `API${randomBytes(8).toString('hex')}`;
  readonly apiSecret = randomBytes(32).toString('base64url');
  readonly #options: LivekitProcessOptions;
  readonly #config: string;
  readonly #closing = new AbortController();
  #child: ChildProcess | null = null;
  #lastWords: string[] = [];
  #deaths = 0;
  #revival: Promise<void> = Promise.resolve();

  constructor(options: LivekitProcessOptions, port: number, udpPort: number) {
    this.#options = options;
    this.url = `ws://${HOST}:${port}`;
    // JSON is YAML.
    this.#config = JSON.stringify({
      port,
      bind_addresses: [HOST],
      keys: { [this.apiKey]: this.apiSecret },
      room: { auto_create: false },
      rtc: {
        udp_port: udpPort,
        // LiveKit's TCP port for media would listen on all of the machine's addresses.
        tcp_port: 0,
        node_ip: HOST,
        use_external_ip: false,
        enable_loopback_candidate: true,
        ips: { includes: ['127.0.0.0/8'] },
      },
      logging: { level: 'warn', json: false },
      ...(options.webhooks && { webhook: { api_key: this.apiKey, urls: options.webhooks } }),
    });
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Resolves when LiveKit answers; rejects when it ended or stayed silent. */
  async start(): Promise<void> {
    const child = spawn(this.#options.binary, [], {
      // By the environment: the arguments of a process are for all on this machine to read.
      env: { PATH: process.env['PATH'], LIVEKIT_CONFIG: this.#config },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A Ctrl-C reaches the whole process group: when LiveKit stops is for its owner to say.
      detached: true,
    });
    const forget = onExit(() => void child.kill('SIGKILL'));
    const gone = once(child, 'close').then(
      () => `it ended with ${child.signalCode ?? child.exitCode}`,
      (error: Error) => error.message,
    );
    this.#child = child;
    this.#lastWords = [];
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', this.#listen);

    const started = new AbortController();
    const silent = await Promise.race([
      gone,
      this.#untilAnswers(started.signal).then((answers) => (answers ? null : 'it does not answer')),
    ]);
    started.abort();
    if (silent !== null || this.#closing.signal.aborted) {
      child.kill('SIGKILL');
      await gone;
      forget();
      this.#child = null;
      throw new Error(`LiveKit did not start: ${silent}.\n${this.#lastWords.join('\n')}`);
    }
    const since = Date.now();
    this.#revival = gone.then((how) => {
      forget();
      this.#child = null;
      if (Date.now() - since > STEADY) this.#deaths = 0;
      return this.#revive(how);
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    // Asked politely, LiveKit waits for its participants to leave.
    this.#child?.kill('SIGKILL');
    await this.#revival;
  }

  /** Starts LiveKit again, until it answers or is not wanted any more. */
  async #revive(how: string): Promise<void> {
    const { log } = this.#options;
    while (!this.#closing.signal.aborted) {
      log([`LiveKit died: ${how}. Starting it again.`, ...this.#lastWords].join('\n'));
      const delay = Math.min(BACKOFF_MAX, BACKOFF_MIN * 2 ** this.#deaths++);
      await wait(delay, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      if (this.#closing.signal.aborted) return;
      try {
        await this.start();
        log('LiveKit is back.');
        return;
      } catch (error) {
        how = error instanceof Error ? error.message : String(error);
      }
    }
  }

  async #untilAnswers(stop: AbortSignal): Promise<boolean> {
    const api = new RoomServiceClient(this.url.replace('ws:', 'http:'), this.apiKey, this.apiSecret);
    const end = Date.now() + START_LIMIT;
    while (Date.now() < end && !stop.aborted) {
      try {
        // An answer to our key is not that of another server on the same port.
        await api.listRooms(['-']);
        return true;
      } catch {
        await wait(POLL_EVERY);
      }
    }
    return false;
  }

  readonly #listen = (printed: string): void => {
    // LiveKit prints tokens that it refuses, as those that have expired.
    const text = printed.replaceAll(JWT, '[token]');
    this.#options.onOutput?.(text);
    this.#lastWords = [...this.#lastWords, ...text.trimEnd().split('\n')].slice(-10);
  };
}

async function freeTcpPort(): Promise<number> {
  const probe = createServer().listen(0, HOST);
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function freeUdpPort(): Promise<number> {
  const probe = createSocket('udp4').bind(0, HOST);
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
