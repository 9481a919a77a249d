/** Milliseconds between the page's own title and the ring's. */
const EVERY = 1000;

/** Alternates the page's title with `text`. Returns the way to stop, which puts the page's own title back. */
export function flashTitle(text: string): () => void {
  const own = document.title;
  let shown = own;
  const show = (title: string): void => {
    shown = title;
    document.title = title;
  };
  show(text);
  const timer = setInterval(() => show(shown === own ? text : own), EVERY);
  return () => {
    clearInterval(timer);
    // A title that the page set meanwhile is the page's.
    if (document.title === text) document.title = own;
  };
}
