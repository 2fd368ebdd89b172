/** Values for every field of every kind: those that its schema takes, and those that it must not. */
import type { Json } from '@chungtay/core/base/any';
import { type Dice, randomJson } from '@chungtay/core/base/random.support';
import type { Column, FieldDefinition } from '@chungtay/core/kinds/define';

const ULIDS = ['01JQ8ZK3V5T9M2N7P4R6S8W0XY', '01JQ8ZK3V5T9M2N7P4R6S8W0XZ', '7ZZZZZZZZZZZZZZZZZZZZZZZZZ'] as const;
const TEXTS = [
  'Nguyễn Thị Mỹ Duyên',
  'Y Blăm Niê',
  'H’Nuĕ',
  'Lò Văn Ón',
  'Sùng A Páo',
  'Đinh',
  'thôn Đắk Hà, gần cầu treo 👧🏽',
  'thon-dong',
  'thon-tay',
  'tieu-hoc-1',
  'kinh',
  '0912 345 678',
  '(024) 3825-1234 / 0912345678',
  '2019',
  '2019-04',
  '2019-04-30',
  '2026-02-28',
  '001319000123',
  '<b onclick=alert(1)>Đào</b>',
  '=1+1',
  '__proto__',
  ...ULIDS,
  ...ULIDS.map((ulid) => `${ulid}/identity`),
  ...ULIDS.map((ulid) => `${ulid}/intake/${ulid}`),
] as const;
const NUMBERS = [0, 1, 2, 3, 7, 12, 37.5, 2.25, 1990, 2019, 2100, 1_772_413_200_000] as const;

/** Returns a value that the field takes, null at times where that clears; throws when the pool holds none. */
export function honestValue(field: FieldDefinition, dice: Dice): Json {
  if (!field.columns) return field.type !== 'log' && dice.chance(5) ? null : columnValue(field, dice);
  if (field.type === 'map' && dice.chance(10)) return null;
  const whole = rowOf(field, dice, 100);
  const part = rowOf(field, dice, 40);
  return field.schema.safeParse(part).success ? part : whole;
}

/** Returns the code of an element of a map: any that the grammar has, those that JavaScript inherits among them. */
export function elementCode(dice: Dice): string {
  return dice.pick(['1', '2', 'x-_Y', 'bcg', ULIDS[0], ULIDS[1], '__proto__', 'constructor', 'toString']);
}

/** Returns a value that a member might send to do harm; of any size, legal for the grammar or not. */
export function hostileValue(dice: Dice): unknown {
  const size = dice.pick([3, 10, 10, 100, 100, 1000, 10_000, 60_000]);
  return dice.pick<() => unknown>([
    () => randomJson(dice, 7),
    () => 'a'.repeat(size),
    () => '\u{fdfa}'.repeat(Math.floor(size / 3)),
    () => `${'0'.repeat(size)}x`,
    () => '2019-01-'.repeat(Math.floor(size / 8)),
    () => `${' '.repeat(size)}1`,
    () => '\u{0}\u{202e}‮\u{feff}',
    () => Array.from({ length: size }, () => null),
    () => Array.from({ length: Math.floor(size / 3) }, () => []),
    () => Array.from({ length: Math.floor(size / 30) }, () => ({ field: 'a', code: null, value: {} })),
    () => Object.fromEntries(Array.from({ length: Math.floor(size / 9) }, (_, at) => [`k${at.toString(36)}`, at])),
    () => Object.fromEntries(Array.from({ length: Math.floor(size / 9) }, (_, at) => [String(at * 1_000_003), 1])),
    () => nested(dice.pick([7, 8, 9, 40]), dice.chance(50)),
    () => dice.pick([2 ** 53 - 1, -(2 ** 53 - 1), 1e308, 5e-324, 2 ** 53, 0.1, -0, Number.NaN, Infinity]),
    () => dice.pick<unknown>([1n, undefined, [undefined], new Uint8Array(3)]),
    () => JSON.parse('{"__proto__":{"isAdmin":true},"constructor":1}'),
    () => JSON.parse('{"then":1,"toJSON":"x","length":-1,"hasOwnProperty":null,"valueOf":null,"toString":null}'),
  ])();
}

function nested(levels: number, isList: boolean): unknown {
  let value: unknown = 1;
  for (let i = 0; i < levels; i += 1) value = isList ? [value] : { a: value };
  return value;
}

function rowOf(field: FieldDefinition, dice: Dice, percent: number): Json {
  const row: Record<string, Json> = {};
  for (const [name, column] of Object.entries(field.columns ?? {})) {
    if (dice.chance(percent)) row[name] = columnValue(column, dice);
    else if (dice.chance(50)) row[name] = null;
  }
  return row;
}

const pools = new WeakMap<Column['schema'], readonly Json[]>();

function columnValue(column: Column, dice: Dice): Json {
  let pool = pools.get(column.schema);
  if (!pool) {
    pool = candidatesFor(column).filter((value) => column.schema.safeParse(value).success);
    pools.set(column.schema, pool);
  }
  if (pool.length === 0) throw new Error(`no value for a field of ${column.input.as}`);
  return dice.pick(pool);
}

function candidatesFor({ input }: Column): readonly Json[] {
  const options = 'options' in input ? input.options : [];
  const lists: readonly Json[] = [[], options.slice(0, 2), options, ['thon-dong'], [`${ULIDS[0]}/identity`], ['*']];
  const bounds = input.as === 'number' ? [input.min ?? 0, input.max ?? 1, (input.min ?? 0) + 0.5] : [];
  const edits: Json = [{ field: 'name', code: null, value: { text: 'A Lềnh' } }];
  const long = ['Em nói là không muốn về nhà. '.repeat(6), 'Kể lại: '.repeat(200), 'x'.repeat(8000)];
  return [...options, ...bounds, ...TEXTS, ...NUMBERS, true, false, ...lists, edits, { a: ['b', null, 1.5] }, ...long];
}
