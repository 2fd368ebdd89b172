/** What must not grow with time: what a catch-up costs, what a tablet keeps beside its content, and what of the evidence can be checked. */
import type { FeedVerification } from '@chungtay/server/jobs/verify';
import { CHAPTER } from '@chungtay/server/store/chapters';
import type { Absence } from './probe.ts';
import type { HubWeight } from './weigh-hub.ts';
import type { TabletWeight } from './weigh-tablet.ts';

/** What the year was like at one of its marks. */
export interface Mark {
  readonly day: number;
  readonly absences: readonly Absence[];
  readonly tablets: Readonly<Record<string, TabletWeight>>;
  readonly hub: HubWeight;
}

/** Numbers grow by a digit; ids are random, so that they deflate a little better or worse; a verdict may come with the feed or behind it. */
const FLAT = { bytes: 1.1, messages: 2 } as const;
/** What a tablet's store may be beside what the person can see. */
const STORE = {
  packImages: 100,
  ofPacks: 1.25,
  logRecords: 64,
  aroundContent: 1.5,
  besideBytes: 3 * 1024 * 1024,
} as const;

/** Returns what grew that must not, in words; empty when all is well. */
export function flawsOf(marks: readonly Mark[], verified: FeedVerification, sent: number): readonly string[] {
  const [first, last] = [marks[0], marks.at(-1)];
  const flaws = verified.damages.map((damage) => `the evidence is damaged: ${JSON.stringify(damage)}`);
  if (verified.entries < sent) flaws.push(`${sent} envelopes were answered, ${verified.entries} entries are evidence`);
  const bodies = last?.hub.bodiesAlone ?? 0;
  if (bodies > CHAPTER.newest + 2 * CHAPTER.entries) flaws.push(`${bodies} bodies lie alone on the Hub's disk`);
  if (!first || !last || first === last) return [...flaws, 'nothing to compare'];
  for (const [i, then] of first.absences.entries()) flaws.push(...absenceFlaws(then, last.absences[i]));
  for (const [who, weight] of Object.entries(last.tablets)) flaws.push(...tabletFlaws(who, weight));
  return flaws;
}

function absenceFlaws(then: Absence, now: Absence | undefined): readonly string[] {
  if (!now) return ['no catch-up was measured'];
  const grew = (what: string, before: number, after: number): string =>
    `catching up a day costs the ${now.who} more ${what} than in the first month: ${after}, it was ${before}`;
  return [
    ...(now.messages > then.messages + FLAT.messages ? [grew('messages', then.messages, now.messages)] : []),
    ...(now.bytesDown > then.bytesDown * FLAT.bytes ? [grew('bytes', then.bytesDown, now.bytesDown)] : []),
    ...(now.bytesUp > then.bytesUp * FLAT.bytes ? [grew('bytes up', then.bytesUp, now.bytesUp)] : []),
  ];
}

function tabletFlaws(who: string, { records, images, storeBytes, contentBytes }: TabletWeight): readonly string[] {
  const fewest = Math.ceil(images / STORE.packImages);
  const flaws: string[] = [];
  if (records.log > STORE.logRecords) flaws.push(`the ${who}'s log is not folded: ${records.log} records`);
  if (records.packs > fewest * STORE.ofPacks + 2)
    flaws.push(`the ${who}'s ${images} images lie in ${records.packs} packs, ${fewest} would do`);
  if (storeBytes > contentBytes * STORE.aroundContent + STORE.besideBytes)
    flaws.push(`the ${who}'s store takes ${storeBytes} bytes for a content of ${contentBytes}`);
  return flaws;
}
