import type { MoreStrings } from './strings.js';

export const enMore: MoreStrings = {
  more: 'More',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Leave full screen',
  pictureInPicture: 'Picture in picture',
  leavePictureInPicture: 'Close picture in picture',
  volumeOf: (name) => `Volume of ${name}`,
  connection: 'Connection',
  qualityExcellent: 'Very good connection',
  qualityGood: 'Good connection',
  qualityPoor: 'Weak connection',
  qualityLost: 'No connection',
  shortcuts: 'Keyboard shortcuts',
  shortcutsHint: 'They work after a click into the call.',
  toggleMicrophone: 'Microphone on or off',
  holdToTalk: 'Hold to talk while muted',
  toggleCamera: 'Camera on or off',
  toggleScreen: 'Share screen, or stop',
  toggleMessages: 'Open or close messages',
  toggleMore: 'Open or close this list',
  pictureGivenUp: 'Your connection is too weak for the picture. It comes back when the connection is better.',
};
