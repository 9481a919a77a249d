// Written by scripts/manifest.mjs.
import type {
  OmniCall,
  OmniDeviceSelect,
  OmniIncoming,
  OmniPhaseEvent,
  OmniRingbackEvent,
  OmniRingingEvent,
  OmniConnectedEvent,
  OmniEndedEvent,
  OmniMuteEvent,
  OmniDevicesEvent,
  OmniMessageEvent,
  OmniRecordingEvent,
  OmniRingtoneBlockedEvent,
  OmniErrorEvent,
} from '../dist/index.js';

/** The attributes of `<omni-call>`. */
export interface OmniCallAttributes {
  /** Whom the button calls. Left out: there is no button, and calls of the page’s script are shown. */
  callee?: OmniCall['callee'] | undefined;
  /** `videocall` or `audiocall`. */
  'call-type'?: OmniCall['callType'] | undefined;
  /** Asks for the call to be recorded. The callee is told before the answer, and may answer without it. */
  record?: OmniCall['record'] | undefined;
  /** Seconds that it rings, 1 to 600. Left out: the server’s. */
  'ring-timeout'?: OmniCall['ringTimeout'] | undefined;
  /** Answers a call that this person offered before the page opened: for a link in an invitation. */
  caller?: OmniCall['caller'] | undefined;
  /** Without the sounds of a telephone: ringing, busy, ended. The ringtone of an incoming call is `ringtone`’s. */
  silent?: OmniCall['silent'] | undefined;
  /** The call server’s address, as `https://calls.example.com`. Left out: the service of the place is used. */
  server?: OmniCall['server'] | undefined;
  /** Whose calls these are. Left out: the token’s, or an id that the server gives. */
  'user-id'?: OmniCall['userId'] | undefined;
  /** A token of the page’s own back end. As a property also a function that gets one, called whenever one is needed. Another one of the same person is for the next connection; the session and its call go on. A function is taken for the same person’s: where another person signs in on the page, give `user-id` too. */
  token?: OmniCall['token'] | undefined;
  /** A publishable key, for visitors without a token. */
  key?: OmniCall['key'] | undefined;
  /** The name that the other side is shown. */
  'display-name'?: OmniCall['displayName'] | undefined;
  /** Stays out of the room while it still rings: the first picture comes later, and nothing is billed before it. */
  'no-prepare'?: OmniCall['noPrepare'] | undefined;
  /** The language of the widget’s texts: `ar`, `de`, `en`, `es`, `fr`, `ja`, `ko`, `pt-BR`, `vi` or `zh-CN`. Left out: the page’s. */
  lang?: OmniCall['lang'] | undefined;
}

/** The properties of `<omni-call>`, for what sets those. */
export interface OmniCallProperties {
  /** Whom the button calls. Left out: there is no button, and calls of the page’s script are shown. */
  callee?: OmniCall['callee'] | undefined;
  /** `videocall` or `audiocall`. */
  callType?: OmniCall['callType'] | undefined;
  /** Asks for the call to be recorded. The callee is told before the answer, and may answer without it. */
  record?: OmniCall['record'] | undefined;
  /** Seconds that it rings, 1 to 600. Left out: the server’s. */
  ringTimeout?: OmniCall['ringTimeout'] | undefined;
  /** Answers a call that this person offered before the page opened: for a link in an invitation. */
  caller?: OmniCall['caller'] | undefined;
  /** Without the sounds of a telephone: ringing, busy, ended. The ringtone of an incoming call is `ringtone`’s. */
  silent?: OmniCall['silent'] | undefined;
  /** The call server’s address, as `https://calls.example.com`. Left out: the service of the place is used. */
  server?: OmniCall['server'] | undefined;
  /** Whose calls these are. Left out: the token’s, or an id that the server gives. */
  userId?: OmniCall['userId'] | undefined;
  /** A token of the page’s own back end. As a property also a function that gets one, called whenever one is needed. Another one of the same person is for the next connection; the session and its call go on. A function is taken for the same person’s: where another person signs in on the page, give `user-id` too. */
  token?: OmniCall['token'] | undefined;
  /** A publishable key, for visitors without a token. */
  key?: OmniCall['key'] | undefined;
  /** The name that the other side is shown. */
  displayName?: OmniCall['displayName'] | undefined;
  /** Stays out of the room while it still rings: the first picture comes later, and nothing is billed before it. */
  noPrepare?: OmniCall['noPrepare'] | undefined;
  /** The language of the widget’s texts: `ar`, `de`, `en`, `es`, `fr`, `ja`, `ko`, `pt-BR`, `vi` or `zh-CN`. Left out: the page’s. */
  lang?: OmniCall['lang'] | undefined;
}

