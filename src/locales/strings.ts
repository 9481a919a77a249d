import type { Translation } from '@shoelace-style/localize';

/** Every text of the widget. A language that misses one does not compile. */
export interface Strings extends Translation {
  // Buttons
  call: (name: string) => string;
  voiceCall: (name: string) => string;
  answer: string;
  answerVoice: string;
  decline: string;
  cancel: string;
  hangUp: string;
  muteMicrophone: string;
  unmuteMicrophone: string;
  cameraOff: string;
  cameraOn: string;
  shareScreen: string;
  stopSharing: string;
  messages: string;
  unread: (count: number) => string;
  callBack: string;
  callAgain: string;
  callVoice: string;
  close: string;
  tryAgain: string;
  turnOnSound: string;
  turnOnRingtone: string;
  allowNotifications: string;
  answerCallOf: (name: string) => string;

  // Where a call stands
  unnamed: string;
  present: (name: string) => string;
  busyNow: (name: string) => string;
  absent: (name: string) => string;
  dialing: string;
  ringback: string;
  videoCallFrom: (name: string) => string;
  voiceCallFrom: (name: string) => string;
  incomingVideo: string;
  incomingVoice: string;
  connecting: string;
  connectedTo: (name: string) => string;
  reconnecting: string;
  waitingFor: (name: string) => string;
  timer: string;
  you: string;
  region: (name: string) => string;
  controls: string;

  // The other side
  videoOf: (name: string) => string;
  screenOf: (name: string) => string;
  ownVideo: string;
  peerMuted: (name: string) => string;
  peerCameraOff: (name: string) => string;
  sharesScreen: (name: string) => string;
  youShareScreen: string;
  dataTitle: (name: string) => string;

  // Recording
  willBeRecorded: string;
  recording: string;
  recordingPaused: string;
  recordingFailed: string;

  // Messages
  noMessages: string;
  writeMessage: string;
  send: string;
  messageNotSent: string;

  // How it ended, and what helps
  ended: string;
  endedByYou: string;
  endedBy: (name: string) => string;
  lasted: (duration: string) => string;
  declinedBy: (name: string) => string;
  declinedByYou: string;
  cancelledByYou: string;
  missed: (name: string) => string;
  missedHint: string;
  busy: (name: string) => string;
  busyHint: string;
  noAnswer: (name: string) => string;
  noAnswerHint: string;
  unreachable: (name: string) => string;
  unreachableHint: string;
  answeredElsewhere: string;
  declinedElsewhere: string;
  replaced: string;
  connectionLost: string;
  connectionLostHint: string;
  permissionDenied: string;
  permissionDeniedHint: string;
  peerPermissionDenied: (name: string) => string;
  peerPermissionDeniedHint: string;
  mediaFailed: string;
  mediaFailedHint: string;
  notAllowed: (name: string) => string;
  notAllowedHint: string;
  endedByServer: string;

  // What is wrong, and what helps
  serverDown: string;
  unauthorized: string;
  notAllowedHere: string;
  rateLimited: string;
  alreadyInCall: string;
  callOver: (name: string) => string;
  failed: string;
  soundBlocked: string;
  ringtoneBlocked: string;
  cameraDenied: string;
  microphoneDenied: string;
  blockedByPage: string;
  insecure: string;
  noCamera: string;
  noMicrophone: string;
  cameraInUse: string;
  microphoneInUse: string;
  unsupported: string;

  // Devices
  camera: string;
  microphone: string;
  speaker: string;
  systemDefault: string;
}
