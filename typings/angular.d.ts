// Written by scripts/manifest.mjs.
import type * as angular from '@angular/core';
import type {
  OmniCall as OmniCallElement,
  OmniDeviceSelect as OmniDeviceSelectElement,
  OmniIncoming as OmniIncomingElement,
} from '../dist/index.js';
import type { OmniCallProperties, OmniDeviceSelectProperties, OmniIncomingProperties } from './elements.js';

/** `<omni-call>`: what is bound to its properties is checked. */
export declare class OmniCall {
  constructor(element: angular.ElementRef<OmniCallElement>);
  /** Whom the button calls. Left out: there is no button, and calls of the page’s script are shown. */
  set callee(value: OmniCallProperties['callee']);
  /** `videocall` or `audiocall`. */
  set callType(value: OmniCallProperties['callType']);
  /** Asks for the call to be recorded. The callee is told before the answer, and may answer without it. */
  set record(value: OmniCallProperties['record']);
  static ngAcceptInputType_record: unknown;
  /** Seconds that it rings, 1 to 600. Left out: the server’s. */
  set ringTimeout(value: OmniCallProperties['ringTimeout']);
  /** Answers a call that this person offered before the page opened: for a link in an invitation. */
  set caller(value: OmniCallProperties['caller']);
  /** Without the sounds of a telephone: ringing, busy, ended. The ringtone of an incoming call is `ringtone`’s. */
  set silent(value: OmniCallProperties['silent']);
  static ngAcceptInputType_silent: unknown;
  /** The call server’s address, as `https://calls.example.com`. Left out: the service of the place is used. */
  set server(value: OmniCallProperties['server']);
  /** Whose calls these are. Left out: the token’s, or an id that the server gives. */
  set userId(value: OmniCallProperties['userId']);
  /** A token of the page’s own back end. As a property also a function that gets one, called whenever one is needed. Another one of the same person is for the next connection; the session and its call go on. A function is taken for the same person’s: where another person signs in on the page, give `user-id` too. */
  set token(value: OmniCallProperties['token']);
  /** A publishable key, for visitors without a token. */
  set key(value: OmniCallProperties['key']);
  /** The name that the other side is shown. */
  set displayName(value: OmniCallProperties['displayName']);
  /** Stays out of the room while it still rings: the first picture comes later, and nothing is billed before it. */
  set noPrepare(value: OmniCallProperties['noPrepare']);
  static ngAcceptInputType_noPrepare: unknown;
  /** The language of the widget’s texts: `ar`, `de`, `en`, `es`, `fr`, `ja`, `ko`, `pt-BR`, `vi` or `zh-CN`. Left out: the page’s. */
  set lang(value: OmniCallProperties['lang']);
  static ɵfac: angular.ɵɵFactoryDeclaration<OmniCall, never>;
  static ɵdir: angular.ɵɵDirectiveDeclaration<
    OmniCall,
    'omni-call',
    never,
    {
      callee: { alias: 'callee'; required: false };
      callType: { alias: 'callType'; required: false };
      record: { alias: 'record'; required: false };
      ringTimeout: { alias: 'ringTimeout'; required: false };
      caller: { alias: 'caller'; required: false };
      silent: { alias: 'silent'; required: false };
      server: { alias: 'server'; required: false };
      userId: { alias: 'userId'; required: false };
      token: { alias: 'token'; required: false };
      key: { alias: 'key'; required: false };
      displayName: { alias: 'displayName'; required: false };
      noPrepare: { alias: 'noPrepare'; required: false };
      lang: { alias: 'lang'; required: false };
    },
    never,
    never,
    never,
    true,
    never
  >;
}

