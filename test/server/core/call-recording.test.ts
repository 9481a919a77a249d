import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RECORDING_STATES, type RecordingState, type RecordingWish } from '../../../src/protocol/call.js';
import type { CallEvent, RecordingReport } from '../../../server/core/call-events.js';
import type { Call } from '../../../server/core/call.js';
import { offered, transition } from '../../../server/core/call-machine.js';
import { after, answerBy, BEGIN, mediaOf, offerOf } from './calls.js';

const report = (state: RecordingReport): CallEvent => ({ type: 'recording', state });
const wishBy = (session: string, userId: string, wish: RecordingWish): CallEvent => ({
  type: 'record',
  session,
  userId,
  wish,
});

const ringing = (): Call =>
  after(
    offered(offerOf('videocall', true), BEGIN).call,
    { type: 'room-ready', generation: 1 },
    { type: 'reached', displayName: 'Bob' },
    mediaOf('a', 'joined'),
  );
const connecting = (): Call => after(ringing(), answerBy('b1'));
const starting = (): Call => after(connecting(), mediaOf('b1', 'joined'));
const recording = (): Call => after(starting(), report('recording'));
const paused = (): Call => after(recording(), report('paused'));
const stopped = (): Call => after(recording(), report('stopped'));

const SITUATIONS = { ringing, starting, recording, paused, stopped, ready: () => after(stopped(), report('ready')) };
type Situation = keyof typeof SITUATIONS;

/** The recording's state after the event, with what is now wished of it; `-`: nothing changed; or the refusal. */
function words(call: Call, event: CallEvent): string {
  const outcome = transition(call, event, BEGIN + 1);
  if ('unchanged' in outcome) return '-';
  if ('refused' in outcome) return outcome.refused.code;
  const { recording: state, recordingWish: wish } = outcome.call;
  return wish === 'on' ? state : `${state}, ${wish} wished`;
}

const all = (
  atRinging: string,
  atStarting: string,
  atRecording: string,
  atPaused: string,
  atStopped: string,
  atReady: string,
): Record<Situation, string> => ({
  ringing: atRinging,
  starting: atStarting,
  recording: atRecording,
  paused: atPaused,
  stopped: atStopped,
  ready: atReady,
});

const NONE = 'bad-request';
const STRANGE = 'no-such-call';
const leave: CallEvent = { type: 'leave', session: 'a', userId: 'alice' };

// prettier-ignore
const TABLE: Record<string, [CallEvent, Record<Situation, string>]> = {
  //                                                                            ringing                      starting                    recording                   paused                   stopped     ready
  'the recorder has started':   [report('recording'),                       all('-',                         'recording',                '-',                        'recording',             '-',        '-')],
  'the recorder pauses':        [report('paused'),                          all('-',                         '-',                        'paused',                   '-',                     '-',        '-')],
  'the recorder stops':         [report('stopped'),                         all('-',                         '-',                        'stopped',                  'stopped',               '-',        '-')],
  'the file is put away':       [report('ready'),                           all('-',                         '-',                        '-',                        '-',                     'ready',    '-')],
  'the file is deleted':        [report('deleted'),                         all('-',                         '-',                        '-',                        '-',                     '-',        'deleted')],
  'the recorder fails':         [report('failed'),                          all('-',                         'failed',                   'failed',                   'failed',                'failed',   '-')],
  'the caller pauses':          [wishBy('a', 'alice', 'paused'),            all('requested, paused wished',  'requested, paused wished', 'recording, paused wished', 'paused, paused wished', NONE,       NONE)],
  'the callee pauses':          [wishBy('b1', 'bob', 'paused'),             all(STRANGE,                     'requested, paused wished', 'recording, paused wished', 'paused, paused wished', NONE,       NONE)],
  'the caller resumes':         [wishBy('a', 'alice', 'on'),                all('-',                         '-',                        '-',                        '-',                     NONE,       NONE)],
  'the caller stops':           [wishBy('a', 'alice', 'off'),               all('off',                       'off',                      'recording, off wished',    'paused, off wished',    NONE,       NONE)],
  'the callee stops':           [wishBy('b1', 'bob', 'off'),                all('declined',                  'declined',                 'recording, off wished',    'paused, off wished',    NONE,       NONE)],
  "the callee's other device stops": [wishBy('b2', 'bob', 'off'),           all('declined',                  STRANGE,                    STRANGE,                    STRANGE,                 STRANGE,    STRANGE)],
  'a stranger stops':           [wishBy('c', 'carol', 'off'),               all(STRANGE,                     STRANGE,                    STRANGE,                    STRANGE,                 STRANGE,    STRANGE)],
  'the callee answers':         [answerBy('b1'),                            all('requested',                 '-',                        '-',                        '-',                     '-',        '-')],
  'the callee answers without': [answerBy('b1', 'videocall', false),        all('declined',                  '-',                        '-',                        '-',                     '-',        '-')],
  'the caller hangs up':        [leave,                                     all('off',                       'off',                      'stopped',                  'stopped',               'stopped',  'ready')],
};