/** The events of `<omni-call>`. */
export interface OmniCallEvents {
  /** `phase` changed. */
  'omni-phase': OmniPhaseEvent;
  /** The call is offered: it rings at the callee. */
  'omni-ringback': OmniRingbackEvent;
  /** Somebody calls. Can be cancelled: then ringtone and prompt are the page’s. */
  'omni-ringing': OmniRingingEvent;
  /** Both sides are in the call. */
  'omni-connected': OmniConnectedEvent;
  /** The call is over. Can be cancelled: then the summary is the page’s. */
  'omni-ended': OmniEndedEvent;
  /** One of the two stopped or started sending sound or picture. */
  'omni-mute': OmniMuteEvent;
  /** Cameras, microphones or speakers changed. */
  'omni-devices': OmniDevicesEvent;
  /** A text of the other side. */
  'omni-message': OmniMessageEvent;
  /** Recording was asked for, declined, started, paused, stopped or failed. */
  'omni-recording': OmniRecordingEvent;
  /** The browser keeps the ringtone silent, or no longer. */
  'omni-ringtone-blocked': OmniRingtoneBlockedEvent;
  /** Something failed. */
  'omni-error': OmniErrorEvent;
}

/** The attributes of `<omni-device-select>`. */
export interface OmniDeviceSelectAttributes {
  /** `videoinput`, `audioinput` or `audiooutput`. Left out: all of them. */
  kind?: OmniDeviceSelect['kind'] | undefined;
  /** Offers a preview of what the other side would see and hear of the chosen devices. */
  preview?: OmniDeviceSelect['preview'] | undefined;
  /** The call server’s address, as `https://calls.example.com`. Left out: the service of the place is used. */
  server?: OmniDeviceSelect['server'] | undefined;
  /** Whose calls these are. Left out: the token’s, or an id that the server gives. */
  'user-id'?: OmniDeviceSelect['userId'] | undefined;
  /** A token of the page’s own back end. As a property also a function that gets one, called whenever one is needed. Another one of the same person is for the next connection; the session and its call go on. A function is taken for the same person’s: where another person signs in on the page, give `user-id` too. */
  token?: OmniDeviceSelect['token'] | undefined;
  /** A publishable key, for visitors without a token. */
  key?: OmniDeviceSelect['key'] | undefined;
  /** The name that the other side is shown. */
  'display-name'?: OmniDeviceSelect['displayName'] | undefined;
  /** Stays out of the room while it still rings: the first picture comes later, and nothing is billed before it. */
  'no-prepare'?: OmniDeviceSelect['noPrepare'] | undefined;
  /** The language of the widget’s texts: `ar`, `de`, `en`, `es`, `fr`, `ja`, `ko`, `pt-BR`, `vi` or `zh-CN`. Left out: the page’s. */
  lang?: OmniDeviceSelect['lang'] | undefined;
}

/** The properties of `<omni-device-select>`, for what sets those. */
export interface OmniDeviceSelectProperties {
  /** `videoinput`, `audioinput` or `audiooutput`. Left out: all of them. */
  kind?: OmniDeviceSelect['kind'] | undefined;
  /** Offers a preview of what the other side would see and hear of the chosen devices. */
  preview?: OmniDeviceSelect['preview'] | undefined;
  /** The call server’s address, as `https://calls.example.com`. Left out: the service of the place is used. */
  server?: OmniDeviceSelect['server'] | undefined;
  /** Whose calls these are. Left out: the token’s, or an id that the server gives. */
  userId?: OmniDeviceSelect['userId'] | undefined;
  /** A token of the page’s own back end. As a property also a function that gets one, called whenever one is needed. Another one of the same person is for the next connection; the session and its call go on. A function is taken for the same person’s: where another person signs in on the page, give `user-id` too. */
  token?: OmniDeviceSelect['token'] | undefined;
  /** A publishable key, for visitors without a token. */
  key?: OmniDeviceSelect['key'] | undefined;
  /** The name that the other side is shown. */
  displayName?: OmniDeviceSelect['displayName'] | undefined;
  /** Stays out of the room while it still rings: the first picture comes later, and nothing is billed before it. */
  noPrepare?: OmniDeviceSelect['noPrepare'] | undefined;
  /** The language of the widget’s texts: `ar`, `de`, `en`, `es`, `fr`, `ja`, `ko`, `pt-BR`, `vi` or `zh-CN`. Left out: the page’s. */
  lang?: OmniDeviceSelect['lang'] | undefined;
}

/** The events of `<omni-device-select>`. */
export interface OmniDeviceSelectEvents {
  /** Cameras, microphones or speakers changed. */
  'omni-devices': OmniDevicesEvent;
  /** Something failed. */
  'omni-error': OmniErrorEvent;
}

