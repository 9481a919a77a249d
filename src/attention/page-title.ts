/** Milliseconds between the page's own title and the ring's. */
const EVERY = 1000;

/** Alternates the page's title with `text`. Returns the way to stop, which puts the page's own title back. */
export function flashTitle(text: string): () => void {
  let own = document.title;
  let shown = own;
  const flash = (): void => {
    // A title that the page set meanwhile is the page's own.
    if (document.title !== shown) own = document.title;
    document.title = shown === own ? text : own;
    // Read back: the browser takes out spaces that are too many.
    shown = document.title;
  };
  flash();
  const timer = setInterval(flash, EVERY);
  return () => {
    clearInterval(timer);
    if (document.title === shown) document.title = own;
  };
}