describe('the recording of a call', () => {
  for (const [name, [event, expected]] of Object.entries(TABLE)) {
    for (const [situation, make] of Object.entries(SITUATIONS)) {
      it(`${situation}, ${name}: ${expected[situation as Situation]}`, () => {
        assert.equal(words(make(), event), expected[situation as Situation]);
      });
    }
  }

  it('begins once both are there, and only then', () => {
    const effects = (call: Call, event: CallEvent): string[] => {
      const outcome = transition(call, event, BEGIN + 1);
      assert.ok('call' in outcome);
      return outcome.effects.map((effect) => effect.do);
    };
    assert.deepEqual(effects(ringing(), answerBy('b1')), []);
    assert.deepEqual(effects(connecting(), mediaOf('b1', 'joined')), ['record']);
    const unrecorded = after(ringing(), answerBy('b1', 'videocall', false));
    assert.deepEqual(effects(unrecorded, mediaOf('b1', 'joined')), []);
  });

  it('does not begin again when one comes back, or the room is another', () => {
    const moved = after(recording(), mediaOf('a', 'lost'), { type: 'room-ready', generation: 2 });
    const back = transition(after(moved, mediaOf('a', 'joined', 2)), mediaOf('b1', 'joined', 2), BEGIN + 1);
    assert.ok('call' in back);
    assert.deepEqual([back.call.stage, back.call.recording, back.effects], ['connected', 'recording', []]);
  });

  it('that is being stopped is not taken up again', () => {
    const stopping = after(recording(), wishBy('a', 'alice', 'off'));
    for (const wish of ['on', 'paused', 'off'] as const) assert.equal(words(stopping, wishBy('b1', 'bob', wish)), '-');
  });

  it('goes its way after the call', () => {
    const ended = after(recording(), leave);
    assert.equal(words(ended, report('ready')), 'ready');
    assert.equal(words(ended, report('recording')), '-');
    const failed = transition(ended, { type: 'recording', state: 'failed', problem: 'storage' }, BEGIN + 1);
    assert.ok('call' in failed);
    assert.deepEqual(
      [failed.call.recording, failed.call.recordingProblem, failed.call.end],
      ['failed', 'storage', ended.end],
    );
  });

  it('comes to every state', () => {
    const reached = new Set<RecordingState>(['off']);
    const note = (call: Call): unknown => reached.add(call.recording);
    for (const make of Object.values(SITUATIONS)) note(make());
    for (const state of ['declined', 'failed', 'deleted'] as const)
      if (Object.values(TABLE).some(([, expected]) => Object.values(expected).includes(state))) reached.add(state);
    assert.deepEqual([...reached].sort(), [...RECORDING_STATES].sort());
  });
});
