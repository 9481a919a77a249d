import { expect } from 'chai';
import { ContextProvider } from '@lit/context';
import { callServiceContext } from '../../../src/service/context.js';
import type { CallService } from '../../../src/service/call-service.js';
import {
  acquireService,
  createCallService,
  getCallService,
  watchPageService,
  type ServiceLease,
} from '../../../src/service/shared-services.js';
import { FakeServer } from '../signalling/fake-server.js';
import { FakeMedia } from './fake-media.js';
import { over, ringback } from './views.js';

// Nothing connects before createSession, so no server is needed.
const server = 'http://server.example';

/** Resolves after the task in which a service that nobody holds is closed. */
const afterTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('the page’s services', () => {
  const leases: ServiceLease[] = [];
  const made: CallService[] = [];
  const acquire = (...args: Parameters<typeof acquireService>): ServiceLease => {
    const lease = acquireService(...args);
    leases.push(lease);
    return lease;
  };
  const create = (...args: Parameters<typeof createCallService>): CallService => {
    const service = createCallService(...args);
    made.push(service);
    return service;
  };

  afterEach(async () => {
    for (const lease of leases.splice(0)) lease.release();
    await Promise.all(made.splice(0).map((service) => service.close()));
    await afterTask();
    expect(getCallService()).to.equal(null);
  });

  it('are shared by who names the same server and user', () => {
    const { service } = acquire({ server, userId: 'alice' });
    expect(acquire({ server, userId: 'alice', token: 'token' }).service).to.equal(service);
    expect(acquire({ server, userId: 'bob' }).service).not.to.equal(service);
    expect(acquire({ server: 'http://other.example', userId: 'alice' }).service).not.to.equal(service);
  });

  it('without a user id are told apart by their token', () => {
    const { service } = acquire({ server, token: 'one' });
    expect(acquire({ server, token: 'one' }).service).to.equal(service);
    expect(acquire({ server, token: 'other' }).service).not.to.equal(service);
  });

  it('stay when they are let go and taken again in one task', async () => {
    const first = acquire({ server, userId: 'alice' });
    first.release();
    const second = acquire({ server, userId: 'alice' });
    await afterTask();
    expect(getCallService()).to.equal(first.service);
    expect(second.service).to.equal(first.service);
  });

  it('stay for as long as one holds them', async () => {
    const first = acquire({ server, userId: 'alice' });
    const second = acquire({ server, userId: 'alice' });
    first.release();
    first.release();
    await afterTask();
    expect(getCallService()).to.equal(first.service);
    second.release();
    await afterTask();
    expect(getCallService()).to.equal(null);
  });

  it('that are still hanging up are left alone by who comes then', async () => {
    const far = new FakeServer();
    const { openSocket } = far;
    const options = { server, userId: 'me', openSocket, loadMedia: new FakeMedia().load };
    const first = acquire(options);
    const began = first.service.createSession();
    await far.welcome(1, { call: ringback() });
    await began;
    first.release();
    const leave = await far.request('leave');
    const second = acquire(options);
    expect(second.service).not.to.equal(first.service);
    far.reply(leave);
    far.show(over(ringback(), 'cancelled', 'me'));
    await far.request('bye');
    expect(getCallService()).to.equal(second.service);
  });

  it('of the page itself stay until it closes them', async () => {
    const service = create({ server, userId: 'alice' });
    const lease = acquire({ server, userId: 'alice' });
    expect(lease.service).to.equal(service);
    lease.release();
    await afterTask();
    expect(getCallService()).to.equal(service);
    await service.close();
    expect(getCallService()).to.equal(null);
  });

  it('are found from an element: the nearest provider’s, else the page’s', () => {
    const shared = create({ server, userId: 'alice' });
    const provided = create({ server, userId: 'bob' });
    const outer = document.createElement('div');
    const inner = document.createElement('div');
    outer.append(inner);
    document.body.append(outer);
    expect(getCallService(inner)).to.equal(shared);
    new ContextProvider(outer, { context: callServiceContext, initialValue: provided });
    expect(getCallService(inner)).to.equal(provided);
    expect(getCallService()).to.equal(shared);
    outer.remove();
  });

  it('tell who waits for one', async () => {
    const seen: (CallService | null)[] = [];
    const stop = watchPageService((service) => seen.push(service));
    const first = create({ server, userId: 'alice' });
    const second = create({ server, userId: 'bob' });
    await first.close();
    stop();
    await second.close();
    expect(seen).to.deep.equal([null, first, second]);
  });
});
