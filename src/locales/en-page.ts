/* English is written in parts, each loaded with the part of the widget that says it. */
import type { PageStrings } from './strings.js';

export const enPage: PageStrings = {
  call: (name) => `Call ${name}`,
  voiceCall: (name) => `Call ${name} by voice`,
  allowNotifications: 'Notify me of calls',
  answerCallOf: (name) => `Answer ${name}’s call`,
  present: (name) => `${name} is available`,
  busyNow: (name) => `${name} is in a call`,
  absent: (name) => `${name} is not here right now`,
  permissionDeniedHint: 'Allow them in your browser’s address bar, then call again.',
  serverDown: 'The call service cannot be reached. Trying again…',
  unauthorized: 'You are not signed in for calls. Reload the page to sign in again.',
  notAllowedHere: 'Calls are not allowed on this page.',
  rateLimited: 'Too many calls in a short time. Wait a moment, then try again.',
  alreadyInCall: 'You are in another call. Hang up first.',
  callOver: (name) => `${name}’s call is already over.`,
  failed: 'That did not work. Try again.',
  blockedByPage: 'This page does not let calls use the camera or microphone.',
  insecure: 'Cameras and microphones work on secure (https) pages only.',
  unsupported: 'This browser cannot make calls. Try another one.',
};
