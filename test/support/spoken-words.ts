import type { CallPage } from './call-page.js';

/** Milliseconds after which what should have been said has not. */
const LIMIT = 15_000;

declare global {
  interface Window {
    /** What a screen reader has said by itself. */
    said: string[];
  }
}

/** Runs in a page. */
function listen(): void {
  window.said = [];
  const root = document.querySelector('omni-call, omni-incoming')?.shadowRoot;
  if (!root) throw new Error('There is no tag to listen to.');
  /** Of each live region, the words in it. Those that come with a region are not said: only what changes there is. */
  const known = new Map<Element, string[]>();
  const wordsOf = (region: Element): string[] => {
    const parts = region.role === 'log' ? [...region.children] : [region];
    return parts.map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim()).filter(Boolean);
  };
  const look = (): void => {
    for (const region of root.querySelectorAll('[role=status], [role=alert], [role=log]')) {
      const before = known.get(region);
      const words = wordsOf(region);
      known.set(region, words);
      if (before) window.said.push(...words.filter((each) => !before.includes(each)));
    }
  };
  look();
  new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true });
}

/** Notes from now on what a screen reader says by itself of the page's tag. */
export const listenTo = ({ page }: CallPage): Promise<void> => page.evaluate(listen);

/**
 * Resolves once as many things have been said as are wanted, with all that has been; after a while with fewer. That it
 * is _Calling_ may be over before it is drawn, so it counts for nothing where it comes first.
 */
export async function said({ page }: CallPage, count: number): Promise<string[]> {
  const all = await page.evaluateHandle(
    (passing) => () => window.said.slice(window.said[0] === passing ? 1 : 0),
    'Calling…',
  );
  await page
    .waitForFunction((all, count) => all().length >= count, { polling: 25, timeout: LIMIT }, all, count)
    .catch(() => undefined);
  return all.evaluate((all) => all());
}
