/** Opening a vault anew, over a session: who keeps the shares, what waits for an officer, his yes or no. Rules VLT-13, VLT-14. */
import type { WireVerb } from '@chungtay/core/policy/office';
import type { OfficeAsker } from '@chungtay/core/sync/hub-office';
import type { OfficeProblemCode } from '@chungtay/core/wire/office';
import { approveRecoveryAsk, refuseRecoveryAsk } from '@chungtay/core/wire/recovery';
import type { KeepersAnswer, RecoveriesAnswer } from '@chungtay/core/wire/recovery';
import type { HubKeys } from '../auth/keys.ts';
import { sealRecoveryPass } from '../auth/recovery-pass.ts';
import { no } from './office.ts';
import type { OfficeAnswer } from './office.ts';
import type { RecoveryBook } from './recovery-book.ts';

/** The verbs. */
export const RECOVERY_VERBS = ['keepers', 'recoveries', 'approveRecovery', 'refuseRecovery', 'recovered'] as const;

/** One of RECOVERY_VERBS. */
export type RecoveryVerb = (typeof RECOVERY_VERBS)[number];

/** Returns the verb when it is one of these, else null. */
export function recoveryVerb(verb: WireVerb): RecoveryVerb | null {
  return RECOVERY_VERBS.find((one) => one === verb) ?? null;
}

/** What it works on. */
export interface RecoveryDesk {
  readonly book: RecoveryBook;
  readonly keys: Pick<HubKeys, 'tickets'>;
}

/** Resolves with JSON; rejects with an Outage. */
export async function answerRecovery(
  asker: OfficeAsker,
  verb: RecoveryVerb,
  body: string,
  desk: RecoveryDesk,
): Promise<string> {
  return JSON.stringify(await answerOf(asker, verb, body, desk));
}

async function answerOf(
  { member, device }: OfficeAsker,
  verb: RecoveryVerb,
  body: string,
  { book, keys }: RecoveryDesk,
): Promise<OfficeAnswer> {
  const who = { member, device };
  const lines = (): RecoveriesAnswer => ({ recoveries: [...book.linesFor(who)] });
  const unless = (problem: OfficeProblemCode | null): OfficeAnswer =>
    problem === null ? { ...lines() } : no({ code: problem });
  switch (verb) {
    case 'keepers': {
      const keepers = book
        .keepersOf(member)
        .map((one) => ({ member: one.member, device: one.device, sealKey: one.sealKey }));
      return { keepers, pass: sealRecoveryPass(who, keys.tickets) } satisfies KeepersAnswer;
    }
    case 'recoveries':
      return { ...lines() };
    case 'approveRecovery': {
      const ask = approveRecoveryAsk.safeParse(jsonOf(body));
      return ask.success ? unless(await book.approve(who, ask.data.request, ask.data.box)) : no({ code: 'malformed' });
    }
    case 'refuseRecovery': {
      const ask = refuseRecoveryAsk.safeParse(jsonOf(body));
      return ask.success ? unless(await book.refuse(who, ask.data.request)) : no({ code: 'malformed' });
    }
    case 'recovered':
      await book.finish(who);
      return {};
    default:
      return no({ code: 'unknown-verb' });
  }
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
