import type { Json } from '@chungtay/core/base/any';
import type { MemberNumber } from '@chungtay/core/model/ids';
import type { Agency } from '@chungtay/core/model/role';
import type { ConflictValue } from '../components/conflict.ts';
import type { ValueView } from '../stores/engine.ts';

/** What turns a kept value into words. */
export interface ConflictWords {
  value(value: Json): string;
  member(member: MemberNumber): { readonly name: string; readonly agency: Agency } | null;
  agency(agency: Agency): string;
  readonly me: MemberNumber | null;
  readonly unknown: string;
}

/** Returns the values of a conflict as a card shows them, oldest first, so that a card does not change its order while it is read. */
export function conflictValuesOf(values: readonly ValueView[], words: ConflictWords): readonly ConflictValue[] {
  return values
    .toSorted((a, b) => a.atMs - b.atMs || (a.op < b.op ? -1 : 1))
    .map(({ op, value, member, atMs }) => {
      const writer = words.member(member);
      return {
        id: op,
        text: words.value(value),
        who: writer?.name ?? words.unknown,
        agency: writer ? words.agency(writer.agency) : '',
        atMs,
        isMine: member === words.me,
      };
    });
}
