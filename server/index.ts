export { createCallServer, type CallServer, type CallServerOptions } from './call-server.js';
export { readSettings } from './config.js';
export { SettingError } from './setting-error.js';
export type { AuthOptions, PublishableKey } from './auth/authenticator.js';
export type { RecordingOptions } from './recording/recordings.js';
export type { S3Options } from './recording/s3-storage.js';
export type { LivekitOptions } from './livekit/rooms.js';
