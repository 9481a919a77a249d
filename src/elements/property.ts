import type { PropertyDeclaration, ReactiveElement } from 'lit';

/** Lit's own decorator of that name, for fields and TypeScript's kind of decorators alone, at a tenth of its weight. */
export const property =
  (options?: PropertyDeclaration) =>
  (prototype: ReactiveElement, name: PropertyKey): void =>
    (prototype.constructor as typeof ReactiveElement).createProperty(name, options);

/** The same, for a field that only the element itself sets. */
export const state = () => property({ state: true, attribute: false });
