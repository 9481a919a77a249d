/** The bare relay: whatever one page sends, the other gets. */
export async function connectRelay(url: string, onMessage: (text: string) => void): Promise<(text: string) => void> {
  const socket = new WebSocket(url);
  socket.addEventListener('message', (event) => onMessage(String(event.data)));
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  return (text) => socket.send(text);
}
