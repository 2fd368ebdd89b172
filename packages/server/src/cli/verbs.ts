import type { Flag, VerbShape } from './arguments.ts';

/** One verb of the command line. */
export interface Verb extends VerbShape {
  readonly about: string;
}

const APPOINTMENT = [
  optional('village', 'A,B', 'villages of the directory, by name or id, parted by commas; * for all'),
  optional('school', 'A,B', 'schools of the directory, likewise'),
  optional('named-for', 'A,B', 'closed compartments that name the person: sealed, hiv'),
  optional('title', 'TEXT', 'what the person is called in the office'),
  optional('until', 'YYYY-MM-DD', 'the last day of work; never for none'),
];

/** The verbs, in the order of the help. */
export const VERBS = {
  init: {
    about:
      'Makes an empty data directory for a commune (CT_DATA_DIR), its key file beside it, and invites its first two people.',
    flags: [
      required('name', 'NAME', 'the commune’s name'),
      optional('province', 'NAME', 'its province'),
      required('administrator', 'NAME', 'who administers the directory'),
      required('lead', 'NAME', 'the child-protection worker of the commune'),
      optional('url', 'URL', 'where browsers will find the Hub'),
    ],
    words: [],
  },
  invite: {
    about: 'Invites a person; prints the code, once, and as a QR code to scan.',
    flags: [
      required('name', 'NAME', 'the person’s name'),
      required(
        'role',
        'ROLE',
        'collaborator, teacher, nurse, police, lead, councilOffice, union, chair, province, administrator',
      ),
      ...APPOINTMENT,
      optional('url', 'URL', 'where browsers find the Hub'),
    ],
    words: [],
  },
  'member list': {
    about: 'Lists everybody who was ever appointed, by number.',
    flags: [bare('json', 'prints JSON')],
    words: [],
  },
  'member invite': {
    about: 'Invites somebody again: to a further device, after a lost one, or when the first invitation ran out.',
    flags: [optional('url', 'URL', 'where browsers find the Hub')],
    words: ['NUMBER'],
  },
  'member change': {
    about: 'Changes what is given of an appointment, from now on; lists given replace those before.',
    flags: [optional('name', 'NAME', 'the person’s name'), optional('role', 'ROLE', 'another role'), ...APPOINTMENT],
    words: ['NUMBER'],
  },
  'member suspend': {
    about: 'Ends somebody’s rights at once; his devices still hand in what they hold.',
    flags: [],
    words: ['NUMBER'],
  },
  'member restore': { about: 'Gives somebody who was suspended his rights back.', flags: [], words: ['NUMBER'] },
  'place list': { about: 'Lists the villages and schools.', flags: [bare('json', 'prints JSON')], words: [] },
  'place add': {
    about: 'Adds villages and schools to the directory, by name.',
    flags: [
      optional('village', 'A,B', 'names of villages, parted by commas'),
      optional('school', 'A,B', 'names of schools, likewise'),
    ],
    words: [],
  },
  'place rename': {
    about: 'Gives a place another name; its id stays, and a village is still known by the old one in rosters.',
    flags: [],
    words: ['PLACE', 'NAME'],
  },
  import: {
    about: 'Imports a roster as the commune’s lead: through admission, as any tablet.',
    flags: [
      bare('dry-run', 'only says what would happen'),
      bare('json', 'prints JSON: rows, ready, problems, duplicates'),
      bare('account', 'with --json: also what becomes of every row, and the columns as understood'),
      optional('sheet', 'NAME', 'only this sheet; otherwise every sheet that is a roster'),
      optional('member', 'NUMBER', 'whose work it is; the first lead otherwise'),
    ],
    words: ['FILE.xlsx'],
  },
  verify: {
    about: 'Checks the whole Feed: the chain, every signature, every document rebuilt beside the one served.',
    flags: [bare('json', 'prints JSON')],
    words: [],
  },
  'key rotate': {
    about:
      'Gives all that is stored another key, made now, while the Hub goes on; the old key file is kept beside the new one, for older backups.',
    flags: [],
    words: [],
  },
  devices: { about: 'Lists the enrolled devices.', flags: [bare('json', 'prints JSON')], words: [] },
  revoke: { about: 'Ends a device: its session is closed and nothing more reaches it.', flags: [], words: ['DEVICE'] },
} as const satisfies Readonly<Record<string, Verb>>;

/** A verb's name. */
export type VerbName = keyof typeof VERBS;

/** Returns the verb that the words begin with, of one word or two; null when they begin with none. */
export function verbIn([first = '', second = '']: readonly string[]): VerbName | null {
  const name = [`${first} ${second}`, first].find((words) => Object.hasOwn(VERBS, words));
  return (name as VerbName | undefined) ?? null;
}

/** Returns how to use the command line. */
export function usage(): string {
  const lines = Object.entries<Verb>(VERBS).map(([name, { about, flags, words }]) => {
    const parts = [...flags.map(flagText), ...words];
    const options = flags.map((flag) => `      --${flag.name}  ${flag.about}`);
    return [`  ${[name, ...parts].join(' ')}`, `      ${about}`, ...options].join('\n');
  });
  return `npm run -s ct -- VERB …\n\n${lines.join('\n\n')}\n`;
}

function flagText({ name, value, isRequired }: Flag): string {
  const text = value === null ? `--${name}` : `--${name} ${value}`;
  return isRequired ? text : `[${text}]`;
}

function required(name: string, value: string, about: string): Flag {
  return { name, value, isRequired: true, about };
}

function optional(name: string, value: string, about: string): Flag {
  return { name, value, isRequired: false, about };
}

function bare(name: string, about: string): Flag {
  return { name, value: null, isRequired: false, about };
}
