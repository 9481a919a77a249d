/** What is on a page before there is a call, and what can go wrong. */
export interface PageStrings {
  call: (name: string) => string;
  voiceCall: (name: string) => string;
  allowNotifications: string;
  answerCallOf: (name: string) => string;
  present: (name: string) => string;
  busyNow: (name: string) => string;
  absent: (name: string) => string;
  permissionDeniedHint: string;
  serverDown: string;
  unauthorized: string;
  notAllowedHere: string;
  rateLimited: string;
  alreadyInCall: string;
  callOver: (name: string) => string;
  failed: string;
  blockedByPage: string;
  insecure: string;
  unsupported: string;
}

/** What is on the screen of a call. */
export interface CallStrings {
  answer: string;
  answerVoice: string;
  /** Below the button of `answerVoice`; a part of that in most languages. */
  voiceOnly: string;
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
  tryAgain: string;
  turnOnSound: string;
  turnOnRingtone: string;
  unnamed: string;
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
  region: (name: string) => string;
  controls: string;
  videoOf: (name: string) => string;
  screenOf: (name: string) => string;
  ownVideo: string;
  peerMuted: (name: string) => string;
  sharesScreen: (name: string) => string;
  youShareScreen: string;
  dataTitle: (name: string) => string;
  willBeRecorded: string;
  /** A box to tick before answering. */
  answerUnrecorded: string;
  notRecorded: string;
  recording: string;
  recordingPaused: string;
  recordingFailed: string;
  soundBlocked: string;
  ringtoneBlocked: string;
  /** Left out: in English. */
  deniedBySystem: string;
  cameraDenied: string;
  microphoneDenied: string;
  noCamera: string;
  noMicrophone: string;
  cameraInUse: string;
  microphoneInUse: string;
  ended: string;
  close: string;
}

/** Messages, and how a call ended. */
export interface LaterStrings {
  pauseRecording: string;
  resumeRecording: string;
  stopRecording: string;
  callBack: string;
  callAgain: string;
  callVoice: string;
  you: string;
  noMessages: string;
  writeMessage: string;
  send: string;
  messageNotSent: string;
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
  peerPermissionDenied: (name: string) => string;
  peerPermissionDeniedHint: string;
  mediaFailed: string;
  mediaFailedHint: string;
  notAllowed: (name: string) => string;
  notAllowedHint: string;
  endedByServer: string;
  peerUnmuted: (name: string) => string;
  peerCameraOff: (name: string) => string;
  peerCameraOn: (name: string) => string;
  peerSharingOver: (name: string) => string;
  ownMuted: string;
  ownUnmuted: string;
  ownCameraOff: string;
  ownCameraOn: string;
  ownSharingOver: string;
  recordingOver: string;
}

/** Choosing devices, and what happens to them during a call. */
export interface DeviceStrings {
  camera: string;
  microphone: string;
  speaker: string;
  systemDefault: string;
  allowBoth: string;
  allowCamera: string;
  allowMicrophone: string;
  asking: string;
  startPreview: string;
  stopPreview: string;
  preview: string;
  level: string;
  notHeard: string;
  testSound: string;
  chooseSpeaker: string;
  speakerOfSystem: string;
  speakingMuted: string;
  deviceLost: (lost: string) => string;
  deviceReplaced: (lost: string, next: string) => string;
}

/** What a connected call offers beside its buttons. */
export interface MoreStrings {
  more: string;
  fullScreen: string;
  leaveFullScreen: string;
  pictureInPicture: string;
  leavePictureInPicture: string;
  volumeOf: (name: string) => string;
  connection: string;
  qualityExcellent: string;
  qualityGood: string;
  qualityPoor: string;
  qualityLost: string;
  shortcuts: string;
  shortcutsHint: string;
  toggleMicrophone: string;
  holdToTalk: string;
  toggleCamera: string;
  toggleScreen: string;
  toggleMessages: string;
  toggleMore: string;
  pictureGivenUp: string;
  pictureNotTaken: (name: string) => string;
  blurBackground: string;
  blurStarting: string;
  blurFailed: string;
  showBackground: string;
}

/** Every text of the widget in one language. A language that misses one does not compile. */
export interface Strings extends PageStrings, CallStrings, LaterStrings, DeviceStrings, MoreStrings {
  $dir: 'ltr' | 'rtl';
}
