/** Attacks on the structure of an honest update, by name. */
import type { Dice } from '../base/random.support.ts';
import type { Entry } from './entry.ts';
import type { Attempt } from './hostile.support.ts';
import { anyBytes, encodeLoose } from './loose-update.support.ts';
import type { LooseSection, LooseStruct, LooseUpdate } from './loose-update.support.ts';

/** What an attack may change, and what it may look at. */
export interface Target {
  readonly loose: LooseUpdate;
  readonly section: LooseSection;
  readonly struct: LooseStruct;
  readonly attempt: Attempt;
  readonly dice: Dice;
}

/** Structural attacks; none of them alone may ever be admitted. */
export const ATTACKS: ReadonlyMap<string, (target: Target) => void> = new Map<string, (target: Target) => void>([
  ['a second section', ({ loose, section }) => void loose.sections.push(section)],
  [
    'a foreign section',
    ({ loose, section, attempt, dice }) => void loose.sections.push({ ...section, client: otherClient(attempt, dice) }),
  ],
  ['no section', ({ loose }) => void (loose.sections = [])],
  ['a foreign client', ({ section, attempt, dice }) => rename(section, otherClient(attempt, dice), section.clock)],
  ['a clock gap', ({ section, dice }) => rename(section, section.client, section.clock + 1 + dice.below(9))],
  ['a clock overlap', ({ section }) => rename(section, section.client, section.clock === 0 ? 1 : section.clock - 1)],
  ['a huge clock', ({ section }) => rename(section, section.client, 2 ** 40)],
  ['a wide client', ({ section, dice }) => rename(section, 2 ** 32 + dice.below(99), section.clock)],
  [
    'a wrong count',
    ({ section, dice }) =>
      void (section.count = dice.pick([
        0,
        section.structs.length + 1,
        section.structs.length - 1,
        201,
        2 ** 31,
        2 ** 52,
      ])),
  ],
  [
    'too many structs',
    ({ section, struct }) => void (section.structs = Array.from({ length: 201 }, () => ({ ...struct }))),
  ],
  ['a GC run', ({ section, dice }) => void section.structs.splice(0, 1, gap(0, dice))],
  ['a Skip', ({ section, dice }) => void section.structs.splice(0, 1, gap(10, dice))],
  ['a struct byte', ({ struct, dice }) => void (struct.info = (0x29 + dice.below(255)) % 256)],
  [
    'an origin',
    ({ struct, attempt, dice }) =>
      void Object.assign(struct, { info: dice.pick([0x88, 0xa8]), before: idBytes(attempt, dice) }),
  ],
  [
    'a right origin',
    ({ struct, attempt, dice }) =>
      void Object.assign(struct, { info: dice.pick([0x48, 0x68]), before: idBytes(attempt, dice) }),
  ],
  [
    'a nested type',
    ({ struct, dice }) => void Object.assign(struct, { info: 0x27, count: dice.below(7), content: new Uint8Array() }),
  ],
  ['binary', ({ struct }) => void Object.assign(struct, { info: 0x23, count: 3, content: new Uint8Array(3) })],
  [
    'formatting',
    ({ struct }) => void Object.assign(struct, { info: 0x26, content: new Uint8Array([98, 4, 116, 114, 117, 101]) }),
  ],
  ['deleted content', ({ struct }) => void Object.assign(struct, { info: 0x21, content: new Uint8Array() })],
  [
    'a subdocument',
    ({ struct }) => void Object.assign(struct, { info: 0x29, count: 1, content: new Uint8Array([120, 118, 0]) }),
  ],
  ['a parent by id', ({ struct }) => void (struct.parent = 0)],
  ['another root', ({ struct, dice }) => void (struct.root = dice.pick(['', 'g', 'ff', 'F', '__proto__', 'f\u0000']))],
  ['a key of another field', ({ struct }) => void (struct.key = struct.key.replace(/^\w+/u, 'fieldZ'))],
  ['another type of field', ({ struct }) => void (struct.key = retyped(struct.key))],
  [
    'a spoilt key',
    ({ struct, dice }) =>
      void (struct.key = dice.pick([
        `${struct.key}0`,
        struct.key.slice(1).toUpperCase(),
        '__proto__',
        '',
        'constructor@0.0',
        struct.key.replace(/[@#]/u, ''),
        'x'.repeat(5000),
      ])),
  ],
  [
    'an inherited name',
    ({ struct, dice }) =>
      void (struct.key = struct.key.replace(
        /^\w+/u,
        dice.pick(['constructor', 'toString', 'valueOf', 'isPrototypeOf']),
      )),
  ],
  [
    'a live key written again',
    ({ loose, struct, attempt, dice }) => {
      const victim = victimOf(attempt, dice);
      if (victim === null) loose.tail = new Uint8Array(1);
      else struct.key = keyOf(victim);
    },
  ],
  ['a count of values', ({ struct, dice }) => void (struct.count = dice.pick([0, 2, 2 ** 25, 2 ** 50]))],
  [
    'another shape',
    ({ struct, dice }) =>
      void (struct.content = anyBytes(
        dice.pick<unknown>([[], [1], [1, 2], [1, 2, 3, 4], 'x', null, { 0: 1, 1: 2, 2: 3 }]),
      )),
  ],
  [
    'another member',
    ({ struct, attempt }) => void (struct.content = anyBytes([1, attempt.author.member + 1, attempt.author.minutes])),
  ],
  [
    'another time',
    ({ struct, attempt, dice }) =>
      void (struct.content = anyBytes([1, attempt.author.member, dice.pick([0, 1999, 2001, 2 ** 31, -1, 0.5])])),
  ],
  [
    'a dangerous value',
    ({ struct, attempt, dice }) =>
      void (struct.content = anyBytes([dangerous(dice), attempt.author.member, attempt.author.minutes])),
  ],
  [
    'a long length',
    ({ struct, dice }) =>
      void (struct.content = new Uint8Array([
        117,
        3,
        dice.pick([116, 117, 118, 119]),
        0xff,
        0xff,
        0xff,
        0xff,
        dice.below(128),
      ])),
  ],
  [
    'deep nesting',
    ({ struct, dice }) =>
      void (struct.content = new Uint8Array(dice.pick([40, 400, 40_000])).map((_, at) => (at % 2 === 0 ? 117 : 1))),
  ],
  ['a field set twice', twice],
  [
    'a foreign delete',
    ({ loose, attempt }) => {
      const set = new Set(attempt.update.items.map(({ field }) => field.path));
      remove(loose, attempt, (entry) => !set.has(entry.field.path));
    },
  ],
  ['a log delete', ({ loose, attempt }) => remove(loose, attempt, (entry) => entry.field.type === 'log')],
  [
    'a future delete',
    ({ loose, attempt, dice }) =>
      void (loose.deletes = [
        { client: dice.pick([...attempt.state.clocks.keys(), 5]), ranges: [[2 ** 20 + dice.below(9), 1]] },
      ]),
  ],
  [
    'a huge delete',
    ({ loose, dice }) => void (loose.deletes = [{ client: 4, ranges: [[0, dice.pick([12_801, 2 ** 31, 2 ** 52])]] }]),
  ],
  [
    'deletes out of order',
    ({ loose }) =>
      void (loose.deletes = [
        { client: 3, ranges: [[0, 1]] },
        { client: 4, ranges: [[0, 1]] },
      ]),
  ],
  ['an empty delete', ({ loose }) => void (loose.deletes = [{ client: 4, ranges: [[0, 0]] }])],
  ['no ranges', ({ loose }) => void (loose.deletes = [{ client: 4, ranges: [] }])],
  [
    'many clients of deletes',
    ({ loose }) =>
      void (loose.deletes = Array.from({ length: 65 }, (_, at) => ({ client: 900 - at, ranges: [[0, 1]] }))),
  ],
  [
    'its own item deleted',
    ({ loose, section }) => void (loose.deletes = [{ client: section.client, ranges: [[section.clock, 1]] }]),
  ],
  ['trailing bytes', ({ loose, dice }) => void (loose.tail = new Uint8Array(1 + dice.below(3)))],
  ['overlong varints', ({ loose }) => void (loose.isOverlong = true)],
]);

function otherClient(attempt: Attempt, dice: Dice): number {
  return dice.pick([...attempt.state.clocks.keys(), 5, 6].filter((client) => client !== attempt.author.client));
}

/** Gives the section another client and clock, its keys following: only the gate can tell. */
function rename(section: LooseSection, client: number, clock: number): void {
  section.client = client;
  section.clock = clock;
  for (const [at, struct] of section.structs.entries()) {
    struct.key = struct.key.replace(/([@#]).*$/u, `$1${client.toString(36)}.${(clock + at).toString(36)}`);
  }
}

function gap(info: number, dice: Dice): LooseStruct {
  const raw = dice.pick([new Uint8Array([1]), new Uint8Array([0xff, 0xff, 0xff, 0xff, 0xff, 0x3f])]);
  return { info, root: 'f', key: '', count: 0, content: new Uint8Array(), raw };
}

function idBytes(attempt: Attempt, dice: Dice): Uint8Array {
  const { client, clock } = victimOf(attempt, dice) ?? { client: 5, clock: 0 };
  return encodeLoose({
    sections: [],
    deletes: [{ client, ranges: [[clock, 1]] }],
    tail: new Uint8Array(),
    isOverlong: false,
  }).slice(2);
}

/** Returns a value that stands, or null in a document where none does. */
function victimOf(attempt: Attempt, dice: Dice): Entry | null {
  return attempt.state.live.size === 0 ? null : dice.pick([...attempt.state.live.values()]);
}

function retyped(key: string): string {
  if (key.includes(':')) return key.replace(/:[^@]*/u, '');
  return key.includes('#') ? key.replace('#', '@') : key.replace('@', ':1@');
}

function keyOf({ field, op }: Entry): string {
  return `${field.path}${field.type === 'log' ? '' : '@'}${op}`;
}

function dangerous(dice: Dice): unknown {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
  return dice.pick<unknown>([
    1n,
    undefined,
    [undefined],
    Number.NaN,
    Infinity,
    -0,
    2 ** 60,
    new Uint8Array(2),
    deep(9),
    JSON.parse('{"__proto__":{"isAdmin":true}}'),
    { a: { constructor: 1 } },
  ]);
}

function twice({ loose, section, dice }: Target): void {
  const own = section.structs.filter(({ key }) => !key.includes('#'));
  if (own.length === 0) loose.tail = new Uint8Array(1);
  else section.structs.push({ ...dice.pick(own) });
  rename(section, section.client, section.clock);
}

function remove(loose: LooseUpdate, attempt: Attempt, isVictim: (entry: Entry) => boolean): void {
  const victim = [...attempt.state.live.values()].find(isVictim);
  if (victim === undefined) loose.tail = new Uint8Array(1);
  else loose.deletes = [{ client: victim.client, ranges: [[victim.clock, 1]] }];
}
