export interface RingNotice {
  title: string;
  body: string;
  /** The call's id: tabs that notify of the same call show one notification. */
  tag: string;
}

/** Shows a system notification while the page is hidden; a click brings the tab forward. Returns the way to take it away. */
export function notifyOfRing({ title, body, tag }: RingNotice): () => void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return () => {};
  let shown: Notification | null = null;
  const show = (): void => {
    if (!document.hidden || shown) return;
    try {
      shown = new Notification(title, { body, tag, requireInteraction: true });
    } catch {
      // Chrome on Android knows notifications of service workers only.
      return;
    }
    shown.addEventListener('click', () => {
      window.focus();
      shown?.close();
    });
  };
  show();
  document.addEventListener('visibilitychange', show);
  return () => {
    document.removeEventListener('visibilitychange', show);
    shown?.close();
  };
}
