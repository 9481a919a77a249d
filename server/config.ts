import { resolve } from 'node:path';
import { LIMITS } from 'omni-call/protocol';
import type { PublishableKey } from './auth/authenticator.js';
import type { CallServerOptions } from './call-server.js';
import type { LivekitOptions } from './livekit/rooms.js';
import { EgressRecorder } from './recording/egress/egress-recorder.js';
import { lackForRecording } from './recording/local/lacks.js';
import { LocalRecorder } from './recording/local/local-recorder.js';
import type { RecordingOptions } from './recording/recordings.js';
import type { S3Options } from './recording/s3-storage.js';
import { assertSafe, LOOPBACK } from './safe-options.js';
import { wrong } from './setting-error.js';

type Environment = Readonly<Record<string, string | undefined>>;

const text = (env: Environment, name: string): string | undefined => env[name]?.trim() || undefined;

function number(env: Environment, name: string, min: number, max: number): number | undefined {
  const raw = text(env, name);
  if (raw === undefined) return undefined;
  const value = Number(raw);
  if (!Number.isFinite(value) || value < min || value > max) throw wrong(name, `a number from ${min} to ${max}`);
  return value;
}

function whole(env: Environment, name: string, min: number, max: number): number | undefined {
  const value = number(env, name, min, max);
  if (value !== undefined && !Number.isInteger(value)) throw wrong(name, `a whole number from ${min} to ${max}`);
  return value;
}

function url(env: Environment, name: string, ...schemes: string[]): string | undefined {
  const raw = text(env, name);
  if (raw === undefined) return undefined;
  const scheme = URL.canParse(raw) ? new URL(raw).protocol.slice(0, -1) : '';
  if (!schemes.includes(scheme))
    throw wrong(name, `a URL that begins with ${schemes.map((s) => `${s}://`).join(' or ')}`);
  return raw;
}

function required(env: Environment, name: string, expected: string): string {
  const value = text(env, name);
  if (value === undefined) throw wrong(name, expected);
  return value;
}

function origins(env: Environment, name: string): string[] | undefined {
  const raw = text(env, name);
  if (raw === undefined) return undefined;
  const list = raw.split(',').map((entry) => entry.trim());
  if (!list.every(isOrigin)) throw wrong(name, 'origins like https://example.com, separated by commas');
  return list;
}

const isOrigin = (value: unknown): value is string =>
  typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value;

const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

function isPublishableKey(value: unknown): value is PublishableKey {
  if (typeof value !== 'object' || value === null) return false;
  const { key, origins: from, callees } = value as Record<string, unknown>;
  return typeof key === 'string' && key.length >= 16 && isStrings(from) && from.every(isOrigin) && isStrings(callees);
}

function publishableKeys(env: Environment): PublishableKey[] | undefined {
  const name = 'PUBLISHABLE_KEYS';
  const expected = 'a JSON list of {"key": 16 characters or more, "origins": [origins], "callees": [user ids]}';
  const raw = text(env, name);
  if (raw === undefined) return undefined;
  let list: unknown;
  try {
    list = JSON.parse(raw);
  } catch {
    throw wrong(name, expected);
  }
  if (!Array.isArray(list) || !list.every(isPublishableKey)) throw wrong(name, expected);
  return list;
}

function webhook(env: Environment): { url: string; secret: string } | undefined {
  const to = url(env, 'WEBHOOK_URL', 'https', 'http');
  const secret = text(env, 'WEBHOOK_SECRET');
  if (to === undefined) return undefined;
  if (secret === undefined) throw wrong('WEBHOOK_SECRET', '16 characters or more, since WEBHOOK_URL is set');
  return { url: to, secret };
}

function s3(env: Environment): S3Options | undefined {
  const to = url(env, 'RECORDING_S3_URL', 'https', 'http');
  if (to === undefined) return undefined;
  if (new URL(to).pathname === '/') throw wrong('RECORDING_S3_URL', 'a URL with the bucket in its path');
  const because = ', since RECORDING_S3_URL is set';
  return defined({
    url: to,
    region: text(env, 'RECORDING_S3_REGION'),
    accessKeyId: required(env, 'RECORDING_S3_KEY', `the id of an access key${because}`),
    secretAccessKey: required(env, 'RECORDING_S3_SECRET', `the secret of the access key${because}`),
  });
}

/** Calls that are recorded at once on one machine, unless it is said otherwise. */
const RECORDED_AT_ONCE = 4;

function recording(env: Environment, livekit: LivekitOptions): RecordingOptions | undefined {
  const kind = text(env, 'RECORDING') ?? 'off';
  if (kind === 'off') return undefined;
  if (kind !== 'local' && kind !== 'egress') throw wrong('RECORDING', '"off", "local" or "egress"');
  const isLocal = kind === 'local';
  const { apiKey, apiSecret } = livekit;
  const limit = whole(env, 'RECORDING_MAX', 1, 1000) ?? RECORDED_AT_ONCE;
  return defined({
    recorder: isLocal ? new LocalRecorder({ limit }) : new EgressRecorder({ url: livekit.url, apiKey, apiSecret }),
    lacks: isLocal ? lackForRecording : undefined,
    dir: resolve(text(env, 'RECORDING_DIR') ?? 'recordings'),
    s3: s3(env),
    days: number(env, 'RECORDING_DAYS', 1 / 24, 36_500),
  });
}

/** Reads the server's settings. Throws a `SettingError` at the first that is wrong. */
export function readSettings(env: Environment): CallServerOptions {
  const secret = text(env, 'AUTH_SECRET');
  const jwksUrl = url(env, 'AUTH_JWKS_URL', 'https', 'http');
  if (secret !== undefined && jwksUrl !== undefined)
    throw wrong('AUTH_JWKS_URL', 'either this or AUTH_SECRET, not both');
  const livekit: LivekitOptions = defined({
    url: required(
      { LIVEKIT_URL: url(env, 'LIVEKIT_URL', 'ws', 'wss', 'http', 'https') },
      'LIVEKIT_URL',
      'the URL of a LiveKit server',
    ),
    publicUrl: url(env, 'LIVEKIT_PUBLIC_URL', 'ws', 'wss', 'http', 'https'),
    apiKey: required(env, 'LIVEKIT_API_KEY', "LiveKit's API key"),
    apiSecret: required(env, 'LIVEKIT_API_SECRET', "LiveKit's API secret"),
  });
  const options: CallServerOptions = defined({
    host: text(env, 'HOST') ?? LOOPBACK,
    port: whole(env, 'PORT', 0, 65535),
    livekit,
    recording: recording(env, livekit),
    auth: defined({ secret, jwksUrl, keys: publishableKeys(env) }),
    allowedOrigins: origins(env, 'ALLOWED_ORIGINS'),
    apiKey: text(env, 'API_KEY'),
    webhook: webhook(env),
    redisUrl: url(env, 'REDIS_URL', 'redis', 'rediss'),
    ringTimeout: number(env, 'RING_TIMEOUT', LIMITS.ringTimeoutMin, LIMITS.ringTimeoutMax),
    resumeGrace: number(env, 'RESUME_GRACE', 1, 600),
    sessionsPerUser: whole(env, 'SESSIONS_PER_USER', 1, 1000),
    connectionsPerAddress: whole(env, 'CONNECTIONS_PER_ADDRESS', 1, 1_000_000),
    offersPerMinute: whole(env, 'OFFERS_PER_MINUTE', 1, 10_000),
    trustProxy: whole(env, 'TRUST_PROXY', 0, 10),
  });
  assertSafe(options);
  return options;
}

/** The same object without the entries that were left out, as optional properties want it. */
type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
const defined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<T>;
