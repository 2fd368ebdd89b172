/**
 * The records that every peer holds: households of a commune, their children, the children's schooling. Invented, and the same in
 * every run. Each peer keeps them in its own natural shape; ours as documents of these kinds.
 */
import { seededRandom } from '../fixtures/world.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** What one person writes into one document in one stroke. */
export interface Stroke {
  readonly registers: Readonly<Record<string, Json>>;
  readonly rows: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly logs: Readonly<Record<string, readonly Json[]>>;
}

/** One document: which, of what kind, and how three people wrote it one after another. */
export interface CorpusRecord {
  readonly name: string;
  readonly kind: 'household' | 'identity' | 'education';
  /** Documents of one folder share it. */
  readonly folder: number;
  readonly strokes: readonly Stroke[];
}

// what the measured catch-up is about
const CHANGED_THERE = 50;
const CHANGED_HERE = 20;
const VILLAGES = 10;
// five documents in a row: a household, its two children, the schooling of each
const KINDS = ['household', 'identity', 'education', 'identity', 'education'] as const;
const FOLDERS = [0, 1, 1, 2, 2] as const;

/** Returns document number `index`. */
export function recordOf(index: number): CorpusRecord {
  const place = index % KINDS.length;
  const random = seededRandom(index + 1);
  const kind = KINDS[place] ?? 'household';
  const write: Words = {
    pick: (list) => list[Math.floor(random() * list.length)] ?? '',
    upTo: (n) => Math.floor(random() * n),
  };
  return {
    name: `document-${String(index).padStart(6, '0')}`,
    kind,
    folder: Math.floor(index / KINDS.length) * 3 + (FOLDERS[place] ?? 0),
    strokes: { household: householdStrokes, identity: identityStrokes, education: educationStrokes }[kind](write),
  };
}

/** Returns what the measured change writes: one field again and one more entry, `by` here or there. */
export function editOf(index: number, by: 'here' | 'there'): Stroke {
  const { kind } = recordOf(index);
  if (kind === 'education') {
    const check = { on: '2026-09-14', check: 'eyes', finding: `Thị lực 7/10, ${MARK[by]}`, referred: true };
    return { registers: { summary: MARK[by] }, rows: {}, logs: { schoolHealth: [check] } };
  }
  return { registers: { address: MARK[by] }, rows: {}, logs: { notes: [{ text: `Đã đến thăm, ${MARK[by]}` }] } };
}

/** Returns the documents that were changed there and here: spread over all, none on both sides. */
export function changesAmong(documents: number): {
  readonly there: readonly number[];
  readonly here: readonly number[];
} {
  const spread = (count: number) => Array.from({ length: count }, (_, k) => Math.floor((k * documents) / count));
  const there = spread(CHANGED_THERE);
  const taken = new Set(there);
  const here = spread(CHANGED_HERE).map((from) => {
    let index = from;
    while (taken.has(index)) index = (index + 1) % documents;
    taken.add(index);
    return index;
  });
  return { there, here };
}

/** Returns the field that `editOf` sets in this document, and the value that shows the change has arrived. */
export function markOf(index: number, by: 'here' | 'there'): { readonly field: string; readonly value: string } {
  return { field: recordOf(index).kind === 'education' ? 'summary' : 'address', value: MARK[by] };
}

interface Words {
  readonly pick: (list: readonly string[]) => string;
  readonly upTo: (n: number) => number;
}

const MARK = { here: 'sửa trên máy này', there: 'sửa ở nơi khác' } as const;
const FAMILY = 'Nguyễn Trần Lê Phạm Hoàng Vàng Giàng Lò Đinh Sùng Hồ Quàng Lường Cà Thào Mùa Bùi Đỗ Võ Đặng'.split(' ');
const MIDDLE = 'Văn Thị Minh Ngọc Quốc Thu Gia A Seo Hữu Đức Thanh Bảo Kim Xuân Hoài'.split(' ');
const GIVEN =
  'Dũng Mai Khôi Páo Dợ Ánh Bảo Lềnh Hà Blơm Hân Sơn Linh Pàng Mỷ Tuấn Hoa Nam Yến Chứ Sinh Lan Phúc Thảo Dế Cường'.split(
    ' ',
  );
const JOBS = ['làm nương', 'thợ xây', 'công nhân may', 'buôn bán nhỏ', 'chăn nuôi', 'phụ hồ', 'lái xe'];
const SYLLABLES =
  `gia đình khó khăn bố mẹ đi làm ăn xa ở nhà chăm con nhỏ trẻ khoẻ mạnh học đều thích vẽ bóng bà ngoại sóc chính cần hỗ trợ sách
  vở đầu năm gần suối mùa mưa nhắc trông cô giáo báo hay nghỉ thứ hai sẽ gặp phụ huynh đã hướng dẫn giấy khai sinh thẻ bảo hiểm y tế
  thôn xóm trường lớp đội cạnh văn hoá cầu treo ngã ba chợ núi đồi chè thăm lại tháng sau cân nặng chiều cao đủ mũi tiêm ông chú bác
  nương ruộng vay vốn sửa mái bếp nước sạch đường đến điểm xe đạp áo ấm bữa trưa bán trú thi hết kỳ bạn vui ngoan chậm nói mắt kém`.split(
    /\s+/u,
  );

