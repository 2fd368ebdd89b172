import { COMPARTMENTS } from '@chungtay/core/model/compartment';
/** The words in which the command line says a no of the office. */
import type { OfficeProblem, OfficeProblemCode } from '@chungtay/core/wire/office';

type Words = (problem: OfficeProblem) => string;

const FLAG_OF: Readonly<Record<string, string>> = { villages: '--village', schools: '--school' };

const WORDS: Readonly<Record<OfficeProblemCode, Words>> = {
  'not-allowed': () => 'That is not for you to order.',
  'too-fast': () => 'Too many orders at once.',
  'other-deed': () => 'That key was used for another order.',
  'too-large': () => 'The answer is too large.',
  'unknown-verb': () => 'This Hub does not know that verb. Is it older than this program?',
  malformed: () => 'This Hub does not understand what was asked.',
  name: () => '--name needs a name of 1 to 120 characters.',
  title: () => '--title needs 1 to 120 characters.',
  label: () => 'A device is called by 1 to 120 characters.',
  'unknown-places': ({ texts = [] }) =>
    `The directory has no ${quoted(texts)}, or several that differ only in marks. place list shows what it has.`,
  'unknown-compartments': ({ texts = [] }) => `There is no compartment ${quoted(texts)}: ${COMPARTMENTS.join(', ')}.`,
  'needs-places': ({ role, texts = [] }) => {
    const flags = texts.map((kind) => `${FLAG_OF[kind]} A,B or ${FLAG_OF[kind]} "*" for all`);
    return `A ${role} works in places: ${flags.join(', or ')}.`;
  },
  until: () => '--until needs a day, YYYY-MM-DD, or never.',
  nobody: ({ member }) => `${member} is nobody’s number. member list shows everybody’s.`,
  suspended: ({ member }) => `${member} is suspended: member restore ${member} first.`,
  ended: ({ member }) => `The work of ${member} has ended: member change ${member} --until first.`,
  'last-lead': ({ member, name }) =>
    `${name} (${member}) is the last lead at work on some day to come, and reports need one: invite another with --role lead and no --until first.`,
  'no-device': ({ name }) => `${name} is not an enrolled device.`,
  yourself: () => 'Nobody orders that of himself.',
  'not-yours': () => 'A lead orders that of collaborators alone.',
  'no-naming': ({ member }) => `Nothing waits to be confirmed for ${member}.`,
  'no-place': () => 'Which place? --village A,B or --school A,B',
  'place-unknown': ({ name }) => `The directory has no “${name}”, or several that differ only in marks.`,
  'place-name': ({ name }) => `“${name}” is no name of a place: 1 to 120 characters.`,
  'place-taken': ({ name, texts = [] }) => `The directory has “${name}” already: ${texts.join(', ')}.`,
  'no-lead': ({ member }) =>
    member === undefined
      ? 'There is no lead to import for. Invite one: invite --role lead …'
      : `${member} is no lead at work. member list shows who is.`,
  'no-recovery': () => 'Nobody asks for that any more.',
  'no-share': () => 'That device keeps no share of it.',
  'approved-already': () => 'That person has approved it already.',
  said: ({ texts = [] }) => texts.join(' '),
};

/** Returns what an answer's `problem` says, in English; null when it is none. */
export function problemWords(problem: unknown): string | null {
  if (typeof problem === 'string') return problem;
  if (typeof problem !== 'object' || problem === null) return null;
  const { code } = problem as OfficeProblem;
  return Object.hasOwn(WORDS, code) ? WORDS[code](problem as OfficeProblem) : code;
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `“${text}”`).join(', ');
}
