import type { ElementHandle, Page } from 'puppeteer-core';
import type { Phase } from '../../src/service/snapshot.js';

type Tag = 'omni-call' | 'omni-incoming' | 'omni-device-select';

/** The visible part of that name in the shadow of a tag, as soon as it is there. */
export async function part<E extends Element = HTMLElement>(
  page: Page,
  tag: Tag,
  name: string,
): Promise<ElementHandle<E>> {
  const found = await page.waitForSelector(`${tag} >>> [part~="${name}"]`, { visible: true });
  if (!found) throw new Error(`<${tag}> has no part ${name}.`);
  return found as unknown as ElementHandle<E>;
}

/** Presses a control once it can be pressed. */
export async function press(page: Page, tag: Tag, name: string): Promise<void> {
  const control = await part<HTMLButtonElement>(page, tag, name);
  await control.evaluate((button) => button.click());
}

/** Resolves when a tag's `phase` is this one. Rejects, with the one it is in, when it does not come to that. */
export async function untilPhase(page: Page, tag: Tag, phase: Phase): Promise<void> {
  await page.evaluate(
    (tag, phase) =>
      new Promise<void>((resolve, reject) => {
        const element = document.querySelector(tag);
        if (!element) return reject(new Error(`There is no <${tag}>.`));
        const isThere = (): boolean => element.getAttribute('phase') === phase;
        if (isThere()) return resolve();
        const observer = new MutationObserver(() => {
          if (isThere()) end(resolve);
        });
        const end = (settle: () => void): void => {
          clearTimeout(deadline);
          observer.disconnect();
          settle();
        };
        const deadline = setTimeout(
          () => end(() => reject(new Error(`<${tag}> is ${element.getAttribute('phase')}, not ${phase}.`))),
          15_000,
        );
        observer.observe(element, { attributeFilter: ['phase'] });
      }),
    tag,
    phase,
  );
}
