import type { DeviceStrings } from './strings.js';

export const enDevices: DeviceStrings = {
  camera: 'Camera',
  microphone: 'Microphone',
  speaker: 'Speaker',
  systemDefault: 'System default',
  allowBoth: 'Allow camera and microphone',
  allowCamera: 'Allow camera',
  allowMicrophone: 'Allow microphone',
  asking: 'Your browser is asking you…',
  startPreview: 'Start preview',
  stopPreview: 'Stop preview',
  preview: 'Preview of your camera',
  level: 'Level of your microphone',
  notHeard: 'Your microphone is muted',
  testSound: 'Play test sound',
  chooseSpeaker: 'Choose speaker…',
  speakerOfSystem: 'This browser plays on the system’s speaker. Choose it in the system’s settings.',
  speakingMuted: 'You are muted: nobody hears you.',
  deviceLost: (lost) => `“${lost}” is not there any more.`,
  deviceReplaced: (lost, next) => `“${lost}” is not there any more. Now in use: “${next}”.`,
};
