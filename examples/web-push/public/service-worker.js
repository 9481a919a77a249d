const pages = () => self.clients.matchAll({ type: 'window', includeUncontrolled: true });

async function ring({ type, session, caller }) {
  // A page that is in front rings by itself.
  if ((await pages()).some(({ visibilityState }) => visibilityState === 'visible')) return;
  const rings = type === 'call.offered';
  await self.registration.showNotification(rings ? `${caller} is calling` : `${caller} called`, {
    // What comes later on the same call takes the place of what is shown.
    tag: session,
    requireInteraction: rings,
    ...(rings && { vibrate: [500, 250, 500, 250, 500] }),
  });
}

async function open() {
  const [page] = await pages();
  if (page) await page.focus();
  else await self.clients.openWindow('/');
}

self.addEventListener('push', (event) => event.waitUntil(ring(event.data.json())));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open());
});
