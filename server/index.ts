export { createCallServer, type CallServer, type CallServerOptions } from './call-server.js';
export { readSettings, SettingError } from './config.js';
export type { AuthOptions, PublishableKey } from './auth/authenticator.js';
export type { LivekitOptions } from './livekit/rooms.js';