function nameOf({ pick }: Words): string {
  return `${pick(FAMILY)} ${pick(MIDDLE)} ${pick(GIVEN)}`;
}

function wordsOf({ pick }: Words, count: number): string {
  return Array.from({ length: count }, () => pick(SYLLABLES)).join(' ');
}

function dayOf({ upTo }: Words, fromYear: number, years: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${fromYear + upTo(years)}-${two(1 + upTo(12))}-${two(1 + upTo(28))}`;
}

function phoneOf({ upTo }: Words): string {
  return `09${String(upTo(100_000_000)).padStart(8, '0')}`;
}

function stroke(registers: Stroke['registers'], logs: Stroke['logs'] = {}, rows: Stroke['rows'] = {}): Stroke {
  return { registers, rows, logs };
}

function notes(write: Words, count: number): readonly Json[] {
  return Array.from({ length: count }, () => ({ text: wordsOf(write, 22) }));
}

function householdStrokes(write: Words): readonly Stroke[] {
  const { pick, upTo } = write;
  const relations = ['head', 'spouse', 'child', 'child', 'grandparent'];
  const members = relations.map((relation, place) => [
    `m${place}`,
    {
      name: nameOf(write),
      birth: dayOf(write, relation === 'child' ? 2011 : 1960, relation === 'child' ? 14 : 30),
      sex: pick(['male', 'female']),
      relation,
      job: relation === 'child' ? null : pick(JOBS),
    },
  ]);
  const first = stroke({
    village: `thon-${1 + upTo(VILLAGES)}`,
    code: `HO-${upTo(10_000)}`,
    head: nameOf(write),
    phone: phoneOf(write),
    address: wordsOf(write, 6),
    locationNote: wordsOf(write, 11),
    latitude: 21 + upTo(1_000) / 1_000,
    longitude: 104 + upTo(1_000) / 1_000,
    headEthnicity: pick(['kinh', 'mong', 'thai', 'dao']),
  });
  const second = stroke(
    { water: 'well', toilet: 'dry', surveyNote: wordsOf(write, 11) },
    {},
    { members: Object.fromEntries(members) },
  );
  const third = stroke(
    { economicStatus: pick(['poor', 'nearPoor', 'average']), economicYear: 2026, riskGroups: ['R1', 'R6'] },
    { notes: notes(write, 3) },
  );
  return [first, second, third];
}

function identityStrokes(write: Words): readonly Stroke[] {
  const { pick, upTo } = write;
  const first = stroke({
    village: `thon-${1 + upTo(VILLAGES)}`,
    name: nameOf(write),
    birth: dayOf(write, 2011, 14),
    sex: pick(['male', 'female']),
    ethnicity: pick(['kinh', 'mong', 'thai', 'dao']),
    personalIdMissing: 'notShown',
    birthCertificate: `${upTo(400)}/2016`,
    birthCertificateOn: dayOf(write, 2012, 10),
    residence: 'permanent',
    address: wordsOf(write, 6),
    vital: 'alive',
    birthOrder: 1 + upTo(4),
  });
  const second = stroke({
    ...parentOf('father', write),
    ...parentOf('mother', write),
    carerName: nameOf(write),
    carerRelation: pick(['mother', 'grandparent']),
    carerPhone: phoneOf(write),
  });
  const third = stroke(
    { formerAddress: wordsOf(write, 6), nicknames: pick(['Tí', 'Bống', 'Cún']) },
    {
      movements: [{ kind: 'movedIn', on: dayOf(write, 2020, 6), place: 'xã bên' }],
      notes: notes(write, 3),
    },
  );
  return [first, second, third];
}

function parentOf(who: 'father' | 'mother', write: Words): Stroke['registers'] {
  return {
    [`${who}Name`]: nameOf(write),
    [`${who}BirthYear`]: 1975 + write.upTo(25),
    [`${who}Phone`]: phoneOf(write),
    [`${who}Vital`]: 'alive',
    [`${who}Whereabouts`]: write.pick(['home', 'awayForWork']),
  };
}

function educationStrokes(write: Words): readonly Stroke[] {
  const { upTo } = write;
  const grade = 1 + upTo(9);
  const check = (year: number, of: string) => ({
    on: dayOf(write, year, 1),
    check: of,
    finding: wordsOf(write, 11),
    referred: false,
  });
  const change = (year: number) => ({
    on: dayOf(write, year, 1),
    status: 'attending',
    school: `truong-${1 + upTo(2)}`,
    grade: `${grade}`,
    note: wordsOf(write, 11),
  });
  const first = stroke({
    school: `truong-${1 + upTo(2)}`,
    level: grade < 6 ? 'primary' : 'lowerSecondary',
    grade: `${grade}`,
    class: `${grade}A`,
    schoolYear: '2026-2027',
    status: 'attending',
    statusSince: '2026-09-05',
  });
  const second = stroke(
    { absencesNote: wordsOf(write, 11), summary: wordsOf(write, 11), needsFeeSupport: true },
    { schoolHealth: [check(2024, 'eyes'), check(2025, 'teeth'), check(2026, 'weight')] },
  );
  const third = stroke(
    { dropOutNote: wordsOf(write, 11) },
    {
      changes: [change(2023), change(2024), change(2025)],
      feeSupport: [{ kind: 'lunch', from: '2025-09-05', until: '2026-05-31', note: wordsOf(write, 11) }],
    },
  );
  return [first, second, third];
}
