/** What a tablet's store weighs, area by area, beside what it holds. */
import { decodeImages } from '@chungtay/core/sync/device-images';
import type { Image } from '@chungtay/core/sync/device-images';
import { HIGH_AREAS, type ReplicaArea } from '@chungtay/core/sync/ports';
import { nodeDeflate } from '../fixtures/world.ts';
import type { Tablet } from './tablet.ts';

/** Bytes on a tablet's disk; each record with the vault's seal. */
export interface TabletWeight {
  readonly storeBytes: number;
  /** States, extracts and receipts held: what the person can see. */
  readonly contentBytes: number;
  readonly images: number;
  readonly documents: number;
  readonly records: Readonly<Record<ReplicaArea, number>>;
  readonly bytes: Readonly<Record<ReplicaArea, number>>;
}

const AREAS = ['log', 'outbox', 'kept', 'packs', 'quarantine', 'meta', 'drafts', ...HIGH_AREAS] as const;
const SEAL_BYTES = 28;

/** Returns what the tablet's store weighs now. */
export async function weighTablet({ store, replica }: Tablet): Promise<TabletWeight> {
  const lines = await Promise.all(
    AREAS.map(async (area) => {
      const { records } = await store.readAll(area);
      const bytes = records.reduce((sum, record) => sum + record.key.length + record.bytes.length + SEAL_BYTES, 0);
      return { area, records: records.length, bytes };
    }),
  );
  const sizes = await imageSizesIn(store);
  return {
    storeBytes: lines.reduce((sum, { bytes }) => sum + bytes, 0),
    contentBytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
    images: sizes.length,
    documents: replica.documents().size,
    records: Object.fromEntries(lines.map(({ area, records }) => [area, records])) as TabletWeight['records'],
    bytes: Object.fromEntries(lines.map(({ area, bytes }) => [area, bytes])) as TabletWeight['bytes'],
  };
}

async function imageSizesIn(store: Tablet['store']): Promise<readonly number[]> {
  const sizes: number[] = [];
  const images = new Map<string, Image | null>();
  for (const area of ['packs', 'log', 'highPacks', 'highLog'] as const) {
    for (const { bytes } of (await store.readAll(area)).records)
      for (const [key, image] of (await decodeImages(bytes, nodeDeflate)) ?? []) images.set(key, image);
  }
  for (const image of images.values()) if (image) sizes.push(sizeOf(image));
  return sizes;
}

function sizeOf(image: Image): number {
  const named = image.document.length;
  return image.is === 'document'
    ? named + image.state.length
    : image.is === 'extract'
      ? named + image.json.length
      : named;
}
