import type * as OmniCall from 'omni-call';
import { deferred, measure, plainPage } from './bench-page.js';

let service: OmniCall.CallService;
let callee: string;
const rings = deferred<void>();
const remote = plainPage(() => void service.answerCall());

function show({ remote: { camera } }: OmniCall.CallSnapshot): void {
  const shown = (remote.srcObject as MediaStream | null)?.getTracks()[0] ?? null;
  if (camera !== shown) remote.srcObject = camera && new MediaStream([camera]);
}

measure({
  async start({ me, other, server }) {
    callee = other;
    const { createCallService } = (await import(`${server}/omni-call.js`)) as typeof OmniCall;
    service = createCallService({ server, userId: me });
    service.subscribe((snapshot) => {
      if (snapshot.phase === 'ringing') rings.resolve();
      show(snapshot);
    });
    await service.createSession(me);
    // What the others capture; the default is larger.
    await service.setResolution('VGA');
  },
  async ring() {
    await service.offerCall('videocall', callee);
  },
  async rung() {
    await rings.promise;
  },
  async hangUp() {
    await service.leave();
  },
});
