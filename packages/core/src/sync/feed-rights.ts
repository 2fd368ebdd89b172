/**
 * Whether what was packed for a reader may still go, asked at the very moment of sending: packing takes turns, and a right may end in
 * one of them. Rights seldom change, so that one number and one look at the clock nearly always answer. Holds SY-2.
 */
import type { World } from '../base/world.ts';
import type { ReadAccess } from '../policy/decision.ts';
import { accessNow } from './feed-plan.ts';
import type { Reader } from './feed-plan.ts';
import type { HubIndex, IndexedDocument } from './hub-index.ts';

/** One document of a frame, and how much of it the frame carries. */
export interface Carried {
  readonly document: IndexedDocument;
  readonly access: ReadAccess;
}

/** Where rights are looked up. */
export interface RightsSources {
  readonly world: Pick<World, 'nowMs'>;
  readonly index: () => HubIndex;
}

/** Says whether all of a frame may go out now. */
export type StillRight = () => boolean;

/** Returns the question to ask at the moment of sending; to be taken in the turn in which the frame was judged. */
export function watchRights(reader: Reader, carried: readonly Carried[], sources: RightsSources): StillRight {
  const { world } = sources;
  const index = sources.index();
  const { rightsVersion } = index;
  const fromMs = world.nowMs();
  return () => {
    const now = sources.index();
    const isUntouched = now === index && now.rightsVersion === rightsVersion;
    if (isUntouched && !hasRightTurned(reader, now, fromMs, world.nowMs())) return true;
    return carried.every((one) => mayHold(reader, one, sources));
  };
}

/** Says whether the reader may hold this much of the document now. */
export function mayHold(reader: Reader, { document, access }: Carried, { world, index }: RightsSources): boolean {
  const known = index().find(document.head.document);
  if (!known) return false;
  const now = accessNow(reader, known, index(), world.nowMs());
  if (access.access !== 'extract') return now.access === access.access;
  return now.access === 'extract' && now.extract === access.extract;
}

function hasRightTurned({ member }: Reader, index: HubIndex, fromMs: number, nowMs: number): boolean {
  if (nowMs === fromMs) return false;
  return index.hasWorkTurned(member, fromMs, nowMs) || index.foldersTurned(fromMs, nowMs).length > 0;
}
