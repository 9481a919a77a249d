import type { OmniConnectedEvent, OmniEndedEvent } from 'omni-call';
import { OmniCall, OmniIncoming } from 'omni-call/react';
import { useState } from 'react';

export function App({ page }: { page: URL }) {
  const [news, setNews] = useState('No call yet');
  const callee = page.searchParams.get('callee');
  const call = {
    server: page.searchParams.get('server') ?? page.origin,
    userId: page.searchParams.get('user') ?? 'guest',
    onOmniConnected: ({ userId }: OmniConnectedEvent) => setNews(`In a call with ${userId}`),
    onOmniEnded: ({ reason }: OmniEndedEvent) => setNews(`Ended: ${reason}`),
  };
  return (
    <>
      <h1>{news}</h1>
      {callee ? <OmniCall {...call} callee={callee} /> : <OmniIncoming {...call} />}
    </>
  );
}
