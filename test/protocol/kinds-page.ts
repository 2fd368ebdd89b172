/** docs/kinds.md, written from the kinds themselves. */
import { EXTRACTS } from '@chungtay/core/derive/extract';
import type { Column, FieldDefinition, FieldInput, KindDefinition } from '@chungtay/core/kinds/define';
import { KINDS } from '@chungtay/core/kinds/registry';

const OPENING = `# Kinds of documents

What each document may hold: its fields, how they live in it ([protocol](protocol.md) § 4), their values, and who writes them where the kind
names somebody. Written from \`packages/core/src/kinds\` by \`vitest run test/protocol -u\`; the tests fail when the two differ.
A value is null once it was cleared; in a row or a record, what is not marked \`!\` may be missing.
`;

/** Returns the page. */
export function kindsPage(): string {
  return [OPENING, ...KINDS.map(kindText), extractsText()].join('\n');
}

function kindText(kind: KindDefinition): string {
  const path = `\`<folder of a ${kind.folder}>/${kind.id}${kind.singleton ? '' : '/<ulid>'}\``;
  const rest = [
    `compartment \`${kind.compartment}\``,
    ...(kind.numbered === undefined ? [] : [`numbered ${kind.numbered} by the Hub`]),
    ...(kind.hubOnly ? ['written by the Hub alone'] : []),
    ...(kind.authored ? ['corrected by its maker alone'] : []),
  ];
  const fields = Object.entries(kind.fields).map(([name, field]) => `- \`${name}\` ${fieldText(field)}`);
  return [`## ${kind.id}`, '', `${[path, ...rest].join(', ')}.`, '', ...fields, ''].join('\n');
}

function fieldText({ type, input, columns, schema, writers, scope }: FieldDefinition): string {
  const value = columns
    ? Object.entries(columns).map(
        ([name, column]) => `\`${name}\`${isRequired(schema, name) ? '!' : ''} ${columnText(column)}`,
      )
    : [inputText(input)];
  const notes = [
    ...(scope === undefined ? [] : [`sets the ${scope} of the folder`]),
    ...(writers === undefined ? [] : [`by ${writers.join(', ')}`]),
  ];
  return [`${type}: ${value.join('; ')}`, ...notes].join(' — ');
}

function isRequired(schema: FieldDefinition['schema'], column: string): boolean {
  const read = schema.safeParse({});
  return !read.success && read.error.issues.some(({ path }) => path[0] === column);
}

function columnText({ input }: Column): string {
  return inputText(input);
}

function inputText(input: FieldInput): string {
  if (input.as === 'choice') return `one of ${input.options.join(' · ')}`;
  if (input.as === 'choices') return `some of ${input.options.join(' · ')}`;
  if (input.as === 'catalogue') return `a code of the directory’s ${input.catalogue}`;
  if (input.as === 'catalogues') return `codes of the directory’s ${input.catalogue}`;
  if (input.as === 'number')
    return `a number ${input.min ?? ''}–${input.max ?? ''}${input.unit === undefined ? '' : ` ${input.unit}`}`;
  return WORDS[input.as];
}

const WORDS: Readonly<
  Record<Exclude<FieldInput['as'], 'choice' | 'choices' | 'catalogue' | 'catalogues' | 'number'>, string>
> = {
  text: 'a line',
  longText: 'a text',
  name: 'a name',
  phone: 'phone numbers',
  personalId: 'twelve digits',
  partialDate: 'YYYY, YYYY-MM or YYYY-MM-DD',
  date: 'YYYY-MM-DD',
  dateTime: 'an instant in ms',
  yesNo: 'true or false',
  village: 'a village of the directory',
  school: 'a school of the directory',
  member: 'a member number',
  link: 'ids',
  hidden: 'plain JSON',
};

function extractsText(): string {
  const lines = Object.entries(EXTRACTS).map(
    ([id, { kinds, tells }]) => `- \`${id}\` of ${kinds.join(', ')}: ${tells.map((name) => `\`${name}\``).join(', ')}`,
  );
  return ['## Extracts', '', 'What the Hub derives for those who may not hold the document.', '', ...lines, ''].join(
    '\n',
  );
}
