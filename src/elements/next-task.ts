const waiting: (() => void)[] = [];
let port: MessagePort | undefined;

/** Made at the first use: on a server an open channel would keep the process from ending. */
function openPort(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => waiting.shift()?.();
  return port2;
}

/** Resolves in a task of its own, soon, also on a page that is hidden and whose timers are slowed. */
export const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    (port ??= openPort()).postMessage(null);
  });
