import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { findLivekit } from '../../server/livekit/find-livekit.js';
import type { LivekitServer } from '../../server/livekit/livekit-process.js';
import { killAtExit } from './kill-at-exit.js';
import type { RedisServer } from './redis.js';

export const COMPOSE = readFileSync(new URL('../../deploy/compose.yaml', import.meta.url), 'utf8');

/** The lines below that one which are further in. */
export function block(text: string, line: RegExp): string {
  const indent = line.exec(text)?.[1] ?? assert.fail(`there is no line ${line}`);
  return (
    new RegExp(`${line.source}\\n((?:${indent} +.*\\n|\\n)+)`, 'm').exec(text)?.[2] ??
    assert.fail(`nothing below ${line}`)
  );
}

export interface ComposeLivekitOptions {
  redis: RedisServer;
  /** `PUBLIC_IP`: an address of this machine on which nobody else listens. */
  address: string;
  /** Lines in the place of `udp_port` below `turn`. */
  turn?: readonly string[];
}

export interface ComposeLivekit extends LivekitServer {
  /** What it printed until it ran. */
  readonly said: string;
}

/**
 * LiveKit with the compose file's configuration, filled in. It listens on that address only, but for media: its TCP
 * port for those is left out, which would listen on all addresses of this machine.
 */
export async function startComposeLivekit({ redis, address, turn }: ComposeLivekitOptions): Promise<ComposeLivekit> {
  const [apiKey, apiSecret] = ['API0123456789', randomBytes(32).toString('base64')];
  const values: Record<string, string> = {
    LIVEKIT_API_KEY: apiKey,
    LIVEKIT_API_SECRET: apiSecret,
    PUBLIC_IP: address,
  };
  const config = block(COMPOSE, /^( +)LIVEKIT_CONFIG: \|/m)
    .replace(/\$\{(\w+)[^}]*\}/g, (_, name: string) => values[name] ?? assert.fail(name))
    .replace('redis:6379', new URL(redis.url).host)
    .replace('tcp_port: 7881', 'tcp_port: 0')
    .replace(/^( +)port: .*/m, `$&\n$1bind_addresses: [${address}]`)
    // As in a container, which has one address: of two sockets on one port, told as that of the same address, one is dropped.
    .replace(/^( +)node_ip: .*/m, `$&\n$1ips: { includes: [${address}/32] }`)
    .replace(/^( +)udp_port: .*/m, (udpPort, indent: string) =>
      [...(turn?.map((line) => indent + line) ?? [udpPort]), `${indent}bind_addresses: [${address}]`].join('\n'),
    );
  const binary = await findLivekit({ env: process.env, log: console.log });
  const livekit = spawn(binary, [], { env: { PATH: process.env['PATH'], LIVEKIT_CONFIG: config } });
  killAtExit(livekit);
  const closed = once(livekit, 'close');
  const close = async (): Promise<void> => {
    livekit.kill('SIGKILL');
    await closed;
  };
  let said = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [livekit.stdout, livekit.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('starting LiveKit server')) resolve();
      });
    void closed.then(() => reject(new Error(said)), reject);
  });
  return { url: `ws://${address}:7880`, apiKey, apiSecret, pid: livekit.pid ?? null, said, close };
}
