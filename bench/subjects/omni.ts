import { pino } from 'pino';
import { createCallServer } from 'omni-call-server';
import { announce } from './subject.js';

const { LIVEKIT_URL: url = '', LIVEKIT_API_KEY: apiKey = '', LIVEKIT_API_SECRET: apiSecret = '' } = process.env;
const server = await createCallServer({
  livekit: { url, apiKey, apiSecret },
  port: 0,
  connectionsPerAddress: 100_000,
  offersPerMinute: 100_000,
  logger: pino({ level: 'warn' }),
});
announce(server.url);
