/** Mistakes planted in the gate: each makes it overlook one thing. The attacks must find every one. */
import { decodeAny } from '@chungtay/core/base/any';
import { VALUE_LIMITS } from '@chungtay/core/doc/entry';
import { parseKey } from '@chungtay/core/doc/field-key';
import type { Author, FieldTable } from '@chungtay/core/doc/gate';
import { anyBytes, loosen } from '@chungtay/core/doc/loose-update.support';
import type { LooseSection, LooseStruct, LooseUpdate } from '@chungtay/core/doc/loose-update.support';
import { nextClock } from '@chungtay/core/doc/state';
import type { DocState } from '@chungtay/core/doc/state';
import type { DocUpdate } from '@chungtay/core/doc/update';
import type { KindAttempt } from './corpus.ts';

/** One thing overlooked. */
export interface Gap {
  /** Returns what such a parser takes the bytes for. */
  readonly overlook?: (loose: LooseUpdate, attempt: KindAttempt) => LooseUpdate;
  /** Returns what such a gate takes for the truth. */
  readonly believe?: (
    update: DocUpdate,
    attempt: KindAttempt,
  ) => { readonly state: DocState; readonly author: Author; readonly fields: FieldTable };
}

/** Every planted gap, by name. */
export const GAPS: Readonly<Record<string, Gap>> = {
  'any client id will do': {
    believe: (update, attempt) => ({ ...attempt, author: { ...attempt.author, client: update.client } }),
  },
  'any clock will do': {
    believe: (update, attempt) => ({ ...attempt, state: withClock(attempt.state, update.client, update.clock) }),
  },
  'any member and time will do': {
    believe: (update, attempt) => {
      const { member = 0, minutes = 0 } = update.items[0] ?? {};
      return { ...attempt, author: { ...attempt.author, member, minutes } };
    },
  },
  'inherited names are fields': {
    believe: (_update, attempt) => ({ ...attempt, fields: inheriting(attempt.kind.fields, attempt.fields) }),
  },
  'any value will do': {
    believe: (_update, attempt) => ({ ...attempt, fields: { ...attempt.fields, check: () => true } }),
  },
  'GC runs are passed over': { overlook: (loose, attempt) => without(loose, attempt, (info) => (info & 31) === 0) },
  'Skips are passed over': { overlook: (loose, attempt) => without(loose, attempt, (info) => (info & 31) === 10) },
  'only the first section is looked at': { overlook: (loose) => ({ ...loose, sections: loose.sections.slice(0, 1) }) },
  'what follows the end is left alone': { overlook: (loose) => ({ ...loose, tail: new Uint8Array() }) },
  'a number may be written longer than needed': { overlook: (loose) => ({ ...loose, isOverlong: false }) },
  'deletes are not looked at': { overlook: (loose) => ({ ...loose, deletes: [] }) },
  'deletes of the future are passed over': {
    overlook: (loose, attempt) => ({ ...loose, deletes: loose.deletes.filter((one) => isPast(one, attempt.state)) }),
  },
  'origins are not looked at': {
    overlook: eachStruct((struct) => (isOrigin(struct) ? withoutOrigin(struct) : struct)),
  },
  'any content is taken for a value': {
    overlook: eachStruct((struct, own) => ((struct.info & 31) === 8 ? struct : { ...own, key: struct.key })),
  },
  'any root will do': { overlook: eachStruct((struct) => ({ ...struct, root: 'f' })) },
  'any key will do': {
    overlook: eachStruct((struct, own) => (parseKey(struct.key) === null ? { ...struct, key: own.key } : struct)),
  },
  'the op of a key is not looked at': {
    overlook: eachStruct((struct, own) => (hasName(struct.key, own.key) ? { ...struct, key: own.key } : struct)),
  },
  'any depth will do': { overlook: valuesWith(['depth']) },
  'any tag, number or object key will do': { overlook: valuesWith(['tag', 'number', 'key']) },
  'several values in one item will do': { overlook: eachStruct((struct) => ({ ...struct, count: 1 })) },
};

type Change = (struct: LooseStruct, own: LooseStruct) => LooseStruct;

function eachStruct(change: Change): NonNullable<Gap['overlook']> {
  return (loose, attempt) => {
    const own = loosen(attempt.update).sections[0]?.structs ?? [];
    return {
      ...loose,
      sections: loose.sections.map((section) => ({
        ...section,
        structs: section.structs.map((struct, at) => change(struct, own[at % own.length] as LooseStruct)),
      })),
    };
  };
}

function valuesWith(errors: readonly string[]): NonNullable<Gap['overlook']> {
  return (loose, attempt) => {
    const { member, minutes } = attempt.author;
    const read = eachStruct((struct, own) => {
      // one level more: the list around the value
      const decoded = decodeAny(struct.content, { ...VALUE_LIMITS, maxDepth: VALUE_LIMITS.maxDepth + 1 });
      const isOverlooked = !decoded.ok && errors.includes(decoded.error);
      return isOverlooked ? { ...struct, content: own.content } : struct;
    });
    const plain = anyBytes([null, member, minutes]);
    return loose.sections.length === 0 ? { ...loose, tail: plain } : read(loose, attempt);
  };
}

/** Structs of a type vanish; what follows them moves up. */
function without(loose: LooseUpdate, attempt: KindAttempt, isGone: (info: number) => boolean): LooseUpdate {
  const sections = loose.sections.map((section): LooseSection => {
    const structs = section.structs.filter(({ info }) => !isGone(info));
    if (structs.length === section.structs.length) return section;
    const clock = nextClock(attempt.state, section.client);
    const renamed = structs.map((struct, at) => ({
      ...struct,
      key: renamedKey(struct.key, section.client, clock + at),
    }));
    const count = section.count === undefined ? {} : { count: section.count };
    return { ...count, client: section.client, clock, structs: renamed };
  });
  return { ...loose, sections };
}

function renamedKey(key: string, client: number, clock: number): string {
  return key.replace(/([@#]).*$/u, `$1${client.toString(36)}.${clock.toString(36)}`);
}

function isOrigin({ info }: LooseStruct): boolean {
  return (info & 0xc0) !== 0 && (info & 31) === 8;
}

function withoutOrigin({ root, key, count, content }: LooseStruct): LooseStruct {
  return { info: 0x28, root, key, count, content };
}

function hasName(key: string, own: string): boolean {
  return parseKey(key)?.field.path === parseKey(own)?.field.path;
}

function isPast({ client, ranges }: LooseUpdate['deletes'][number], state: DocState): boolean {
  return ranges.every(([clock, length]) => clock + length <= nextClock(state, client));
}

function withClock(state: DocState, client: number, clock: number): DocState {
  return {
    clocks: new Map([...state.clocks, [client, clock]]),
    live: state.live,
    fields: state.fields,
    liveBytes: state.liveBytes,
    items: null,
  };
}

function inheriting(fields: object, right: FieldTable): FieldTable {
  const isThere = (name: string): boolean => name in fields;
  return {
    typeOf: (name) => right.typeOf(name) ?? (isThere(name) ? 'register' : null),
    check: (name, value) => right.typeOf(name) === null || right.check(name, value),
  };
}