/** The attributes of `<omni-incoming>`. */
export interface OmniIncomingAttributes {
  /** The address of a sound to ring with, or `none`. Left out: the widget’s own. */
  ringtone?: OmniIncoming['ringtone'] | undefined;
  /** Answers by itself. Only for a page whose visitors expect to be seen, such as a kiosk. A call that is to be recorded is answered without that. */
  'auto-answer'?: OmniIncoming['autoAnswer'] | undefined;
  /** Shows a notification of the system while the page is hidden. */
  notify?: OmniIncoming['notify'] | undefined;
  /** Without the sounds of a telephone: ringing, busy, ended. The ringtone of an incoming call is `ringtone`’s. */
  silent?: OmniIncoming['silent'] | undefined;
  /** The call server’s address, as `https://calls.example.com`. Left out: the service of the place is used. */
  server?: OmniIncoming['server'] | undefined;
  /** Whose calls these are. Left out: the token’s, or an id that the server gives. */
  'user-id'?: OmniIncoming['userId'] | undefined;
  /** A token of the page’s own back end. As a property also a function that gets one, called whenever one is needed. Another one of the same person is for the next connection; the session and its call go on. A function is taken for the same person’s: where another person signs in on the page, give `user-id` too. */
  token?: OmniIncoming['token'] | undefined;
  /** A publishable key, for visitors without a token. */
  key?: OmniIncoming['key'] | undefined;
  /** The name that the other side is shown. */
  'display-name'?: OmniIncoming['displayName'] | undefined;
  /** Stays out of the room while it still rings: the first picture comes later, and nothing is billed before it. */
  'no-prepare'?: OmniIncoming['noPrepare'] | undefined;
  /** The language of the widget’s texts: `ar`, `de`, `en`, `es`, `fr`, `ja`, `ko`, `pt-BR`, `vi` or `zh-CN`. Left out: the page’s. */
  lang?: OmniIncoming['lang'] | undefined;
}

/** The properties of `<omni-incoming>`, for what sets those. */
export interface OmniIncomingProperties {
  /** The address of a sound to ring with, or `none`. Left out: the widget’s own. */
  ringtone?: OmniIncoming['ringtone'] | undefined;
  /** Answers by itself. Only for a page whose visitors expect to be seen, such as a kiosk. A call that is to be recorded is answered without that. */
  autoAnswer?: OmniIncoming['autoAnswer'] | undefined;
  /** Shows a notification of the system while the page is hidden. */
  notify?: OmniIncoming['notify'] | undefined;
  /** Without the sounds of a telephone: ringing, busy, ended. The ringtone of an incoming call is `ringtone`’s. */
  silent?: OmniIncoming['silent'] | undefined;
  /** The call server’s address, as `https://calls.example.com`. Left out: the service of the place is used. */
  server?: OmniIncoming['server'] | undefined;
  /** Whose calls these are. Left out: the token’s, or an id that the server gives. */
  userId?: OmniIncoming['userId'] | undefined;
  /** A token of the page’s own back end. As a property also a function that gets one, called whenever one is needed. Another one of the same person is for the next connection; the session and its call go on. A function is taken for the same person’s: where another person signs in on the page, give `user-id` too. */
  token?: OmniIncoming['token'] | undefined;
  /** A publishable key, for visitors without a token. */
  key?: OmniIncoming['key'] | undefined;
  /** The name that the other side is shown. */
  displayName?: OmniIncoming['displayName'] | undefined;
  /** Stays out of the room while it still rings: the first picture comes later, and nothing is billed before it. */
  noPrepare?: OmniIncoming['noPrepare'] | undefined;
  /** The language of the widget’s texts: `ar`, `de`, `en`, `es`, `fr`, `ja`, `ko`, `pt-BR`, `vi` or `zh-CN`. Left out: the page’s. */
  lang?: OmniIncoming['lang'] | undefined;
}

/** The events of `<omni-incoming>`. */
export interface OmniIncomingEvents {
  /** `phase` changed. */
  'omni-phase': OmniPhaseEvent;
  /** A call of this person is offered. */
  'omni-ringback': OmniRingbackEvent;
  /** Somebody calls. Can be cancelled: then ringtone and prompt are the page’s. */
  'omni-ringing': OmniRingingEvent;
  /** Both sides are in the call. */
  'omni-connected': OmniConnectedEvent;
  /** The call is over. Can be cancelled: then the summary is the page’s. */
  'omni-ended': OmniEndedEvent;
  /** One of the two stopped or started sending sound or picture. */
  'omni-mute': OmniMuteEvent;
  /** Cameras, microphones or speakers changed. */
  'omni-devices': OmniDevicesEvent;
  /** A text of the other side. */
  'omni-message': OmniMessageEvent;
  /** Recording was asked for, declined, started, paused, stopped or failed. */
  'omni-recording': OmniRecordingEvent;
  /** The browser keeps the ringtone silent, or no longer. */
  'omni-ringtone-blocked': OmniRingtoneBlockedEvent;
  /** Something failed. */
  'omni-error': OmniErrorEvent;
}
