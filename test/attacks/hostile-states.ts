/** States of a document as a hostile Hub may make them. */
import type { Dice } from '@chungtay/core/base/random.support';
import { elementKey, formatKey, logKey, opOf, registerKey } from '@chungtay/core/doc/field-key';
import { type LooseSection, anyBytes, encodeLoose } from '@chungtay/core/doc/loose-update.support';
import type { OnTablet } from './tablet.ts';
import { hostileValue } from './values.ts';

/** Everything that was there, then fields of the kind with values that its schema would not take. */
export function oddState({ attempt }: OnTablet, dice: Dice): Uint8Array {
  const { kind, author } = attempt;
  const client = 2 ** 32 - 2;
  const names = Object.keys(kind.fields);
  const structs = Array.from({ length: 1 + dice.below(12) }, (_, at) => {
    const name = dice.chance(5) ? dice.pick(['constructor', 'toString', 'unknown']) : dice.pick(names);
    const { type } = Object.hasOwn(kind.fields, name) ? (kind.fields[name] ?? { type: 'log' }) : { type: 'register' };
    const field =
      type === 'log'
        ? logKey(name)
        : type === 'map'
          ? elementKey(name, dice.pick(['__proto__', '1', 'constructor']))
          : registerKey(name);
    const columns = Object.hasOwn(kind.fields, name) ? Object.keys(kind.fields[name]?.columns ?? {}) : [];
    const value =
      columns.length > 0 && dice.chance(70)
        ? Object.fromEntries(columns.map((column) => [column, hostileValue(dice)]))
        : hostileValue(dice);
    const minutes = dice.pick([0, 600_000, 2 ** 31 - 1]);
    return {
      info: 0x28,
      root: 'f',
      key: formatKey(field, opOf(client, at)),
      count: 1,
      content: anyBytes([value, author.member, minutes]),
    };
  });
  const extra: LooseSection = { client, clock: 0, structs };
  return encodeLoose({
    sections: [extra, ...sectionsOf(attempt)],
    deletes: [],
    tail: new Uint8Array(),
    isOverlong: false,
  });
}

/** The honest sections, taken over as they are. */
function sectionsOf({ state }: OnTablet['attempt']): LooseSection[] {
  return [...state.clocks]
    .toSorted(([a], [b]) => b - a)
    .map(([client, end]) => ({
      client,
      clock: 0,
      structs: [{ info: 0, root: '', key: '', count: 0, content: new Uint8Array(), raw: varint(end) }],
    }));
}

/** The honest state with one of its bytes' rules broken. */
export function spoiltState({ attempt }: OnTablet, dice: Dice): Uint8Array {
  const loose = {
    sections: sectionsOf(attempt),
    deletes: [] as { client: number; ranges: [number, number][] }[],
    tail: new Uint8Array(),
    isOverlong: false,
  };
  const first = loose.sections[0];
  const spoil = dice.below(7);
  if (spoil === 0 && first) loose.sections.push(first);
  if (spoil === 1) loose.sections.reverse();
  if (spoil === 2) loose.deletes = [{ client: 5, ranges: [[0, 1]] }];
  if (spoil === 3) loose.tail = new Uint8Array(1);
  if (spoil === 4 && first) first.clock = 3;
  if (spoil === 5 && first) first.structs = first.structs.map((struct) => ({ ...struct, info: 10 }));
  if (spoil === 6 && first) first.structs = first.structs.map((struct) => ({ ...struct, raw: varint(2 ** 31) }));
  return encodeLoose(loose);
}

function varint(value: number): Uint8Array {
  return encodeLoose({
    sections: [],
    deletes: [{ client: value, ranges: [] }],
    tail: new Uint8Array(),
    isOverlong: false,
  }).slice(2, -1);
}
