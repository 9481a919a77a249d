// Written by scripts/manifest.mjs.
import * as angular from '@angular/core';
import '../dist/define.js';

export class OmniCall {
  #element;

  constructor({ nativeElement }) {
    this.#element = nativeElement;
  }

  set callee(value) {
    this.#element.callee = value;
  }

  set callType(value) {
    this.#element.callType = value;
  }

  set record(value) {
    this.#element.record = value;
  }

  set ringTimeout(value) {
    this.#element.ringTimeout = value;
  }

  set caller(value) {
    this.#element.caller = value;
  }

  set silent(value) {
    this.#element.silent = value;
  }

  set server(value) {
    this.#element.server = value;
  }

  set userId(value) {
    this.#element.userId = value;
  }

  set token(value) {
    this.#element.token = value;
  }

  set key(value) {
    this.#element.key = value;
  }

  set displayName(value) {
    this.#element.displayName = value;
  }

  set noPrepare(value) {
    this.#element.noPrepare = value;
  }

  set lang(value) {
    this.#element.lang = value;
  }

  static ɵfac = angular.ɵɵngDeclareFactory({
    minVersion: '12.0.0',
    version: '19.0.0',
    ngImport: angular,
    type: OmniCall,
    deps: [{ token: angular.ElementRef }],
    target: angular.ɵɵFactoryTarget.Directive,
  });
  static ɵdir = angular.ɵɵngDeclareDirective({
    minVersion: '16.1.0',
    version: '19.0.0',
    ngImport: angular,
    type: OmniCall,
    isStandalone: true,
    selector: 'omni-call',
    inputs: {
      callee: 'callee',
      callType: 'callType',
      record: ['record', 'record', angular.booleanAttribute],
      ringTimeout: 'ringTimeout',
      caller: 'caller',
      silent: ['silent', 'silent', angular.booleanAttribute],
      server: 'server',
      userId: 'userId',
      token: 'token',
      key: 'key',
      displayName: 'displayName',
      noPrepare: ['noPrepare', 'noPrepare', angular.booleanAttribute],
      lang: 'lang',
    },
  });
}

export class OmniDeviceSelect {
  #element;

  constructor({ nativeElement }) {
    this.#element = nativeElement;
  }

  set kind(value) {
    this.#element.kind = value;
  }

  set preview(value) {
    this.#element.preview = value;
  }

  set server(value) {
    this.#element.server = value;
  }

  set userId(value) {
    this.#element.userId = value;
  }

  set token(value) {
    this.#element.token = value;
  }

  set key(value) {
    this.#element.key = value;
  }

  set displayName(value) {
    this.#element.displayName = value;
  }

  set noPrepare(value) {
    this.#element.noPrepare = value;
  }

  set lang(value) {
    this.#element.lang = value;
  }

  static ɵfac = angular.ɵɵngDeclareFactory({
    minVersion: '12.0.0',
    version: '19.0.0',
    ngImport: angular,
    type: OmniDeviceSelect,
    deps: [{ token: angular.ElementRef }],
    target: angular.ɵɵFactoryTarget.Directive,
  });
  static ɵdir = angular.ɵɵngDeclareDirective({
    minVersion: '16.1.0',
    version: '19.0.0',
    ngImport: angular,
    type: OmniDeviceSelect,
    isStandalone: true,
    selector: 'omni-device-select',
    inputs: {
      kind: 'kind',
      preview: ['preview', 'preview', angular.booleanAttribute],
      server: 'server',
      userId: 'userId',
      token: 'token',
      key: 'key',
      displayName: 'displayName',
      noPrepare: ['noPrepare', 'noPrepare', angular.booleanAttribute],
      lang: 'lang',
    },
  });
}

export class OmniIncoming {
  #element;

  constructor({ nativeElement }) {
    this.#element = nativeElement;
  }

  set ringtone(value) {
    this.#element.ringtone = value;
  }

  set autoAnswer(value) {
    this.#element.autoAnswer = value;
  }

  set notify(value) {
    this.#element.notify = value;
  }

  set silent(value) {
    this.#element.silent = value;
  }

  set server(value) {
    this.#element.server = value;
  }

  set userId(value) {
    this.#element.userId = value;
  }

  set token(value) {
    this.#element.token = value;
  }

  set key(value) {
    this.#element.key = value;
  }

  set displayName(value) {
    this.#element.displayName = value;
  }

  set noPrepare(value) {
    this.#element.noPrepare = value;
  }

  set lang(value) {
    this.#element.lang = value;
  }

  static ɵfac = angular.ɵɵngDeclareFactory({
    minVersion: '12.0.0',
    version: '19.0.0',
    ngImport: angular,
    type: OmniIncoming,
    deps: [{ token: angular.ElementRef }],
    target: angular.ɵɵFactoryTarget.Directive,
  });
  static ɵdir = angular.ɵɵngDeclareDirective({
    minVersion: '16.1.0',
    version: '19.0.0',
    ngImport: angular,
    type: OmniIncoming,
    isStandalone: true,
    selector: 'omni-incoming',
    inputs: {
      ringtone: 'ringtone',
      autoAnswer: ['autoAnswer', 'autoAnswer', angular.booleanAttribute],
      notify: ['notify', 'notify', angular.booleanAttribute],
      silent: ['silent', 'silent', angular.booleanAttribute],
      server: 'server',
      userId: 'userId',
      token: 'token',
      key: 'key',
      displayName: 'displayName',
      noPrepare: ['noPrepare', 'noPrepare', angular.booleanAttribute],
      lang: 'lang',
    },
  });
}
