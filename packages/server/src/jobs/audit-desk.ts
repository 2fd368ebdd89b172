/** The log over a session: the deeds that somebody may hear of, and for those who read all of it its head, sealed and signed, to be printed. Rules AUD-16 … AUD-19. */
import type { World } from '@chungtay/core/base/world';
import type { Hub } from '@chungtay/core/sync/hub';
import type { OfficeAsker } from '@chungtay/core/sync/hub-office';
import { auditAsk } from '@chungtay/core/wire/audit';
import type { AuditAnswer } from '@chungtay/core/wire/audit';
import type { HubKeys } from '../auth/keys.ts';
import { sealedHeadLine } from '../ops/heads-file.ts';
import { no } from './office.ts';

/** What it reads from. */
export interface AuditDesk {
  readonly hub: Pick<Hub, 'head' | 'deeds'>;
  readonly keys: Pick<HubKeys, 'signer' | 'cursors'>;
  readonly world: World;
}

/** Resolves with JSON: an `AuditAnswer`, or a no. Rejects with an Outage. */
export async function answerAudit(
  { member, device, row }: OfficeAsker,
  body: string,
  desk: AuditDesk,
): Promise<string> {
  const ask = auditAsk.safeParse(jsonOf(body));
  if (!ask.success) return JSON.stringify(no({ code: 'malformed' }));
  const read = await desk.hub.deeds({ member, device, role: row.principal.role }, ask.data);
  const answer: AuditAnswer = { ...read, head: read.isAll ? await headOf(desk) : null };
  return JSON.stringify(answer);
}

async function headOf({ hub, keys, world }: AuditDesk): Promise<NonNullable<AuditAnswer['head']>> {
  const atMs = world.nowMs();
  const line = await sealedHeadLine(hub.head(), atMs, keys.signer, keys.cursors);
  return { code: Buffer.from(world.crypto.sha256(Buffer.from(line))).toString('hex'), atMs, line };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
