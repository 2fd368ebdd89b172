/** One day away, the same each time: what a tablet that was not there has to fetch, and what it hands in. And the filling of an empty one. */
import { must } from '@chungtay/core/base/assert';
import { documentIdOf, makeUlid } from '@chungtay/core/model/ids';
import type { FolderId } from '@chungtay/core/model/ids';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { schoolOf } from '@chungtay/server/demo/register';
import type { DemoChild } from '@chungtay/server/demo/register';
import { dateOf } from './child-work.ts';
import type { Commune } from './commune.ts';
import type { Tablet, Traffic } from './tablet.ts';

/** What a catch-up or a first download cost. */
export interface Cost extends Traffic {
  readonly ms: number;
  /** What was written to the tablet's disk for it. */
  readonly diskBytes: number;
}

/** Somebody who was away, and what coming back cost. */
export interface Absence extends Cost {
  readonly who: 'lead' | 'collaborator';
}

const CHILDREN = 20;
const NOTES = 5;
const OWN = 5;

/** The files that the measured day is about: the same ones each time, which nobody else disagrees about. */
export interface ProbeFiles {
  readonly children: readonly DemoChild[];
  readonly pupils: readonly DemoChild[];
  readonly small: readonly DemoChild[];
  readonly folder: FolderId;
}

/** Chooses the files, and opens the case among them. */
export async function chooseFiles(commune: Commune, children: readonly DemoChild[]): Promise<ProbeFiles> {
  const away = must(commune.of('collaborator')[0], 'a collaborator');
  const near = children.filter((child) => away.parts.villages.includes(child.village));
  const lead = otherLead(commune);
  const folder = documentIdOf(must(near[0], 'a child of the village').folder, 'identity').split('/')[0] as FolderId;
  await lead.meet();
  await lead.write([
    {
      document: documentIdOf(folder, 'case'),
      sets: [{ name: 'childName', value: must(near[0], 'a child').name }],
      appends: [{ name: 'stage', value: { n: 1, from: null, to: 'received' } }],
    },
  ]);
  await lead.settled();
  lead.leave();
  const files = {
    folder,
    children: near.slice(0, CHILDREN),
    pupils: near.filter((child) => schoolOf(child) === 's01').slice(0, CHILDREN / 2),
    small: near.filter((child) => child.ageYears < 6).slice(0, CHILDREN / 2),
  };
  // what is written later supersedes something each time
  await otherWork(commune, files, 0);
  return files;
}

/** Lets the day pass without the first lead and the first collaborator; returns what it costs each of them to come back. Everybody was up to date before. */
export async function oneDayAway(commune: Commune, files: ProbeFiles, day: number): Promise<readonly Absence[]> {
  await otherWork(commune, files, day);
  const absences: Absence[] = [];
  for (const who of ['lead', 'collaborator'] as const) {
    const tablet = must(commune.of(who)[0], 'somebody away');
    for (const child of files.children.slice(0, OWN)) {
      const note = { text: `Ghi khi không có mạng, ngày thứ ${String(day).padStart(3, '0')}` };
      await tablet.write([
        { document: documentIdOf(child.folder, 'identity'), appends: [{ name: 'notes', value: note }] },
      ]);
    }
    absences.push({ who, ...(await costOf(tablet)) });
  }
  return absences;
}

/** Fills an empty tablet of a lead, twice, and one of a collaborator: what the Hub makes once for everybody is paid by the first. */
export async function firstDownloads(commune: Commune): Promise<readonly (Cost & { readonly who: string })[]> {
  const costs: (Cost & { readonly who: string })[] = [];
  for (const [who, role] of [
    ['first lead', 'lead'],
    ['next lead', 'lead'],
    ['collaborator', 'collaborator'],
  ] as const) {
    const tablet = await commune.another(must(commune.of(role)[0], 'somebody with a tablet'));
    costs.push({ who, ...(await costOf(tablet)) });
    await commune.open.hub.revokeDevice(tablet.parts.identity.device);
  }
  return costs;
}

async function costOf(tablet: Tablet): Promise<Cost> {
  tablet.takeTraffic();
  const [startedMs, before] = [performance.now(), tablet.store.writtenBytes];
  await tablet.meet();
  const ms = Math.round(performance.now() - startedMs);
  tablet.leave();
  return { ms, ...tablet.takeTraffic(), diskBytes: tablet.store.writtenBytes - before };
}

async function otherWork(commune: Commune, files: ProbeFiles, day: number): Promise<void> {
  const lead = otherLead(commune);
  const pause = (edits: readonly DocumentEdit[]) => [edits];
  const of = (child: DemoChild, kind: string, edit: Omit<DocumentEdit, 'document'>) =>
    pause([{ document: documentIdOf(child.folder, kind), ...edit }]);
  const text = `Đã đến thăm gia đình, ngày thứ ${String(day).padStart(3, '0')}`;
  await writeAll(lead, [
    ...files.children.flatMap((child) => of(child, 'identity', { sets: [{ name: 'formerAddress', value: text }] })),
    ...files.pupils.flatMap((child) => of(child, 'education', { sets: [{ name: 'dropOutNote', value: text }] })),
    pause([{ document: documentIdOf(files.folder, 'case'), appends: [{ name: 'notes', value: { text } }] }]).flat(),
  ]);
  const growth = { on: dateOf(day), weightKg: 12.3, heightCm: 88 };
  const nurse = must(commune.of('nurse')[0], 'a nurse');
  await writeAll(
    nurse,
    files.small.flatMap((child) => of(child, 'health', { appends: [{ name: 'growth', value: growth }] })),
  );
  const notes = Array.from({ length: NOTES }, () => [
    {
      document: documentIdOf(files.folder, 'contact-note', makeUlid(commune.world)),
      sets: [
        { name: 'on', value: dateOf(day) },
        { name: 'contact', value: 'homeVisit' },
        { name: 'text', value: text },
      ],
    },
  ]);
  await writeAll(must(commune.of('police')[0], 'a police officer'), notes);
}

async function writeAll(tablet: Tablet, groups: readonly (readonly DocumentEdit[])[]): Promise<void> {
  await tablet.meet();
  for (const edits of groups) await tablet.write(edits);
  await tablet.settled();
  tablet.leave();
  await tablet.rest();
}

function otherLead(commune: Commune): Tablet {
  return must(commune.of('lead')[1], 'a second lead');
}
