import { expect } from 'chai';
import { CallController } from '../../../src/service/call-controller.js';
import { CALL_TYPE, OmniCallError } from '../../../src/protocol/index.js';
import { FakeClock } from '../signalling/fake-clock.js';
import { FakeServer } from '../signalling/fake-server.js';
import { ringing } from './views.js';

describe('in a browser without WebRTC', () => {
  const real = Object.getOwnPropertyDescriptor(globalThis, 'RTCPeerConnection');
  let server: FakeServer;
  let service: CallController;

  before(() => Reflect.deleteProperty(globalThis, 'RTCPeerConnection'));
  after(() => void (real && Object.defineProperty(globalThis, 'RTCPeerConnection', real)));
  beforeEach(async () => {
    server = new FakeServer();
    service = new CallController({ server: 'http://server', clock: new FakeClock(), openSocket: server.openSocket });
    const session = service.createSession('me');
    await server.welcome();
    await session;
  });
  afterEach(() => service.close());

  const codeOf = (work: Promise<unknown>): Promise<unknown> =>
    work.catch((error: unknown) => error instanceof OmniCallError && error.code);

  it('rings nobody, and says why', async () => {
    expect(await codeOf(service.offerCall(CALL_TYPE.VIDEO_CALL, 'other'))).to.equal('unsupported-browser');
    expect(service.snapshot.phase).to.equal('idle');
    expect(server.received.map(({ type }) => type)).to.deep.equal(['hello']);
  });

  it('is rung, and does not take the call from the devices that can', async () => {
    server.show(ringing());
    expect(await codeOf(service.answerCall())).to.equal('unsupported-browser');
    expect(service.snapshot.phase).to.equal('ringing');
    expect(server.received.map(({ type }) => type)).to.not.include('answer');
  });
});
