import { expect } from 'chai';
import { PushToTalk } from '../../../src/elements/call-surface/push-to-talk.js';
import { shortcutOf } from '../../../src/elements/call-surface/shortcuts.js';

const key = (key: string, code: string, change: Partial<KeyboardEventInit> = {}) =>
  new KeyboardEvent('keydown', { key, code, ...change });

describe('a shortcut', () => {
  it('is the letter, in either case, or the key of that place on a keyboard without Latin letters', () => {
    expect(shortcutOf(key('m', 'KeyM'))).to.equal('microphone');
    expect(shortcutOf(key('M', 'KeyM', { shiftKey: true }))).to.equal('microphone');
    expect(shortcutOf(key('ㅡ', 'KeyM'))).to.equal('microphone');
    expect(shortcutOf(key('ь', 'KeyM'))).to.equal('microphone');
    // On a French keyboard M is where others have a semicolon.
    expect(shortcutOf(key('m', 'Semicolon'))).to.equal('microphone');
    expect(shortcutOf(key(',', 'KeyM'))).to.equal(null);
    expect(shortcutOf(key('?', 'Slash', { shiftKey: true }))).to.equal('more');
  });

  it('is none with another key held, while text is composed, and for keys that do something already', () => {
    expect(shortcutOf(key('v', 'KeyV', { ctrlKey: true }))).to.equal(null);
    expect(shortcutOf(key('c', 'KeyC', { metaKey: true }))).to.equal(null);
    expect(shortcutOf(key('f', 'KeyF', { altKey: true }))).to.equal(null);
    expect(shortcutOf(key('m', 'KeyM', { isComposing: true }))).to.equal(null);
    for (const [name, code] of [
      ['Enter', 'Enter'],
      [' ', 'Space'],
      ['Escape', 'Escape'],
      ['constructor', ''],
    ] as const) {
      expect(shortcutOf(key(name, code))).to.equal(null);
    }
  });
});

describe('push-to-talk', () => {
  let said: boolean[];
  let push: PushToTalk;

  beforeEach(() => {
    said = [];
    push = new PushToTalk((on) => said.push(on));
  });
  afterEach(() => push.stop());

  it('opens the microphone while the key is held, once', () => {
    push.press();
    push.press();
    expect(said).to.deep.equal([true]);
    window.dispatchEvent(new KeyboardEvent('keyup', { key: 't' }));
    window.dispatchEvent(new KeyboardEvent('keyup', { key: 't' }));
    expect(said).to.deep.equal([true, false]);
  });

  it('mutes again when the window loses the focus, for the key is then let go unseen', () => {
    push.press();
    window.dispatchEvent(new Event('blur'));
    expect(said).to.deep.equal([true, false]);
  });

  it('leaves the microphone alone once the call is over', () => {
    push.press();
    push.stop();
    window.dispatchEvent(new KeyboardEvent('keyup', { key: 't' }));
    expect(said).to.deep.equal([true]);
  });
});
