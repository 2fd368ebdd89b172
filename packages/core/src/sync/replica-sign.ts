/** From checked drafts to signed envelopes, chained after the device's last one. Rules OUT-1, OUT-2. */
import { must } from '../base/assert.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { makeUlid } from '../model/ids.ts';
import type { Position } from './device-meta.ts';
import { type Envelope, MAX_ENVELOPE_BYTES, signEnvelope } from './envelope.ts';
import { outboxRowOf, type OutboxRow } from './outbox.ts';
import type { ReplicaParts } from './replica-core.ts';
import type { DraftAuthor, EditDraft } from './replica-draft.ts';
import type { EditRefusal } from './replica-edit.ts';

/** Bound of a group's envelopes together: they travel in one push, which must fit a frame. */
const MAX_GROUP_BYTES = 192 * 1024;

/** Returns the outbox rows of the drafts, one envelope each, one group when there are several. Nothing is durable yet. */
export async function signDrafts(
  drafts: readonly EditDraft[],
  author: DraftAuthor,
  position: Position,
  { identity: { device }, signer, world }: ReplicaParts,
): Promise<Result<readonly OutboxRow[], EditRefusal>> {
  const group = drafts.length > 1 ? { id: makeUlid(world), count: drafts.length } : null;
  const rows: OutboxRow[] = [];
  let { lastN: n, lastHash: prev } = position;
  let groupBytes = 0;
  for (const { document, edited } of drafts) {
    n += 1;
    const envelope: Envelope = {
      member: author.me.member,
      device,
      client: author.client,
      n,
      prev,
      document,
      atMs: author.nowMs,
      seen: position.cursor,
      group,
      update: edited.update,
    };
    const signed = await signEnvelope(envelope, signer);
    groupBytes += signed.bytes.length;
    if (signed.bytes.length > MAX_ENVELOPE_BYTES || groupBytes > MAX_GROUP_BYTES)
      return err({ reason: 'too-large', document, fields: [] });
    const row = must(outboxRowOf(signed, world.crypto), 'update of an own envelope');
    rows.push(row);
    prev = row.hash;
  }
  return ok(rows);
}