/** `<omni-device-select>`: what is bound to its properties is checked. */
export declare class OmniDeviceSelect {
  constructor(element: angular.ElementRef<OmniDeviceSelectElement>);
  /** `videoinput`, `audioinput` or `audiooutput`. Left out: all of them. */
  set kind(value: OmniDeviceSelectProperties['kind']);
  /** Offers a preview of what the other side would see and hear of the chosen devices. */
  set preview(value: OmniDeviceSelectProperties['preview']);
  static ngAcceptInputType_preview: unknown;
  /** The call server’s address, as `https://calls.example.com`. Left out: the service of the place is used. */
  set server(value: OmniDeviceSelectProperties['server']);
  /** Whose calls these are. Left out: the token’s, or an id that the server gives. */
  set userId(value: OmniDeviceSelectProperties['userId']);
  /** A token of the page’s own back end. As a property also a function that gets one, called whenever one is needed. Another one of the same person is for the next connection; the session and its call go on. A function is taken for the same person’s: where another person signs in on the page, give `user-id` too. */
  set token(value: OmniDeviceSelectProperties['token']);
  /** A publishable key, for visitors without a token. */
  set key(value: OmniDeviceSelectProperties['key']);
  /** The name that the other side is shown. */
  set displayName(value: OmniDeviceSelectProperties['displayName']);
  /** Stays out of the room while it still rings: the first picture comes later, and nothing is billed before it. */
  set noPrepare(value: OmniDeviceSelectProperties['noPrepare']);
  static ngAcceptInputType_noPrepare: unknown;
  /** The language of the widget’s texts: `ar`, `de`, `en`, `es`, `fr`, `ja`, `ko`, `pt-BR`, `vi` or `zh-CN`. Left out: the page’s. */
  set lang(value: OmniDeviceSelectProperties['lang']);
  static ɵfac: angular.ɵɵFactoryDeclaration<OmniDeviceSelect, never>;
  static ɵdir: angular.ɵɵDirectiveDeclaration<
    OmniDeviceSelect,
    'omni-device-select',
    never,
    {
      kind: { alias: 'kind'; required: false };
      preview: { alias: 'preview'; required: false };
      server: { alias: 'server'; required: false };
      userId: { alias: 'userId'; required: false };
      token: { alias: 'token'; required: false };
      key: { alias: 'key'; required: false };
      displayName: { alias: 'displayName'; required: false };
      noPrepare: { alias: 'noPrepare'; required: false };
      lang: { alias: 'lang'; required: false };
    },
    never,
    never,
    never,
    true,
    never
  >;
}

/** `<omni-incoming>`: what is bound to its properties is checked. */
export declare class OmniIncoming {
  constructor(element: angular.ElementRef<OmniIncomingElement>);
  /** The address of a sound to ring with, or `none`. Left out: the widget’s own. */
  set ringtone(value: OmniIncomingProperties['ringtone']);
  /** Answers by itself. Only for a page whose visitors expect to be seen, such as a kiosk. A call that is to be recorded is answered without that. */
  set autoAnswer(value: OmniIncomingProperties['autoAnswer']);
  static ngAcceptInputType_autoAnswer: unknown;
  /** Shows a notification of the system while the page is hidden. */
  set notify(value: OmniIncomingProperties['notify']);
  static ngAcceptInputType_notify: unknown;
  /** Without the sounds of a telephone: ringing, busy, ended. The ringtone of an incoming call is `ringtone`’s. */
  set silent(value: OmniIncomingProperties['silent']);
  static ngAcceptInputType_silent: unknown;
  /** The call server’s address, as `https://calls.example.com`. Left out: the service of the place is used. */
  set server(value: OmniIncomingProperties['server']);
  /** Whose calls these are. Left out: the token’s, or an id that the server gives. */
  set userId(value: OmniIncomingProperties['userId']);
  /** A token of the page’s own back end. As a property also a function that gets one, called whenever one is needed. Another one of the same person is for the next connection; the session and its call go on. A function is taken for the same person’s: where another person signs in on the page, give `user-id` too. */
  set token(value: OmniIncomingProperties['token']);
  /** A publishable key, for visitors without a token. */
  set key(value: OmniIncomingProperties['key']);
  /** The name that the other side is shown. */
  set displayName(value: OmniIncomingProperties['displayName']);
  /** Stays out of the room while it still rings: the first picture comes later, and nothing is billed before it. */
  set noPrepare(value: OmniIncomingProperties['noPrepare']);
  static ngAcceptInputType_noPrepare: unknown;
  /** The language of the widget’s texts: `ar`, `de`, `en`, `es`, `fr`, `ja`, `ko`, `pt-BR`, `vi` or `zh-CN`. Left out: the page’s. */
  set lang(value: OmniIncomingProperties['lang']);
  static ɵfac: angular.ɵɵFactoryDeclaration<OmniIncoming, never>;
  static ɵdir: angular.ɵɵDirectiveDeclaration<
    OmniIncoming,
    'omni-incoming',
    never,
    {
      ringtone: { alias: 'ringtone'; required: false };
      autoAnswer: { alias: 'autoAnswer'; required: false };
      notify: { alias: 'notify'; required: false };
      silent: { alias: 'silent'; required: false };
      server: { alias: 'server'; required: false };
      userId: { alias: 'userId'; required: false };
      token: { alias: 'token'; required: false };
      key: { alias: 'key'; required: false };
      displayName: { alias: 'displayName'; required: false };
      noPrepare: { alias: 'noPrepare'; required: false };
      lang: { alias: 'lang'; required: false };
    },
    never,
    never,
    never,
    true,
    never
  >;
}
