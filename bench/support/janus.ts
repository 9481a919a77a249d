import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:net';
import { once } from 'node:events';
import { freePort } from './free-port.js';

/** Debian's `janus` on loopback, with the VideoCall plugin and nothing else. */
export async function startJanus(): Promise<{ url: string; close(): Promise<void> }> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'omni-bench-janus-'));
  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
  await write(
    'janus.jcfg',
    `general: { debug_level = 1 }
nat: { ice_enforce_list = "lo", ice_lite = false, ice_consent_freshness = false }
plugins: { disable = "libjanus_audiobridge.so,libjanus_echotest.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,libjanus_videoroom.so,libjanus_voicemail.so,libjanus_lua.so,libjanus_duktape.so" }
transports: { disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so" }
`,
  );
  await write(
    'janus.transport.websockets.jcfg',
    `general: { ws = true, ws_port = ${port}, ws_ip = "127.0.0.1", wss = false }\nadmin: { admin_ws = false }\n`,
  );
  await write('janus.plugin.videocall.jcfg', 'general: { }\n');
  const janus = spawn('janus', [`--configs-folder=${folder}`, '--disable-colors'], { stdio: 'ignore' });
  const failed = once(janus, 'error').then(([error]) => {
    throw new Error('No janus: apt-get install janus', { cause: error });
  });
  await Promise.race([failed, listening(port)]);
  return {
    url: `ws://127.0.0.1:${port}`,
    close: async () => {
      const ended = once(janus, 'exit');
      janus.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

/** Resolves once the port accepts connections. */
async function listening(port: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => (socket.destroy(), resolve(true))).once('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
