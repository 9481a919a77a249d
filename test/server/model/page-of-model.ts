import type { CreateMedia, Media, MediaState, MediaWish } from '../../../src/media/media.js';
import { NO_MEDIA } from '../../../src/media/media.js';
import { CallController } from '../../../src/service/call-controller.js';
import type { EventMessage } from '../../../src/service/event-messages.js';
import type { Ending } from '../../../src/protocol/call.js';
import type { FakeClock } from '../../unit/signalling/fake-clock.js';
import type { ServerOfModel } from './server-of-model.js';
import { Wire } from './wire.js';

interface HeldMedia {
  state: MediaState;
  wish: MediaWish | null;
  tell(state: MediaState): void;
}

/** A tab of somebody's: the real call service, with media that enters rooms when the test says so. */
export class PageOfModel {
  readonly user: string;
  readonly service: CallController;
  readonly messages: EventMessage[] = [];
  /** By call: the last that this page has shown or told of its end. */
  readonly endings = new Map<string, Pick<Ending, 'reason' | 'by'>>();
  /** By call: the session that this page had while it went on, or heard of it with. */
  readonly sessions = new Map<string, string>();
  readonly violations: string[] = [];
  wire: Wire | null = null;
  isClosed = false;
  /** It cannot reach the server. */
  isOffline = false;
  readonly #server: ServerOfModel;
  #media: HeldMedia | null = null;

  constructor(user: string, server: ServerOfModel, clock: FakeClock) {
    this.user = user;
    this.#server = server;
    this.service = new CallController({
      server: 'http://server',
      clock,
      openSocket: () => this.#connect(),
      loadMedia: async () => this.#createMedia,
    });
    this.service.on('event', (message) => {
      this.messages.push(message);
      const { lastEnding, session } = this.service.snapshot;
      const ends = message.cmd === 'LEAVE_EVENT' || message.cmd === 'CANCEL_EVENT';
      if (!ends || !lastEnding) return;
      this.endings.set(message.session, lastEnding);
      // Of a call that it asked for and that was over already it may be told while another is on the screen.
      if (session !== null && !this.sessions.has(message.session)) this.sessions.set(message.session, session);
      if (lastEnding.session !== message.session || lastEnding.reason !== message.reason) {
        this.violations.push(`${user} is told of ${message.session} what holds for ${lastEnding.session}`);
      }
    });
    this.service.subscribe(() => this.#note());
    this.service.createSession(user).catch(() => undefined);
  }

  /** Enters the room that is wished, or notices that the one it is in is gone. */
  stepMedia(): boolean {
    const media = this.#media;
    if (!media) return false;
    const room = media.wish?.room ?? null;
    if (media.state.link === 'joined' && media.state.generation === (room?.generation ?? null)) {
      if (room && this.#server.rooms.has(room.token)) return false;
      return this.#tell({ link: 'lost' });
    }
    if (!room || (media.state.link === 'lost' && media.state.generation === room.generation)) return false;
    const link = this.#server.rooms.has(room.token) ? 'joined' : 'lost';
    return this.#tell({ link, generation: room.generation });
  }

  close(): void {
    this.isClosed = true;
    this.service.close().catch(() => undefined);
  }

  #connect(): WebSocket {
    const wire = new Wire();
    this.wire = wire;
    // The handshake takes its time, as a real one does.
    queueMicrotask(() => {
      wire.open();
      if (this.isOffline) wire.cut();
      else this.#server.accept(wire);
    });
    return wire.pageSocket;
  }

  #tell(change: Partial<MediaState>): boolean {
    const media = this.#media;
    if (!media) return false;
    media.tell({ ...media.state, ...change });
    return true;
  }

  readonly #createMedia: CreateMedia = ({ onChange }): Media => {
    const held: HeldMedia = {
      state: NO_MEDIA,
      wish: null,
      tell: (state) => {
        held.state = state;
        onChange(state);
      },
    };
    this.#media = held;
    const nothing = async (): Promise<void> => undefined;
    return {
      get state() {
        return held.state;
      },
      want: (wish) => {
        held.wish = wish;
        if (held.state.link !== 'out' && held.state.generation !== (wish.room?.generation ?? null)) {
          held.state = { ...held.state, link: 'out', generation: null };
          onChange(held.state);
        }
      },
      switchDevice: nothing,
      setResolution: nothing,
      setBlur: nothing,
      setVolume: () => undefined,
      shareScreen: nothing,
      unshareScreen: nothing,
      startPlayback: nothing,
      retryDevices: () => undefined,
      close: () => {
        if (this.#media === held) this.#media = null;
      },
    };
  };

  #note(): void {
    const { call, phase } = this.service.snapshot;
    if (!call?.session) return;
    const { session } = this.service.snapshot;
    if (session !== null && (!call.ending || !this.sessions.has(call.session)))
      this.sessions.set(call.session, session);
    if (call.ending) this.endings.set(call.session, call.ending);
    else if (this.endings.has(call.session) && phase !== 'dialing') {
      this.violations.push(`${this.user} is shown ${call.session} again, as ${phase}, after its end`);
    }
  }
}
