/** The matrix of the law against a real Hub: for every role, place and kind, what comes down, and what is taken of what is handed in. */
import type { Json } from '@chungtay/core/base/any';
import type { Column, FieldDefinition } from '@chungtay/core/kinds/define';
import { KINDS } from '@chungtay/core/kinds/registry';
import { ROLES } from '@chungtay/core/model/role';
import { attachmentCompartment } from '@chungtay/core/policy/matrix';
import { beforeAll, describe, expect, it } from 'vitest';
import { Canaries } from '../canaries.ts';
import { TOLD } from '../expected.ts';
import { kindNamed } from '../writing.ts';
import { LawCommune, type Made, type Person, isAssigned } from './file.ts';
import { COLUMNS, type Code, GIVEN, WRITTEN, givenTo } from './table.ts';

/** What the matrix does not speak of: colleagues, one's own desk, who read what, consents, requests to see; and what only the Hub makes. */
const BESIDE_THE_LAW = /^(?:member|desk|reads-.+|held.*|access-.+|(?:.+-)?consent)$/u;
const NOT_OF_THE_LAW = KINDS.filter(({ id }) => BESIDE_THE_LAW.test(id));

const commune = new LawCommune();
beforeAll(() => commune.open(), 60_000);

describe('the transcription', () => {
  it('[LAW-1] speaks of every kind', () => {
    const known = [...Object.keys(GIVEN), ...NOT_OF_THE_LAW.map(({ id }) => id)].toSorted();
    expect(known).toEqual(KINDS.map(({ id }) => id).toSorted());
    expect(commune.made.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(GIVEN).toSorted());
  });

  it.each(Object.keys(GIVEN))('[LAW-1] gives of %s no more than the row says', (kind) => {
    const row = WRITTEN[kindNamed(kind).compartment] ?? [];
    const wrong = row.filter((words, i) => !isWithin(GIVEN[kind]?.[i] ?? 'N', words));
    expect(wrong).toEqual([]);
  });
});

describe('what comes down', () => {
  it.each(ROLES)('[LAW-2] [P10] a %s holds of every kind what the law gives, there and nowhere else', async (role) => {
    let looked = 0;
    for (const person of commune.people.filter((each) => each.role === role)) {
      await person.device.connect({ cursor: new Uint8Array(0) });
      const items = (await person.device.items()).filter(([type]) => type !== 'c');
      for (const made of commune.made) {
        const came = items
          .filter((item) => item[1] === made.document)
          .map((item) => [item[0], item[0] === 'x' ? item[2] : null, item[0] === 'x' ? keysOf(item[4]) : null]);
        expect([person.stands, made.kind, came]).toEqual([person.stands, made.kind, expectedOf(person, made)]);
        looked += 1;
      }
      expect(person.device.all('welcome')[0]?.[1].total).toBe(new Set(items.map((item) => item[1])).size);
    }
    expect(looked).toBeGreaterThan(3 * 20);
  });

  it.each(ROLES)(
    '[LAW-3] a %s hears of the past, the receipts and the place of others only where he reads',
    async (role) => {
      for (const person of commune.people.filter((each) => each.role === role)) {
        const { device } = person;
        await device.connect();
        for (const [ask, made] of commune.made.entries()) {
          const isHis = expectedOf(person, made)[0]?.[0] === 's';
          await device.say(['ask-history', { ask, document: made.document, next: new Uint8Array(0) }]);
          await commune.pass(1);
          const [, answer] = device.all('history').at(-1) ?? [];
          expect([person.stands, made.kind, answer?.ask, answer?.part !== null]).toEqual([
            person.stands,
            made.kind,
            ask,
            isHis,
          ]);
          await device.say(['ask-receipts', [made.document]]);
          await commune.pass();
          const [, lines = []] = device.all('receipts').at(-1) ?? [];
          expect([made.kind, !isHis && lines.length > 0]).toEqual([made.kind, false]);
          expect([made.kind, commune.hub.mayRead(device.member, made.document)]).toEqual([made.kind, isHis]);
        }
      }
    },
  );
});

describe('what is taken', () => {
  it.each(ROLES)(
    '[LAW-4] of what a %s hands in, field by field, what the law lets him write',
    async (role) => {
      const canaries = new Canaries();
      const tried = { taken: 0, refused: 0 };
      for (const person of commune.people.filter((each) => each.role === role)) {
        await person.device.connect({ cursor: new Uint8Array(0) });
        for (const made of commune.made) {
          for (const [name, field] of Object.entries(kindNamed(made.kind).fields)) {
            // where a file belongs and how a case goes on have rules of their own (POL-10 … POL-16)
            if (field.scope !== undefined || name === 'stage') continue;
            const isTaken = await isStored(person, made, name, valueOf(field, made, name, canaries));
            expect([person.stands, made.kind, name, isTaken]).toEqual([
              person.stands,
              made.kind,
              name,
              mayWrite(person, made, field),
            ]);
            if (isTaken) tried.taken += 1;
            else tried.refused += 1;
          }
        }
      }
      expect(tried.taken + tried.refused).toBeGreaterThan(600);
    },
    60_000,
  );
});

