/** A year of ordinary work on every child: the survey of each household, growth and vaccines of the small, the terms of the school, support, moves. */
import { documentIdOf, makeUlid } from '@chungtay/core/model/ids';
import type { FolderId } from '@chungtay/core/model/ids';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { DEMO_VILLAGES } from '@chungtay/server/demo/commune';
import { schoolOf } from '@chungtay/server/demo/register';
import type { DemoChild } from '@chungtay/server/demo/register';
import type { Job, Planning } from './agenda.ts';
import type { Commune } from './commune.ts';
import type { Tablet } from './tablet.ts';

/** The day of the year (2 March = 0) on which something begins. */
const ON = { survey: 60, termEnd: 88, schoolYear: 187, schoolHealth: 215, midYear: 320 } as const;
const SURVEY_DAYS = 90;
const QUARTER = 91;
const MONTH = 30;

/** Plans the year of every child and household. */
export function planChildren(commune: Commune, plan: Planning, children: readonly DemoChild[]): void {
  for (const child of children) {
    const health = nurseOf(commune, child);
    if (child.ageYears < 6 && health) planGrowth(plan, health, child);
    if (schoolOf(child) !== null) planSchool(commune, plan, child);
    if (plan.words.chance(0.15)) planSupport(commune, plan, child);
    if (plan.words.chance(0.01) && !plan.stay.has(child)) planMove(commune, plan, child);
    if (plan.words.chance(0.03)) planDisagreement(commune, plan, child);
  }
  const households = Map.groupBy(children, (child) => child.household);
  for (const [number, members] of households) planSurvey(commune, plan, number, members);
}

function nurseOf(commune: Commune, child: DemoChild): Tablet | null {
  const nurses = commune.of('nurse');
  return nurses[DEMO_VILLAGES.indexOf(child.village) % nurses.length] ?? null;
}

function holding(documents: readonly DocumentEdit[], make: Job['make'] | null = null): Job['make'] {
  return (by, day) => (documents.every(({ document }) => by.holds(document)) ? (make?.(by, day) ?? documents) : null);
}

/** Below two every month, later every quarter; six times a year a vaccine with it. */
function planGrowth({ agenda, words, days }: Planning, by: Tablet, child: DemoChild): void {
  const every = child.ageYears < 2 ? MONTH : QUARTER;
  const document = documentIdOf(child.folder, 'health');
  let weightKg = 4 + child.ageYears * 2.4;
  for (let day = 3 + words.upTo(every), visit = 1; day < days; day += every, visit += 1) {
    weightKg += words.upTo(10) / 10;
    const growth = { on: dateOf(day), weightKg: Math.round(weightKg * 10) / 10, heightCm: 60 + child.ageYears * 8 };
    const vaccine = `V${visit}`;
    const sets =
      visit % 2 === 0 ? [{ name: 'vaccines', code: vaccine, value: { vaccine, on: dateOf(day), lot: `L${day}` } }] : [];
    agenda.add(day, { by, make: () => [{ document, sets, appends: [{ name: 'growth', value: growth }] }] });
  }
}

function planSchool(commune: Commune, { agenda, words }: Planning, child: DemoChild): void {
  const school = schoolOf(child);
  const teachers = commune.of('teacher').filter((_, i) => (i % 2 === 0) === (school === 's01'));
  const by = words.pick(teachers);
  const document = documentIdOf(child.folder, 'education');
  const write = (day: number, edit: Omit<DocumentEdit, 'document'>): void => {
    agenda.add(day + words.upTo(12), { by, make: holding([{ document, ...edit }]) });
  };
  const grade = String(Math.min(9, Math.max(1, child.ageYears - 4)));
  write(ON.termEnd, { sets: [{ name: 'summary', value: words.say(18) }] });
  write(ON.schoolYear, {
    sets: [
      { name: 'grade', value: grade },
      { name: 'class', value: `${grade}A` },
      { name: 'schoolYear', value: '2026-2027' },
      { name: 'statusSince', value: dateOf(ON.schoolYear) },
    ],
    appends: [{ name: 'changes', value: { on: dateOf(ON.schoolYear), status: 'attending', school, grade } }],
  });
  const finding = words.say(6);
  write(ON.schoolHealth, {
    appends: [
      { name: 'schoolHealth', value: { on: dateOf(ON.schoolHealth), check: 'eyes', finding, referred: false } },
    ],
  });
  write(ON.midYear, { sets: [{ name: 'summary', value: words.say(18) }] });
}

