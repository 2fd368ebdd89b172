/** Somebody else at work: a second tablet of the same person, without a browser. */
import { MemoryReplicaStore } from '@chungtay/core/sync/memory-replica-store';
import { enrolTablet } from '../chungtay/tablet.ts';

/** Changes so many children's addresses in one go; resolves when the Hub has them all. */
export async function changeElsewhere(port: number, code: string, changes: number): Promise<number> {
  const tablet = await enrolTablet(port, code, new MemoryReplicaStore());
  await tablet.meet(port);
  const children = [...tablet.replica.documents()]
    .filter((document) => document.endsWith('/identity'))
    .slice(0, changes);
  tablet.leave();
  for (const document of children) {
    const saved = await tablet.replica.edit([
      { document, sets: [{ name: 'address', value: `Sửa ở nơi khác lúc ${Date.now()}` }] },
    ]);
    if (!saved.ok) throw new Error(`not saved: ${saved.error.reason}`);
  }
  const startedMs = performance.now();
  await tablet.meet(port);
  tablet.leave();
  return Math.round(performance.now() - startedMs);
}
