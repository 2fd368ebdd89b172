/** The heaviest updates that fit an envelope: of every kind, in a document that is as large as it may be. */
import type { Json } from '@chungtay/core/base/any';
import { elementKey, logKey, opOf, registerKey } from '@chungtay/core/doc/field-key';
import type { FieldKey } from '@chungtay/core/doc/field-key';
import { nextClock } from '@chungtay/core/doc/state';
import type { DocState } from '@chungtay/core/doc/state';
import { type DeleteRange, encodeUpdate } from '@chungtay/core/doc/update';

/** Who writes. */
export interface BombAuthor {
  readonly client: number;
  readonly member: number;
  readonly minutes: number;
}

/** One heavy update. */
export interface Bomb {
  readonly name: string;
  readonly kind: string;
  readonly make: (state: DocState, author: BombAuthor) => Uint8Array;
}

const preference = (at: number): FieldKey => elementKey('preferences', String(at));
const mark = (at: number): FieldKey => elementKey('readMarks', String(at));
const fullList = (of: () => Json): Json => Array.from({ length: 9_900 }, of);

/** Each to be admitted or refused within the budget. */
export const BOMBS: readonly Bomb[] = [
  bomb('9,900 nulls six times', 'desk', () =>
    Array.from({ length: 6 }, (_, at) => [preference(at), { value: fullList(() => null) }]),
  ),
  bomb('9,900 lists three times', 'desk', () =>
    Array.from({ length: 3 }, (_, at) => [preference(at), { value: fullList(() => []) }]),
  ),
  bomb('9,900 objects three times', 'desk', () =>
    Array.from({ length: 3 }, (_, at) => [preference(at), { value: fullList(() => ({})) }]),
  ),
  bomb('5,000 keys that are numbers', 'desk', () => [
    [preference(0), { value: manyKeys((at) => String(at * 700_001)) }],
  ]),
  bomb('5,000 keys that are words', 'desk', () => [
    [preference(0), { value: manyKeys((at) => `k${at.toString(36)}`) }],
  ]),
  bomb('200 marks', 'desk', () => Array.from({ length: 200 }, (_, at) => [mark(at), { readAt: at }])),
  bomb('200 notes', 'identity', () => Array.from({ length: 200 }, () => [logKey('notes'), { text: 'x'.repeat(200) }])),
  bomb('200 movements', 'identity', () => Array.from({ length: 200 }, () => [logKey('movements'), { kind: 'born' }])),
  bomb('60,000 letters where a number should be', 'identity', () => [
    [registerKey('personalId'), '\u{fdfa}'.repeat(20_000)],
  ]),
  bomb('60,000 digits where a phone should be', 'identity', () => [[registerKey('fatherPhone'), '0'.repeat(60_000)]]),
  bomb('60,000 letters where a day should be', 'identity', () => [[registerKey('birth'), '2019-01-'.repeat(7_500)]]),
  bomb('a name of 120 stacked marks', 'identity', () => [[registerKey('name'), 'a\u{323}\u{302}'.repeat(40)]]),
  bomb('a line of signs that grow', 'identity', () => [[registerKey('address'), '\u{fdfa}'.repeat(200)]]),
  bomb('200 rows of a team', 'case', () =>
    Array.from({ length: 200 }, (_, at) => [elementKey('team', String(at)), { member: at, until: '2027-01-01' }]),
  ),
  bomb('200 steps', 'case', () =>
    Array.from({ length: 200 }, (_, at) => [logKey('stage'), { n: at + 1, to: 'received' }]),
  ),
  { name: 'deletes of all there is, and of 12,000 that are not', kind: 'desk', make: deleteAll },
  { name: '64,000 bytes that are none', kind: 'identity', make: () => new Uint8Array(64_000).fill(117) },
  {
    name: 'a length of 2^50',
    kind: 'identity',
    make: () => Uint8Array.of(1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f),
  },
];

function bomb(name: string, kind: string, items: () => readonly (readonly [FieldKey, Json])[]): Bomb {
  return { name, kind, make: (state, author) => updateOf(items(), [], state, author) };
}

function updateOf(
  items: readonly (readonly [FieldKey, Json])[],
  deletes: readonly DeleteRange[],
  state: DocState,
  { client, member, minutes }: BombAuthor,
): Uint8Array {
  const clock = nextClock(state, client);
  const entries = items.map(([field, value], at) => {
    return { op: opOf(client, clock + at), client, clock: clock + at, field, value, member, minutes };
  });
  return encodeUpdate({ client, clock, items: entries, deletes });
}

/** Every id that was ever here, in one range a client. */
function deleteAll(state: DocState, author: BombAuthor): Uint8Array {
  const clients = [...state.clocks].toSorted(([a], [b]) => b - a).slice(0, 60);
  const deletes = clients.map(([client, next]) => ({ client, clock: 0, length: Math.max(1, Math.min(200, next)) }));
  return updateOf([[preference(0), { value: 1 }]], deletes, state, author);
}

function manyKeys(key: (at: number) => string): Json {
  return Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [key(at), 1]));
}
