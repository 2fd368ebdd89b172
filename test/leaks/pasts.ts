/** Every device asks for the past of every document there is: what comes down is scanned with the rest, and each answer is judged here. */
import { expectedOf } from './expected.ts';
import type { Play } from './play.ts';
import type { Scan } from './scan.ts';
import type { Tablet } from './tablet.ts';

/** Asks on these devices, all at once, one document after another. The bytes stay in their relays for the scan that follows. */
export async function lookAtPasts(play: Play, tablets: readonly Tablet[], phase: string, scan: Scan): Promise<void> {
  await Promise.all(tablets.map((tablet) => lookAtOne(play, tablet, phase, scan)));
}

async function lookAtOne(play: Play, tablet: Tablet, phase: string, scan: Scan): Promise<void> {
  const person = play.watched(tablet.who);
  for (const placed of play.documents.values()) {
    const { document, kind } = placed;
    const isHis = expectedOf(person, placed) === 'whole';
    const part = await tablet.pastOf(document);
    if (part) scan.counts.pasts += 1;
    else scan.counts.noPasts += 1;
    const looked = scan.looked(kind, person.role);
    if (isHis) looked.allowed += 1;
    else looked.forbidden += 1;
    if ((part !== null) === isHis) continue;
    const where = `${tablet.who}, ${phase}, the past of ${document}`;
    scan.findings.push({ kind, role: person.role, fault: isHis ? 'missing' : 'leak', where });
  }
}
