export * from './call.js';
export * from './call-record.js';
export type * from './client-messages.js';
export * from './close-codes.js';
export * from './codec.js';
export * from './errors.js';
export * from './messages.js';
export * from './user-id.js';
