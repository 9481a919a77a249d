// `npm start`: the whole product on this machine, with two people to try it.
import { join } from 'node:path';
import { build, install, ROOT } from './prepare.mjs';

async function start() {
  install();
  build();
  // What was just built can only be imported now.
  const { createCallServer, readSettings } = await import('../server/dist/index.js');
  const { provideLivekit } = await import('../server/dist/livekit/provide-livekit.js');

  const port = process.env.PORT?.trim() || '8080';
  const livekit = await provideLivekit({
    env: process.env,
    log: console.log,
    webhooks: [`http://127.0.0.1:${port}/livekit/webhook`],
  });
  try {
    const settings = readSettings({
      ...process.env,
      LIVEKIT_URL: livekit.url,
      LIVEKIT_API_KEY: livekit.apiKey,
      LIVEKIT_API_SECRET: livekit.apiSecret,
    });
    const server = await createCallServer({ ...settings, pages: join(ROOT, 'demo') });
    let stopping = false;
    const stop = async () => {
      // npm hands on a Ctrl-C that reaches this process by itself.
      if (stopping) return;
      stopping = true;
      try {
        await server.close();
      } finally {
        await livekit.close();
        process.exit();
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
    console.log(`ready http://localhost:${new URL(server.url).port}`);
  } catch (error) {
    await livekit.close();
    throw error;
  }
}

try {
  await start();
} catch (error) {
  const taken = error.code === 'EADDRINUSE' && `Port ${error.port} is taken. Choose another one: PORT=8081 npm start`;
  console.error(taken || error.message);
  process.exitCode = 1;
}
