// The reference of the three elements, and of their events, from custom-elements.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../prepare.mjs';

const cell = (text) => (text ?? '').replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
const code = (text) => (text ? `\`${cell(text)}\`` : '');

/** A table of Markdown; nothing where there are no rows. */
export function table(title, heads, rows) {
  if (rows.length === 0) return '';
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  return `\n## ${title}\n\n${line(heads)}${line(heads.map(() => '---'))}${rows.map(line).join('')}`;
}

/** One row for a property and the attribute that sets it. */
const propertyRow = ({ name, type, default: initial, description, attribute, readonly }) => [
  code(attribute),
  code(name) + (readonly ? ' (read-only)' : ''),
  code(type?.text),
  code(initial),
  cell(description),
];

const described = (items = []) => items.map(({ name, description }) => [code(name), cell(description)]);

function elementPage(element, ofEvents) {
  const { tagName, description, attributes = [], members = [], events = [] } = element;
  const properties = members.map((member) =>
    // Reflected, which the manifest tells of the attribute only.
    propertyRow({
      ...member,
      attribute: member.attribute ?? attributes.find(({ name }) => name === member.name)?.name,
    }),
  );
  const fired = events.map(({ name, type, description: about }) => [
    code(name),
    ofEvents.has(type.text) ? `[\`${type.text}\`](events.md#${type.text.toLowerCase()})` : code(type.text),
    cell(about),
  ]);
  return `# \`<${tagName}>\`

${description}

\`\`\`html
<${tagName}></${tagName}>
\`\`\`

Which service it belongs to is said by \`server\`, \`user-id\`, \`token\`, \`key\` and \`display-name\`. Without \`server\` it uses the
nearest provider above it, else the page’s shared service.
${table('Attributes and properties', ['Attribute', 'Property', 'Type', 'Default', ''], properties)}${table('Events', ['Event', 'Class', 'When'], fired)}${table('Slots', ['Slot', 'Place'], described(element.slots))}${table(
    'Parts',
    ['`::part()`', ''],
    described(element.cssParts),
  )}${table(
    'Custom properties',
    ['Property', 'Default', ''],
    (element.cssProperties ?? []).map(({ name, default: initial, description: about }) => [
      code(name),
      code(initial),
      cell(about),
    ]),
  )}${table('States', ['`:state()`', 'While'], described(element.cssStates))}`;
}

function eventSection({ name, description, members = [] }) {
  const fields = members.filter(({ kind, privacy }) => kind === 'field' && privacy !== 'private');
  const rows = fields.map(({ name: field, type, description: about }) => [code(field), code(type?.text), cell(about)]);
  return `${table(name, ['Field', 'Type', ''], rows).replace(`## ${name}\n`, `## ${name}\n\n${description ?? ''}\n`)}`;
}

function eventsPage(classes) {
  return `# Events

Each is a class of its own, in \`HTMLElementEventMap\`, bubbles, and crosses shadow trees. [How to react to them](../guide/events.md).
${classes.map(eventSection).join('')}`;
}

export function elementPages() {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'custom-elements.json'), 'utf8'));
  const declarations = manifest.modules.flatMap((module) => module.declarations);
  const classes = declarations.filter(({ name }) => /^Omni\w+Event$/.test(name) && name !== 'OmniEvent');
  const elements = declarations.filter(({ tagName }) => tagName);
  const ofEvents = new Set(classes.map(({ name }) => name));
  const order = ['omni-call', 'omni-incoming', 'omni-device-select'];
  elements.sort((one, other) => order.indexOf(one.tagName) - order.indexOf(other.tagName));
  return [
    ...elements.map((element) => ({ name: element.tagName, markdown: elementPage(element, ofEvents) })),
    { name: 'events', markdown: eventsPage(classes) },
  ];
}
