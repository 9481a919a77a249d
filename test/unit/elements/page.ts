import 'axe-core';
import type axe from 'axe-core';
import { expect } from 'chai';
import { ContextProvider } from '@lit/context';
import type { LitElement } from 'lit';
import { callServiceContext } from '../../../src/service/context.js';
import '../../../src/define.js';
import type { CallService } from '../../../src/service/call-service.js';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** A place whose elements use that service. */
export function placeFor(service: CallService): HTMLElement {
  const place = document.createElement('div');
  new ContextProvider(place, { context: callServiceContext, initialValue: service });
  document.body.append(place);
  return place;
}

/** Adds an element, and resolves with it once it is drawn. */
export async function add<Tag extends 'omni-call' | 'omni-incoming' | 'omni-device-select'>(
  place: ParentNode,
  tag: Tag,
  attributes: Record<string, string> = {},
): Promise<HTMLElementTagNameMap[Tag]> {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries({ lang: 'en', ...attributes })) element.setAttribute(name, value);
  place.append(element);
  await element.updateComplete;
  return element;
}

export const part = <E extends HTMLElement = HTMLElement>(element: Element, name: string): E | null =>
  element.shadowRoot?.querySelector<E>(`[part~="${name}"]`) ?? null;

/** Resolves with a part as soon as it is drawn: what shows a call is loaded when one is near. */
export async function untilPart<E extends HTMLElement = HTMLElement>(element: LitElement, name: string): Promise<E> {
  await until(element, () => part(element, name) !== null);
  return part<E>(element, name) as E;
}

/** Resolves once it is so, looked at after each change of what the element shows. */
export async function until(element: LitElement, isSo: () => boolean): Promise<void> {
  await element.updateComplete;
  await new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => look());
    const look = (): void => {
      if (!isSo()) return;
      observer.disconnect();
      resolve();
    };
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    observer.observe(element.renderRoot, all);
    observer.observe(element, { attributes: true });
    look();
  });
}

/** What of it people see in words. */
export function textOf(element: Element): string {
  const words: string[] = [];
  const walk = (node: Node): void => {
    if (node instanceof HTMLElement && (node.hidden || node.classList.contains('unseen'))) return;
    if (node instanceof Text) words.push(node.data.trim());
    for (const child of node.childNodes) walk(child);
  };
  walk(element.shadowRoot ?? element);
  return words.filter(Boolean).join(' ');
}

/** What a screen reader is told by itself. */
export const announced = (element: Element): string =>
  [...(element.shadowRoot?.querySelectorAll('.unseen[role]') ?? [])]
    .map(({ textContent }) => textContent)
    .filter(Boolean)
    .join('. ');

/** Fails when axe finds anything that keeps people out. `besides`: rules that this is no page to look at for. */
export async function expectAccessible(element: Element, ...besides: string[]): Promise<void> {
  // A page's regions are the page's to make.
  const off = ['region', ...besides].map((rule) => [rule, { enabled: false }] as const);
  // A picture that is a call's has no file to be looked at first.
  const { violations } = await window.axe.run(element, { preload: false, rules: Object.fromEntries(off) });
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  expect(found, found.join('\n')).to.deep.equal([]);
}