describe('attachments', () => {
  it('[LAW-5] lie in the compartment of their record; faces and injuries lie sealed', () => {
    for (const { compartment } of KINDS) {
      expect(attachmentCompartment(compartment, 'paper')).toBe(compartment);
      for (const shows of ['face', 'injury'] as const)
        expect(attachmentCompartment(compartment, shows)).toBe(compartment === 'hiv' ? 'hiv' : 'sealed');
    }
    expect(COLUMNS).toHaveLength(9);
  });
});

/** Says whether a cell of ours gives no more than the words of the law. */
function isWithin(cell: (typeof GIVEN)[string][number], words: string): boolean {
  const code = typeof cell === 'string' ? cell : cell[0];
  const lawWrites = /\bC\b|\bD\b|own tasks|task only|may file|same/u.test(words);
  const lawReads = lawWrites || /\bR\b|sees/u.test(words);
  const isGiven = code === 'N' || (/^[xR]/u.test(code) ? lawReads : lawWrites);
  const mayDecide = !/D|d/u.test(code) || /\bD\b/u.test(words);
  const isStarred = !/^(?:C|R)\*/u.test(words) || code.includes('*') || ['F', 'N', 'M', 'T'].includes(code);
  const isNamed =
    !words.includes('named') || ['N', 'D?N', 'D?F', 'd?N'].includes(code) || words.includes('a named support');
  return isGiven && mayDecide && isStarred && isNamed;
}

type Came = readonly (readonly [string, string | null, string | null])[];

function expectedOf(person: Person, made: Made): Came {
  const given = givenTo(person.role, made.kind, person.stands === 'named');
  if (typeof given !== 'string') {
    const [where, extract] = given;
    const isThere = where === 'x' || isAssigned(person, made);
    return isThere ? [['x', extract, TOLD[extract]?.keys.toSorted().join(' ') ?? null]] : [];
  }
  return isInPlace(given, person, made) && given !== 'F' ? [['s', null, null]] : [];
}

function isInPlace(code: Code, person: Person, made: Made): boolean {
  const isOwn = made.owner === person.device.member;
  if (code === 'N') return false;
  if (code === 'T') return made.assignee === person.device.member;
  if (code === 'O') return isOwn;
  if (code === 'M') return isOwn && isAssigned(person, made);
  return !code.endsWith('*') || isAssigned(person, made);
}

function mayWrite(person: Person, made: Made, { writers, type }: FieldDefinition): boolean {
  const code = givenTo(person.role, made.kind, person.stands === 'named');
  // who hands in has seen that it arrived: then it is closed to him
  if (typeof code !== 'string' || ['N', 'R', 'R*', 'F'].includes(code) || !isInPlace(code, person, made)) return false;
  if (writers) return writers.includes(person.role);
  const isOwn = made.owner === person.device.member;
  if (kindNamed(made.kind).authored && !isOwn) return false;
  return !['w', 'w*', 'd', 'T'].includes(code) || type === 'log';
}

function valueOf(field: FieldDefinition, made: Made, name: string, canaries: Canaries): Json {
  const { columns } = field;
  if (!columns) return canaries.valueFor(field, made.document, name);
  const column = (definition: Column, key: string) => canaries.valueFor(definition, made.document, `${name}.${key}`);
  return Object.fromEntries(Object.entries(columns).map(([key, definition]) => [key, column(definition, key)]));
}

async function isStored({ device }: Person, { document }: Made, name: string, value: Json): Promise<boolean> {
  const before = device.states.get(document);
  const type = kindNamed(document.split('/')[1] ?? '').fields[name]?.type;
  const sets = type === 'log' ? [] : [type === 'map' ? { name, code: 'thu', value } : { name, value }];
  const signed = await device.editFields(document, sets, type === 'log' ? { appends: [{ name, value }] } : {});
  const [verdict] = await device.push(signed);
  if (verdict?.verdict === 'stored') return true;
  if (before) device.states.set(document, before);
  else device.states.delete(document);
  return false;
}

function keysOf(json: string): string {
  return Object.keys(JSON.parse(json) as object)
    .toSorted()
    .join(' ');
}