/** Each household once a year: the visit, what it found, and one child in two corrected. */
function planSurvey(
  commune: Commune,
  { agenda, words, random }: Planning,
  number: number,
  members: readonly DemoChild[],
): void {
  const [first] = members;
  if (!first) return;
  const by = words.pick(commune.collaboratorsOf(first.village));
  const surveyed = members.filter(() => words.chance(0.5));
  const [note, phone, address] = [words.say(14), words.phone(), words.say(6)];
  const make = (tablet: Tablet, day: number): readonly DocumentEdit[] | null => {
    const household = householdOf(tablet, first);
    // moved to another village meanwhile, or not here yet
    if (!household) return null;
    return [
      {
        document: documentIdOf(household, 'visit', makeUlid(random)),
        sets: [
          { name: 'on', value: dateOf(day) },
          { name: 'outcome', value: 'done' },
          { name: 'answeredBy', value: 'mother' },
          { name: 'hasConsent', value: true },
          { name: 'note', value: note },
        ],
      },
      {
        document: documentIdOf(household, 'household'),
        sets: [
          { name: 'phone', value: phone },
          { name: 'water', value: 'well' },
          { name: 'toilet', value: 'dry' },
          { name: 'surveyNote', value: note },
        ],
      },
      ...surveyed.flatMap((child): readonly DocumentEdit[] => {
        const document = documentIdOf(child.folder, 'identity');
        return tablet.holds(document) ? [{ document, sets: [{ name: 'address', value: address }] }] : [];
      }),
    ];
  };
  agenda.add(ON.survey + (number % SURVEY_DAYS), { by, make });
}

/** Applied for, decided and paid out every quarter. */
function planSupport(commune: Commune, { agenda, words, days }: Planning, child: DemoChild): void {
  const by = words.pick(commune.of('lead'));
  const document = documentIdOf(child.folder, 'support');
  const from = 10 + words.upTo(60);
  const states = ['potential', 'applied', 'paid'] as const;
  for (const [i, state] of states.entries()) {
    const value = { policy: 'nd20', state, since: dateOf(from + i * 12) };
    agenda.add(from + i * 12, {
      by,
      make: () => [{ document, sets: [{ name: 'entitlements', code: 'nd20', value }] }],
    });
  }
  for (let day = from + 40; day < days; day += QUARTER) {
    const receipt = { policy: 'nd20', on: dateOf(day), amountDong: 1_080_000, receivedBy: words.say(3) };
    agenda.add(day, { by, make: () => [{ document, appends: [{ name: 'receipts', value: receipt }] }] });
  }
}

/** To the next village: closed to one round, opened to another, and whoever of the first was offline finds his words held. */
function planMove(commune: Commune, { agenda, words, days }: Planning, child: DemoChild): void {
  const by = words.pick(commune.of('lead'));
  const next = DEMO_VILLAGES[(DEMO_VILLAGES.indexOf(child.village) + 1) % DEMO_VILLAGES.length] ?? child.village;
  const document = documentIdOf(child.folder, 'identity');
  const day = 20 + words.upTo(Math.max(1, days - 40));
  const move = { kind: 'movedIn', on: dateOf(day), place: 'bản bên' };
  const sets = [{ name: 'village', value: next }];
  agenda.add(day, { by, make: holding([{ document, sets, appends: [{ name: 'movements', value: move }] }]) });
  const late = words.pick(commune.collaboratorsOf(child.village));
  const note = [{ name: 'notes', value: { text: words.say(10) } }];
  agenda.add(day, { by: late, make: (tablet) => (tablet.holds(document) ? [{ document, appends: note }] : []) });
}

/** Two people correct the same field on one day; a fortnight later one of them settles it. */
function planDisagreement(commune: Commune, { agenda, words, days }: Planning, child: DemoChild): void {
  const document = documentIdOf(child.folder, 'identity');
  const day = 15 + words.upTo(Math.max(1, days - 40));
  const lead = words.pick(commune.of('lead'));
  for (const by of [lead, words.pick(commune.collaboratorsOf(child.village))]) {
    const sets = [{ name: 'carerPhone', value: words.phone() }];
    agenda.add(day, { by, make: (tablet) => (tablet.holds(document) ? [{ document, sets }] : []) });
  }
  const sets = [{ name: 'carerPhone', value: words.phone() }];
  agenda.add(day + 14, { by: lead, make: holding([{ document, sets }]) });
}

function householdOf(tablet: Tablet, child: DemoChild): FolderId | null {
  const identity = tablet.replica.read(documentIdOf(child.folder, 'identity'));
  if (identity?.access !== 'whole') return null;
  const [household] = identity.state.fields.get('household') ?? [];
  const folder = Array.isArray(household?.value) ? household.value[0] : household?.value;
  return typeof folder === 'string' && tablet.holds(documentIdOf(folder as FolderId, 'household'))
    ? (folder as FolderId)
    : null;
}

/** 2 March 2026 and so many days. */
export function dateOf(day: number): string {
  return new Date(Date.UTC(2026, 2, 2 + day)).toISOString().slice(0, 10);
}
