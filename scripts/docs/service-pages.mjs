// The reference of the call service, its types, errors and constants, from the sources' doc comments.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../prepare.mjs';

/** The types that pages come by, in the order in which one meets them. */
const TYPES = [
  ['src/service/call-service.ts', ['CallServiceOptions', 'OfferOptions']],
  ['src/service/snapshot.ts', ['CallSnapshot', 'CallInfo', 'Phase']],
  ['src/media/media.ts', ['LocalMedia', 'LocalTrack', 'SendState', 'RemoteMedia', 'Quality']],
  ['src/media/devices.ts', ['DeviceLists', 'Device', 'DeviceKind', 'Resolution']],
  [
    'src/protocol/call.ts',
    ['PartyView', 'Muted', 'Ending', 'EndReason', 'RecordingState', 'CallType', 'TrackType', 'Json'],
  ],
  ['src/protocol/errors.ts', ['OmniCallError', 'ERROR_CODES']],
  ['src/protocol/call-record.ts', ['CallRecord', 'CallRecordParty']],
];

const CONSTANTS = ['CALL_TYPE', 'TRACK_TYPE', 'SESSION_STATE', 'END_REASONS'];

function parse(path) {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

const plain = (comment) => (ts.getTextOfJSDocComment(comment) ?? '').replace(/\{@link (\w+)\}/g, '`$1`');

const docOf = (node) =>
  ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .map(({ comment }) => plain(comment))
    .join('\n');

/** A declaration as it stands in the source, without `export`. */
const sourceOf = (node) => node.getText().replace(/^export /, '');

const named = (file, name) => {
  const found = file.statements.find((node) =>
    ts.isVariableStatement(node)
      ? node.declarationList.declarations.some((declaration) => declaration.name.getText() === name)
      : node.name?.getText() === name,
  );
  if (!found) throw new Error(`${file.fileName} has no ${name}, which the reference shows.`);
  return found;
};

const block = (text) => `\`\`\`ts\n${text}\n\`\`\`\n`;

const section = (name, node) => `\n### ${name}\n\n${docOf(node) && `${docOf(node)}\n\n`}${block(sourceOf(node))}`;

function memberSection(member) {
  const signature = member.getText().replace(/;$/, '');
  return `\n### ${member.name.getText()}\n\n${block(signature)}${docOf(member) && `\n${docOf(member)}\n`}`;
}

/** `on` and `off` are in the interface as two declarations; each other name once. */
function servicePage() {
  const service = named(parse('src/service/call-service.ts'), 'CallService');
  const shared = parse('src/service/shared-services.ts');
  const functions = ['createCallService', 'getCallService'].map((name) => {
    const node = named(shared, name);
    const head = sourceOf(node).replace(/(\): CallService(?: \| null)?)[^]*/, '$1');
    return `\n### ${name}\n\n${block(head)}\n${docOf(node)}\n`;
  });
  return `# The call service

${docOf(service)}

The elements use one; a page without elements, or beside them, does too. [How to call by script](../guide/script.md).

## Getting one
${functions.join('')}
## Its members
${service.members.map(memberSection).join('')}`;
}

function messagesPage() {
  const file = parse('src/service/event-messages.ts');
  const messages = file.statements.filter((node) => node.name);
  const isExported = (node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  const [shown, bases] = [messages.filter(isExported), messages.filter((node) => !isExported(node))];
  return `# Messages of \`on('event')\`

\`service.on('event', listener)\` calls the listener with each of these, told apart by \`cmd\`.

## The messages
${shown.map((node) => section(node.name.getText(), node)).join('')}
## What they share
${bases.map((node) => section(node.name.getText(), node)).join('')}`;
}

function typesPage() {
  const sections = TYPES.flatMap(([path, names]) => {
    const file = parse(path);
    return names.map((name) => section(name, named(file, name)));
  });
  const call = parse('src/protocol/call.ts');
  return `# Types and constants

All are exported by \`omni-call\`, the list of error codes by \`omni-call/protocol\`.

## Constants
${CONSTANTS.map((name) => section(name, named(call, name))).join('')}
## Types
${sections.join('')}`;
}

export const servicePages = () => [
  { name: 'service', markdown: servicePage() },
  { name: 'messages', markdown: messagesPage() },
  { name: 'types', markdown: typesPage() },
];
