/** Which of what a device keeps lies under the key of the short lease. Rules LSE-5, LSE-6. */
import type { DocumentId } from '../model/ids.ts';
import { isHighDocument } from '../policy/lease.ts';
import type { ImageChange, ImageKey } from './device-images.ts';
import type { HighArea, ReplicaArea } from './ports.ts';

const HIGH_OF = { outbox: 'highOutbox', kept: 'highKept', quarantine: 'highQuarantine' } as const;

/** Returns the area in which what concerns the document is kept. */
export function areaFor(area: keyof typeof HIGH_OF, document: DocumentId): ReplicaArea {
  return isHighDocument(document) ? HIGH_OF[area] : area;
}

/** Returns the area that holds the same of documents of the short lease. */
export function highAreaOf(area: keyof typeof HIGH_OF): HighArea {
  return HIGH_OF[area];
}

/** Says whether an image is of a document of the short lease, or derived from one. A receipt of what was handed in says nothing of it. */
export function isHighKey(key: ImageKey): boolean {
  if (key.startsWith('f/')) return false;
  const from = key.startsWith('x/') ? key.indexOf('/', 2) + 1 : 2;
  return isHighDocument(key.slice(from) as DocumentId);
}

/** Images apart by the key they lie under. */
export interface ApartImages {
  readonly open: readonly ImageChange[];
  readonly high: readonly ImageChange[];
}

/** Returns the changes of images apart. */
export function apart(changes: readonly ImageChange[]): ApartImages {
  const high = changes.filter(([key]) => isHighKey(key));
  return high.length === 0 ? { open: changes, high } : { open: changes.filter(([key]) => !isHighKey(key)), high };
}
