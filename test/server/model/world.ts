import type { Call } from '../../../server/core/call.js';
import { viewFor } from '../../../server/core/call-view.js';
import { FakeClock } from '../../unit/signalling/fake-clock.js';
import { PageOfModel } from './page-of-model.js';
import { GRACE, ServerOfModel } from './server-of-model.js';

export type Step =
  | { do: 'deliver'; tab: number; to: 'server' | 'page' }
  | { do: 'deliver-all' }
  | { do: 'media'; tab: number }
  | { do: 'offer'; tab: number; callee: number; video: boolean }
  | { do: 'answer'; tab: number }
  | { do: 'answer-from'; tab: number; caller: number }
  | { do: 'leave'; tab: number }
  | { do: 'mute'; tab: number }
  | { do: 'cut'; tab: number }
  | { do: 'offline'; tab: number }
  | { do: 'online'; tab: number }
  | { do: 'close'; tab: number }
  | { do: 'open'; tab: number }
  | { do: 'livekit-restarts' }
  | { do: 'wait'; ms: number };

const USERS = ['alice', 'bob', 'carol'] as const;

/** Milliseconds of the clock that pass at a time: what they set off is done before the next. */
const TICK = 5_000;
/** Past the time-out of a ring and twice the grace period. */
const CALM = 120_000;

const ignore = (): undefined => undefined;

/** Lets everything run that waits for nothing but its turn. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Three people with two tabs each, one call server, and the network between them. */
export class World {
  readonly #clock = new FakeClock();
  readonly #server = new ServerOfModel(this.#clock);
  readonly #tabs: PageOfModel[] = [];
  readonly #gone: PageOfModel[] = [];

  async begin(): Promise<void> {
    for (let tab = 0; tab < 2 * USERS.length; tab++) this.#tabs.push(this.#open(tab));
    await settled();
    await this.#deliverAll();
  }

  async take(step: Step): Promise<void> {
    const page = 'tab' in step ? this.#tabs[step.tab] : undefined;
    switch (step.do) {
      case 'deliver':
        page?.wire?.deliver(step.to);
        break;
      case 'deliver-all':
        await this.#deliverAll();
        break;
      case 'media':
        page?.stepMedia();
        break;
      case 'offer':
        page?.service.offerCall(step.video ? 'videocall' : 'audiocall', USERS[step.callee] ?? '').catch(ignore);
        break;
      case 'answer':
        page?.service.answerCall().catch(ignore);
        break;
      case 'answer-from':
        page?.service.answerCall('videocall', USERS[step.caller]).catch(ignore);
        break;
      case 'leave':
        page?.service.leave().catch(ignore);
        break;
      case 'mute':
        page?.service.setMute('audio').catch(ignore);
        break;
      case 'cut':
        page?.wire?.cut();
        break;
      case 'offline':
        if (page) page.isOffline = true;
        page?.wire?.cut();
        break;
      case 'online':
        if (page) page.isOffline = false;
        break;
      case 'close':
        this.#close(step.tab);
        break;
      case 'open':
        this.#close(step.tab);
        this.#tabs[step.tab] = this.#open(step.tab);
        break;
      case 'livekit-restarts':
        this.#server.rooms.clear();
        break;
      case 'wait':
        await this.#pass(step.ms);
    }
    await settled();
  }

  /** The network is good again, everybody hangs up, and time goes by. */
  async calmDown(): Promise<void> {
    for (const page of this.#tabs) page.isOffline = false;
    await this.#deliverAll();
    await this.#pass(CALM);
    for (const { service } of this.#tabs) service.leave().catch(ignore);
    await settled();
    await this.#deliverAll();
    await this.#pass(GRACE + TICK);
  }

  /** What is wrong, in words, and all calls that there were. */
  async account(): Promise<{ problems: string[]; ended: Call[] }> {
    const { store, rooms, errors } = this.#server;
    const problems = [...errors.map(String), ...[...this.#tabs, ...this.#gone].flatMap(({ violations }) => violations)];
    if (rooms.size > 0) problems.push(`${rooms.size} rooms are left`);
    const ended = new Map<string, Call>();
    for (const user of USERS) {
      const open = await store.callOf(user);
      if (open) problems.push(`${user} is in a call for ever: ${open.stage}`);
      for (const call of await store.historyOf(user, 1000)) ended.set(call.id, call);
    }
    for (const page of this.#tabs) problems.push(...this.#wrongAt(page, ended));
    return { problems, ended: [...ended.values()] };
  }

  async end(): Promise<void> {
    for (const page of this.#tabs) page.close();
    await settled();
    await this.#deliverAll();
    for (const page of [...this.#tabs, ...this.#gone]) page.wire?.cut();
    await settled();
  }

  #wrongAt(page: PageOfModel, ended: ReadonlyMap<string, Call>): string[] {
    if (page.isClosed) return [];
    const { phase } = page.service.snapshot;
    const wrong: string[] = [];
    if (phase !== 'idle' && phase !== 'ended') wrong.push(`${page.user} is left ${phase}`);
    for (const [id, shown] of page.endings) {
      const call = ended.get(id);
      const session = page.sessions.get(id);
      const view = call && session !== undefined ? viewFor(call, session, page.user, null, this.#clock.now()) : null;
      const account = view?.ending;
      if (!account) {
        wrong.push(`${page.user} knows of ${id}, which ended ${shown.reason}, and the server does not`);
      } else if (account.reason !== shown.reason || account.by !== shown.by) {
        wrong.push(
          `${page.user} was told that ${id} ended ${shown.reason} by ${shown.by}: it was ${account.reason} by ${account.by}`,
        );
      }
    }
    return wrong;
  }

  #open(tab: number): PageOfModel {
    return new PageOfModel(USERS[tab % USERS.length] ?? '', this.#server, this.#clock);
  }

  #close(tab: number): void {
    const page = this.#tabs[tab];
    if (!page || page.isClosed) return;
    page.close();
    this.#gone.push(page);
  }

  async #pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= TICK) {
      this.#clock.pass(Math.min(TICK, left));
      await settled();
      await this.#server.lookAtDeadlines();
      await this.#deliverAll();
    }
  }

  /** Until nothing is on its way, and everybody is in the room that is theirs. */
  async #deliverAll(): Promise<void> {
    const pages = [...this.#tabs, ...this.#gone];
    for (;;) {
      let moved = false;
      for (const page of pages) {
        while (page.wire && page.wire.waiting > 0) {
          moved = true;
          page.wire.deliver(page.wire.toServer.length > 0 ? 'server' : 'page');
          await settled();
        }
        if (!page.isClosed && page.stepMedia()) {
          moved = true;
          await settled();
        }
      }
      if (!moved) return;
    }
  }
}
