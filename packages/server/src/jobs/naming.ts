/** Naming somebody for a closed compartment takes two people: one proposes it, another confirms or declines. Rule ENR-11. */
import type { Orderer } from '@chungtay/core/sync/ports';
import type { ConfirmNamingAsk } from '@chungtay/core/wire/office';
import { listNamings } from './list-people.ts';
import { no } from './office.ts';
import type { OfficeAnswer } from './office.ts';
import type { OfficeHub } from './people.ts';
import { rowOf } from './people.ts';

/** Confirms or declines what waits; not by the one who is named, nor by the one who proposed it. */
export async function confirmNaming(open: OfficeHub, ask: ConfirmNamingAsk, by: Orderer): Promise<OfficeAnswer> {
  const row = rowOf(open.hub, ask.member);
  const naming = row?.proposed?.find(({ compartment }) => compartment === ask.compartment);
  if (!row || !naming) return no({ code: 'no-naming', member: ask.member });
  const second = by === 'command-line' ? null : by.member;
  const first = naming.by === 'command-line' ? null : naming.by.member;
  if (second === null || second === row.member || second === first) return no({ code: 'yourself' });
  await open.hub.amendMember(
    row.member,
    (now) => {
      const proposed = (now.proposed ?? []).filter(({ compartment }) => compartment !== ask.compartment);
      // declined, taken back or renewed by somebody else in between
      if (!now.proposed?.some((one) => one.compartment === ask.compartment && one.atMs === naming.atMs)) return null;
      const namedFor = ask.isConfirmed ? [...now.namedFor, ask.compartment] : now.namedFor;
      return { ...now, namedFor, proposed };
    },
    { by },
  );
  return { ...listNamings(open, second) };
}
