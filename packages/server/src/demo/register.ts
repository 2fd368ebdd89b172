import type { Random, Clock } from '@chungtay/core/base/world';
import { mostYearsOn } from '@chungtay/core/model/dates';
import { documentIdOf, makeFolderId, makeUlid } from '@chungtay/core/model/ids';
import type { FolderId } from '@chungtay/core/model/ids';
import { ethnicityCodeOf } from '@chungtay/core/roster/to-edits';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { DEMO_SCHOOLS, DEMO_VILLAGES } from './commune.ts';
import type { DemoDevice } from './devices.ts';
import { inventChildren, seeded } from './people.ts';
import type { InventedChild, Seeded } from './people.ts';

/** A child of the demo, and where it lies. */
export interface DemoChild extends InventedChild {
  readonly folder: FolderId;
  readonly ageYears: number;
}

/** What writing needs of a tablet. */
export type Writer = Pick<DemoDevice, 'member' | 'write' | 'settled'>;

const SEED = 7;
const SETTLE_EVERY = 150;
const RISKS = ['R1', 'R5', 'R6', 'R2'] as const;
const SPECIAL = ['G01', 'G03', 'G08'] as const;

/** Invents `count` children of the commune, each with a folder of its own. */
export function inventRegister(world: Random & Clock, today: string, count: number): readonly DemoChild[] {
  const people = inventChildren(seeded(SEED), { count, villages: DEMO_VILLAGES, onDate: today });
  return people.map((child) => ({ ...child, folder: makeFolderId(world), ageYears: mostYearsOn(child.birth, today) }));
}

/** Writes the households and children of one village as its collaborator would after the round of the year. */
export async function writeVillage(
  device: Writer,
  world: Random & Clock,
  children: readonly DemoChild[],
  surveyedOn: string,
): Promise<void> {
  const random = seeded(SEED + device.member);
  const households = Map.groupBy(children, (child) => child.household);
  let written = 0;
  for (const [number, members] of households) {
    await device.write(householdEdits(world, number, members, surveyedOn, random));
    written += 1;
    if (written % SETTLE_EVERY === 0) await device.settled();
  }
  await device.settled();
}

/** Writes who learns where, as the schools would. */
export async function writeSchooling(device: Writer, school: string, children: readonly DemoChild[]): Promise<void> {
  const random = seeded(SEED + device.member);
  for (const [i, child] of children.entries()) {
    await device.write([schoolingEdit(child, school, random)]);
    if ((i + 1) % SETTLE_EVERY === 0) await device.settled();
  }
  await device.settled();
}

/** Writes growth and vaccines of the small ones, as the health station would. */
export async function writeHealth(device: Writer, children: readonly DemoChild[], today: string): Promise<void> {
  const random = seeded(SEED + device.member);
  for (const [i, child] of children.entries()) {
    await device.write([healthEdit(child, today, random)]);
    if ((i + 1) % SETTLE_EVERY === 0) await device.settled();
  }
  await device.settled();
}

/** Returns the school a child of this age goes to, or null below six. */
export function schoolOf(child: DemoChild): string | null {
  if (child.ageYears < 6) return null;
  return child.ageYears < 11 ? DEMO_SCHOOLS.primary : DEMO_SCHOOLS.lowerSecondary;
}

function householdEdits(
  world: Random & Clock,
  number: number,
  children: readonly DemoChild[],
  surveyedOn: string,
  random: Seeded,
): readonly DocumentEdit[] {
  const [first] = children;
  if (!first) return [];
  const folder = makeFolderId(world);
  const head = first.father ?? first.mother ?? first.carer ?? 'Chưa rõ';
  const isPoor = random() < 0.18;
  const sets = [
    { name: 'village', value: first.village },
    { name: 'code', value: `${first.village.toUpperCase()}-${String(number).padStart(4, '0')}` },
    { name: 'head', value: head },
    { name: 'economicStatus', value: isPoor ? 'poor' : random() < 0.2 ? 'nearPoor' : 'average' },
    ...children.map((child, i) => ({
      name: 'members',
      code: `m${i + 1}`,
      value: { name: child.name, birth: child.birth, sex: child.sex, relation: 'child', child: child.folder },
    })),
    ...(first.phone ? [{ name: 'phone', value: first.phone }] : []),
  ];
  const visit: DocumentEdit = {
    document: documentIdOf(folder, 'visit', makeUlid(world)),
    sets: [
      { name: 'on', value: surveyedOn },
      { name: 'outcome', value: random() < 0.85 ? 'done' : 'absent' },
    ],
  };
  return [
    { document: documentIdOf(folder, 'household'), sets },
    ...children.map((child) => identityEdit(child, folder, isPoor, random)),
    ...(random() < 0.6 ? [visit] : []),
  ];
}

function identityEdit(child: DemoChild, household: FolderId, isPoor: boolean, random: Seeded): DocumentEdit {
  const values: readonly (readonly [string, string | null])[] = [
    ['village', child.village],
    ['household', household],
    ['name', child.name],
    ['birth', child.birth],
    ['sex', child.sex],
    ['ethnicity', ethnicityCodeOf(child.ethnicity)],
    ['fatherName', child.father],
    ['motherName', child.mother],
    ['carerName', child.carer],
    ['carerPhone', child.phone],
    ['personalId', child.personalId],
    ['personalIdMissing', child.personalId === null ? 'notIssued' : null],
  ];
  const group = groupOf(isPoor, random);
  const sets = values.filter(([, value]) => value !== null).map(([name, value]) => ({ name, value }));
  const groups = group === null ? [] : [{ name: 'groups', code: group, value: { group } }];
  return { document: documentIdOf(child.folder, 'identity'), sets: [...sets, ...groups] };
}

function groupOf(isPoor: boolean, random: Seeded): string | null {
  if (random() < 0.03) return pick(SPECIAL, random);
  if (isPoor) return 'R1';
  return random() < 0.08 ? pick(RISKS, random) : null;
}

function schoolingEdit(child: DemoChild, school: string, random: Seeded): DocumentEdit {
  const grade = Math.min(9, Math.max(1, child.ageYears - 5));
  const hasLeft = child.ageYears >= 12 && random() < 0.02;
  return {
    document: documentIdOf(child.folder, 'education'),
    sets: [
      { name: 'school', value: school },
      { name: 'level', value: school === DEMO_SCHOOLS.primary ? 'primary' : 'lowerSecondary' },
      { name: 'grade', value: String(grade) },
      { name: 'class', value: `${grade}${pick(['A', 'B', 'C'] as const, random)}` },
      { name: 'status', value: hasLeft ? 'droppedOut' : 'attending' },
    ],
  };
}

function healthEdit(child: DemoChild, today: string, random: Seeded): DocumentEdit {
  const weightKg = Math.round((4 + child.ageYears * 2.4 + random() * 3) * 10) / 10;
  const heightCm = Math.round((60 + child.ageYears * 8 + random() * 10) * 10) / 10;
  const vaccines = ['BCG', 'HepB-0'].filter(() => random() < 0.9);
  return {
    document: documentIdOf(child.folder, 'health'),
    sets: vaccines.map((vaccine) => ({ name: 'vaccines', code: vaccine, value: { vaccine, on: child.birth } })),
    appends: [{ name: 'growth', value: { on: today, weightKg, heightCm } }],
  };
}

function pick<T>(from: readonly T[], random: Seeded): T {
  return from[Math.floor(random() * from.length)] as T;
}
