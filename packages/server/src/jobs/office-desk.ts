/** The office's verbs over a session: for whom the table names, and of those the lead for his collaborators alone. Rule ENR-10. */
import type { Role } from '@chungtay/core/model/role';
import type { WireVerb } from '@chungtay/core/policy/office';
import type { OfficeAsker } from '@chungtay/core/sync/hub-office';
import type { OfficeProblem } from '@chungtay/core/wire/office';
import * as z from 'zod/mini';
import { no, performOn } from './office.ts';
import type { Office, OfficeAnswer } from './office.ts';
import type { OfficeHub } from './people.ts';
import { rowOf } from './people.ts';
import { createPeopleOffice } from './run-office.ts';

/** What of an ask says whom it is about. */
const about = z.object({
  member: z.optional(z.int()),
  device: z.optional(z.string()),
  role: z.optional(z.string()),
  namedFor: z.optional(z.array(z.string())),
  isSuspended: z.optional(z.boolean()),
  until: z.optional(z.string()),
});
type About = z.infer<typeof about>;

/** Whom the lead may invite, change and suspend. */
const LEADS: Role = 'collaborator';

/** Carries out a verb for somebody whose role has it. Resolves with JSON; rejects with an Outage. */
export async function answerAtDesk(open: OfficeHub, asker: OfficeAsker, verb: WireVerb, body: string): Promise<string> {
  return JSON.stringify(await answerOf(open, asker, verb, body));
}

async function answerOf(open: OfficeHub, asker: OfficeAsker, verb: WireVerb, body: string): Promise<OfficeAnswer> {
  const ask = parsed(body);
  const read = about.safeParse(ask);
  if (!read.success) return no({ code: 'malformed' });
  const refused = ownRefusal(open, asker, verb, read.data) ?? leadRefusal(open, asker, verb, read.data);
  if (refused) return no(refused);
  const { member, device } = asker;
  return performOn(createPeopleOffice(open, { member, device }) as Office)(verb, ask);
}

/** Nobody ends his own rights by a slip of the finger: the next one who may give them back is the machine itself. */
function ownRefusal(
  { hub }: OfficeHub,
  asker: OfficeAsker,
  verb: WireVerb,
  { member, device, role, until, isSuspended }: About,
): OfficeProblem | null {
  const isSelf = member === asker.member;
  const endsSelf = isSelf && ((verb === 'suspend' && isSuspended === true) || (verb === 'change' && endsWork()));
  function endsWork(): boolean {
    const isOther = role !== undefined && role !== asker.row.principal.role;
    return isOther || (until !== undefined && until !== 'never');
  }
  const isOwnDevice = verb === 'revoke' && device === asker.device;
  return endsSelf || (isOwnDevice && hub.principalOf(asker.device) !== null) ? { code: 'yourself' } : null;
}

function leadRefusal(
  { hub }: OfficeHub,
  { row }: OfficeAsker,
  verb: WireVerb,
  { member, device, role, namedFor }: About,
): OfficeProblem | null {
  if (row.principal.role !== 'lead' || verb === 'people' || verb === 'namings' || verb === 'confirmNaming') return null;
  // by what the verb takes: a device named beside the person is not whom it is about
  const isOfDevice = verb === 'revoke' || verb === 'nameDevice';
  const owner = isOfDevice ? hub.devices().find((one) => one.device === device)?.member : member;
  const target = owner === undefined ? null : rowOf(hub, owner);
  const isTheirs = verb === 'invite' || target?.principal.role === LEADS;
  const staysTheirs = role === undefined ? verb !== 'invite' : role === LEADS;
  return isTheirs && staysTheirs && (namedFor ?? []).length === 0 ? null : { code: 'not-yours' };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
