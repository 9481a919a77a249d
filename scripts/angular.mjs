/*
 * The tags as Angular's directives, so that a strict template checks what is bound to them, which a custom element
 * by itself is not. Written as Angular's compiler writes a library: its linker takes that in an app's build.
 */
const propertiesOf = (tag) =>
  (tag.attributes ?? [])
    .filter(({ fieldName }) => fieldName)
    .map(({ fieldName, description, type }) => ({ name: fieldName, description, isBoolean: type?.text === 'boolean' }));

const input = ({ name, isBoolean }) =>
  isBoolean ? `${name}: ['${name}', '${name}', angular.booleanAttribute]` : `${name}: '${name}'`;

const directive = (tag) => `
export class ${tag.name} {
  #element;

  constructor({ nativeElement }) {
    this.#element = nativeElement;
  }
${propertiesOf(tag)
  .map(
    ({ name }) => `
  set ${name}(value) {
    this.#element.${name} = value;
  }`,
  )
  .join('\n')}

  static ɵfac = angular.ɵɵngDeclareFactory({
    minVersion: '12.0.0',
    version: '19.0.0',
    ngImport: angular,
    type: ${tag.name},
    deps: [{ token: angular.ElementRef }],
    target: angular.ɵɵFactoryTarget.Directive,
  });
  static ɵdir = angular.ɵɵngDeclareDirective({
    minVersion: '16.1.0',
    version: '19.0.0',
    ngImport: angular,
    type: ${tag.name},
    isStandalone: true,
    selector: '${tag.tagName}',
    inputs: { ${propertiesOf(tag).map(input).join(', ')} },
  });
}`;

const declaration = (tag, comment) => `
${comment(`\`<${tag.tagName}>\`: what is bound to its properties is checked.`)}export declare class ${tag.name} {
  constructor(element: angular.ElementRef<${tag.name}Element>);
${propertiesOf(tag)
  .map(
    ({ name, description, isBoolean }) =>
      `${comment(description)}set ${name}(value: ${tag.name}Properties['${name}']);${isBoolean ? `\nstatic ngAcceptInputType_${name}: unknown;` : ''}`,
  )
  .join('\n')}
  static ɵfac: angular.ɵɵFactoryDeclaration<${tag.name}, never>;
  static ɵdir: angular.ɵɵDirectiveDeclaration<${tag.name}, '${tag.tagName}', never, {
    ${propertiesOf(tag)
      .map(({ name }) => `${name}: { alias: '${name}'; required: false };`)
      .join('\n')}
  }, never, never, never, true, never>;
}`;

export const angularCode = (tags) => `import * as angular from '@angular/core';
import '../dist/define.js';
${tags.map(directive).join('\n')}`;

export const angularTypes = (tags, comment) => `import type * as angular from '@angular/core';
import type { ${tags.map(({ name }) => `${name} as ${name}Element`).join(', ')} } from '../dist/index.js';
import type { ${tags.map(({ name }) => `${name}Properties`).join(', ')} } from './elements.js';
${tags.map((tag) => declaration(tag, comment)).join('\n')}`;
