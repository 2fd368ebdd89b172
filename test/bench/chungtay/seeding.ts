/** Fills a Hub through its admission: three leads write every document one after another, as the corpus says. */
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import { recordOf } from '../corpus.ts';
import { measuredEdit, strokeEdit } from './documents.ts';
import { enrolTablet, type Tablet } from './tablet.ts';

/** Gives the code of an invitation for one more lead. */
export type InviteLead = (name: string) => Promise<string>;

const AUTHORS = ['Nguyễn Thị Hạnh', 'Giàng A Páo', 'Y Blơm'] as const;
/** A household with its children's documents: written in one stroke. */
const TOGETHER = 5;

/** Writes all documents; returns the last author's tablet, offline. */
export async function seedDocuments(port: number, documents: number, invite: InviteLead): Promise<Tablet> {
  let tablet: Tablet | null = null;
  for (const [author, name] of AUTHORS.entries()) {
    tablet = await enrolTablet(port, await invite(name), new MemoryReplicaStore());
    await tablet.meet(port);
    for (let from = 0; from < documents; from += TOGETHER) {
      const indexes = Array.from({ length: Math.min(TOGETHER, documents - from) }, (_, k) => from + k);
      await save(
        tablet,
        indexes.filter((index) => recordOf(index).strokes[author]).map((index) => strokeEdit(index, author)),
      );
    }
    await tablet.meet(port);
    tablet.leave();
  }
  if (!tablet) throw new Error('nobody wrote');
  return tablet;
}

/** Makes the changes "there". */
export async function changeThere(tablet: Tablet, port: number, changed: readonly number[]): Promise<void> {
  for (const index of changed) await save(tablet, [measuredEdit(index, 'there')]);
  await tablet.meet(port);
  tablet.leave();
}

async function save({ replica }: Tablet, edits: Parameters<Tablet['replica']['edit']>[0]): Promise<void> {
  const saved = await replica.edit(edits);
  if (!saved.ok) throw new Error(`an edit was refused: ${saved.error.reason} ${saved.error.fields.join(' ')}`);
}
