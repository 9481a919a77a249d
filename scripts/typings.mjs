import { format } from 'prettier';
import { angularCode, angularTypes } from './angular.mjs';

const comment = (text) => (text ? `/** ${text.replace(/\s+/g, ' ').trim()} */\n` : '');

const lines = (each) => each.join('\n');

/** What pages may write on the tags, and what they hear from them. */
function elements(tags) {
  const events = [...new Set(tags.flatMap((tag) => (tag.events ?? []).map(({ type }) => type.text)))];
  const interfaces = tags.map((tag) => {
    const attributes = (tag.attributes ?? []).filter(({ fieldName }) => fieldName);
    return `
${comment(`The attributes of \`<${tag.tagName}>\`.`)}export interface ${tag.name}Attributes {
${lines(attributes.map(({ name, fieldName, description }) => `${comment(description)}'${name}'?: ${tag.name}['${fieldName}'] | undefined;`))}
}

${comment(`The properties of \`<${tag.tagName}>\`, for what sets those.`)}export interface ${tag.name}Properties {
${lines(attributes.map(({ fieldName, description }) => `${comment(description)}${fieldName}?: ${tag.name}['${fieldName}'] | undefined;`))}
}

${comment(`The events of \`<${tag.tagName}>\`.`)}export interface ${tag.name}Events {
${lines((tag.events ?? []).map(({ name, type, description }) => `${comment(description)}'${name}': ${type.text};`))}
}`;
  });
  return `import type { ${[...tags.map(({ name }) => name), ...events].join(', ')} } from '../dist/index.js';
${interfaces.join('\n')}`;
}

const PARTS = ['Attributes', 'Events'];

const imports = (tags, parts = PARTS) =>
  `import type { ${tags.map(({ name }) => name).join(', ')} } from '../dist/index.js';
import type { ${tags.flatMap(({ name }) => parts.map((part) => name + part)).join(', ')} } from './elements.js';`;

const types = (type, name, parts = PARTS) => `${type}<${[name, ...parts.map((part) => name + part)].join(', ')}>`;

const entries = (tags) => lines(tags.map(({ tagName, name }) => `'${tagName}': ${types('Tag', name)};`));

const PASCAL = `/** \`omni-ended\` as \`OmniEnded\`. */
type Pascal<Name extends string> = Name extends \`\${infer First}-\${infer Rest}\`
  ? \`\${Capitalize<First>}\${Pascal<Rest>}\`
  : Capitalize<Name>;`;

/** `key` is the framework’s own on every tag, so the tag’s is left out. */
const react = (tags) => `import type { HTMLAttributes, ReactElement, RefAttributes } from 'react';
import type { ${tags.map(({ name }) => `${name} as ${name}Element`).join(', ')} } from '../dist/index.js';
import type { ${tags.flatMap(({ name }) => [...PARTS, 'Properties'].map((part) => name + part)).join(', ')} } from './elements.js';

type Tag<Element, Attributes, Events> = HTMLAttributes<Element> &
  RefAttributes<Element> &
  Omit<Attributes, 'key'> & { [Name in keyof Events & string as \`on\${Name}\`]?: (event: Events[Name]) => void };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${lines(tags.map(({ tagName, name }) => `'${tagName}': Tag<${name}Element, ${name}Attributes, ${name}Events>;`))}
    }
  }
}

${PASCAL}

type Props<Element, Properties, Events> = Omit<HTMLAttributes<Element>, keyof Properties> &
  RefAttributes<Element> &
  Omit<Properties, 'key'> & {
    /** A publishable key, for visitors without a token: the tag’s \`key\`, a name that React keeps to itself. */
    publishableKey?: string | undefined;
  } & { [Name in keyof Events & string as \`on\${Pascal<Name>}\`]?: ((event: Events[Name]) => void) | undefined };

${tags.map(({ tagName, name }) => `/** \`<${tagName}>\` with properties and handlers also on a page that a server rendered. */\nexport declare function ${name}(props: Props<${name}Element, ${name}Properties, ${name}Events>): ReactElement;`).join('\n')}`;

const preact = (tags) => `import type { HTMLAttributes } from 'preact';
${imports(tags)}

type Tag<Element extends EventTarget, Attributes, Events> = HTMLAttributes<Element> &
  Omit<Attributes, 'key'> & { [Name in keyof Events & string as \`on\${Name}\`]?: (event: Events[Name]) => void };

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
${entries(tags)}
    }
  }
}`;

const solid = (tags) => `import type { JSX } from 'solid-js';
${imports(tags)}

type Tag<Element, Attributes, Events> = Omit<JSX.HTMLAttributes<Element>, keyof Attributes> &
  Attributes & { [Name in keyof Events & string as \`on:\${Name}\`]?: (event: Events[Name]) => void };

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
${entries(tags)}
    }
  }
}`;

const svelte = (tags) => `import type { HTMLAttributes } from 'svelte/elements';
${imports(tags)}

type Tag<Element extends EventTarget, Attributes, Events> = HTMLAttributes<Element> &
  Attributes & { [Name in keyof Events & string as \`on\${Name}\`]?: (event: Events[Name]) => void };

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
${entries(tags)}
  }
}`;

const vue = (tags) => `import type { HTMLAttributes } from 'vue';
${imports(tags)}

${PASCAL}

/** \`user-id\` as \`userId\`: what templates are checked by. */
type Camel<Name extends string> = Uncapitalize<Pascal<Name>>;

type Tag<Element, Attributes, Events> = new () => Element & {
  /** \`key\` is Vue’s, the tag’s is \`.key\`: the compiler takes both for the same. */
  $props: HTMLAttributes & { key?: PropertyKey | undefined } & { [Name in Exclude<keyof Attributes & string, 'key'> as Camel<Name>]?: Attributes[Name] } & { [Name in keyof Events & string as \`on\${Pascal<Name>}\`]?: (event: Events[Name]) => void };
};

declare module 'vue' {
  interface GlobalComponents {
${entries(tags)}
  }
}`;

const FRAMEWORKS = { preact, react, solid, svelte, vue };

/** The typings of the tags for frameworks, and Angular's directives: file name → text. */
export async function typingsOf(manifest) {
  const tags = manifest.modules.flatMap(({ declarations }) => declarations).filter(({ tagName }) => tagName);
  const files = {
    'angular.js': angularCode(tags),
    'angular.d.ts': angularTypes(tags, comment),
    'elements.d.ts': elements(tags),
    ...Object.fromEntries(Object.entries(FRAMEWORKS).map(([name, write]) => [`${name}.d.ts`, write(tags)])),
  };
  const options = { parser: 'typescript', singleQuote: true, printWidth: 120 };
  return Promise.all(
    Object.entries(files).map(async ([name, text]) => [
      `typings/${name}`,
      await format(`// Written by scripts/manifest.mjs.\n${text}`, options),
    ]),
  );
}
