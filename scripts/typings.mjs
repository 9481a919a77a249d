import { format } from 'prettier';

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

${comment(`The events of \`<${tag.tagName}>\`.`)}export interface ${tag.name}Events {
${lines((tag.events ?? []).map(({ name, type, description }) => `${comment(description)}'${name}': ${type.text};`))}
}`;
  });
  return `import type { ${[...tags.map(({ name }) => name), ...events].join(', ')} } from '../dist/index.js';
${interfaces.join('\n')}`;
}

const imports = (tags) =>
  `import type { ${tags.map(({ name }) => name).join(', ')} } from '../dist/index.js';
import type { ${tags.flatMap(({ name }) => [`${name}Attributes`, `${name}Events`]).join(', ')} } from './elements.js';`;

const entries = (tags) =>
  lines(tags.map(({ tagName, name }) => `'${tagName}': Tag<${name}, ${name}Attributes, ${name}Events>;`));

const react = (tags) => `import type { HTMLAttributes, RefAttributes } from 'react';
${imports(tags)}

type Tag<Element, Attributes, Events> = HTMLAttributes<Element> &
  RefAttributes<Element> &
  Attributes & { [Name in keyof Events & string as \`on\${Name}\`]?: (event: Events[Name]) => void };

declare module 'react' {
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

/** \`omni-ended\` as \`OmniEnded\`. */
type Pascal<Name extends string> = Name extends \`\${infer First}-\${infer Rest}\`
  ? \`\${Capitalize<First>}\${Pascal<Rest>}\`
  : Capitalize<Name>;

/** \`user-id\` as \`userId\`: what templates are checked by. */
type Camel<Name extends string> = Uncapitalize<Pascal<Name>>;

type Tag<Element, Attributes, Events> = new () => Element & {
  $props: HTMLAttributes & { [Name in keyof Attributes & string as Camel<Name>]?: Attributes[Name] } & { [Name in keyof Events & string as \`on\${Pascal<Name>}\`]?: (event: Events[Name]) => void };
};

declare module 'vue' {
  interface GlobalComponents {
${entries(tags)}
  }
}`;

/** The typings of the tags for frameworks: file name → text. */
export async function typingsOf(manifest) {
  const tags = manifest.modules.flatMap(({ declarations }) => declarations).filter(({ tagName }) => tagName);
  const files = { elements: elements(tags), react: react(tags), svelte: svelte(tags), vue: vue(tags) };
  const options = { parser: 'typescript', singleQuote: true, printWidth: 120 };
  return Promise.all(
    Object.entries(files).map(async ([name, text]) => [
      `typings/${name}.d.ts`,
      await format(`// Written by scripts/manifest.mjs.\n${text}`, options),
    ]),
  );
}
