/** What opens a compartment for a while: requests, answers, emergencies, consent, and the days that pass. */
import type { Json } from '@chungtay/core/base/any';
import {
  type DocumentId,
  documentIdOf,
  type FolderId,
  folderOf,
  makeFolderId,
  makeUlid,
} from '@chungtay/core/model/ids';
import { addDays, dayOf } from '@chungtay/core/policy/calendar';
import type { HeldDocument } from '@chungtay/core/sync/replica-reading';
import type { Commune } from './commune.ts';
import type { Happening } from './counters.ts';
import type { SimDevice } from './device.ts';
import { bytesOf, edit, type Step, wholeOf } from './step.ts';

type Whole = Extract<HeldDocument, { readonly access: 'whole' }>;

const HOUR_MS = 3_600_000;

/** Every step of these. */
export const ACCESS_STEPS: readonly Step[] = [
  { name: 'ask to see', weight: 4, run: askToSee },
  { name: 'ask for the province', weight: 5, run: askForProvince },
  { name: 'emergency', weight: 3, run: breakGlass },
  { name: 'approve', weight: 20, run: (commune) => answer(commune, 'approvals') },
  { name: 'refuse', weight: 1.5, run: (commune) => answer(commune, 'refusals') },
  { name: 'end', weight: 2.5, run: (commune) => answer(commune, 'ended') },
  { name: 'lengthen', weight: 1, run: lengthen },
  { name: 'consent', weight: 4, run: askByConsent },
  { name: 'withdraw consent', weight: 1.5, run: withdraw },
  { name: 'sealed report', weight: 2, run: sealedReport },
  { name: 'hours', weight: 4, run: hoursPass },
];

/** A police officer asks what the school or the station knows of a child. */
async function askToSee(commune: Commune): Promise<string | null> {
  const device = aliveOf(commune, 'police');
  const child = device && childOf(commune, device);
  if (!device || !child) return null;
  const kind = commune.random() < 0.8 ? 'access-education' : 'access-health';
  return ask(commune, device, requestIn(commune, child, kind), { member: device.member, basis: 'written-request' });
}

/** The lead asks on behalf of somebody who does not know the file. */
async function askForProvince(commune: Commune): Promise<string | null> {
  const lead = aliveOf(commune, 'lead');
  const province = commune.deviceOf('province');
  const wanted = commune.oneOf(['identity', 'case', 'sealed-intake', 'sealed-intake']);
  const held = lead && commune.oneOf(wholeOf(lead).filter(({ kind }) => kind === wanted));
  if (!lead || !held) return null;
  const request = requestIn(commune, folderOf(held.document), FOR_PROVINCE[held.kind] ?? '');
  return ask(commune, lead, request, { member: province.member, basis: 'forwarded-case' });
}

const FOR_PROVINCE: Readonly<Record<string, string>> = {
  identity: 'access-identity',
  case: 'access-protection',
  'sealed-intake': 'access-sealed',
};

async function breakGlass(commune: Commune): Promise<string | null> {
  const device = aliveOf(commune, 'police');
  const child = device && childOf(commune, device);
  if (!device || !child) return null;
  const document = requestIn(commune, child, 'access-education');
  const sets = [
    { name: 'isEmergency', value: true },
    { name: 'reason', value: commune.token() },
  ];
  const isSaved = await edit(commune, device, [{ document, sets }]);
  if (isSaved) commune.counters.add('emergencies');
  return isSaved ? `${device.name} breaks the glass with ${document}` : null;
}

/** Consent of both, and a request that leans on it. */
async function askByConsent(commune: Commune): Promise<string | null> {
  const lead = aliveOf(commune, 'lead');
  const child = lead && childOf(commune, lead);
  if (!lead || !child) return null;
  const on = addDays(today(commune), -1);
  const records = (['representative', 'child'] as const).map((by) => {
    const document = requestIn(commune, child, 'consent');
    const said = { by, agreed: true, on, scope: ['education'], disclosedTo: disclosedIn(document) };
    return { document, sets: Object.entries(said).map(([name, value]) => ({ name, value })) };
  });
  if (!(await edit(commune, lead, records))) return null;
  commune.counters.add('consents');
  const consents = records.map(({ document }) => document as string).toSorted();
  const terms = { member: commune.deviceOf('police').member, basis: 'consent', consents };
  return ask(commune, lead, requestIn(commune, child, 'access-education'), terms);
}

/** Every other record is for the school alone. */
function disclosedIn(consent: DocumentId): readonly Json[] {
  return /[0-9A-F]$/u.test(consent) ? ['school'] : ['police', 'school'];
}

async function withdraw(commune: Commune): Promise<string | null> {
  const lead = aliveOf(commune, 'lead');
  const held = lead && commune.oneOf(wholeOf(lead).filter(({ kind }) => kind === 'consent'));
  if (!lead || !held) return null;
  const appends = [{ name: 'withdrawals', value: { reason: commune.token() } }];
  return counted(commune, lead, held.document, { appends }, 'withdrawals');
}

/** Somebody answers a request that his tablet shows: two may do so at once, in different ways. */
async function answer(commune: Commune, log: 'approvals' | 'refusals' | 'ended'): Promise<string | null> {
  const device = commune.oneOf(commune.devices.filter(({ isAlive, role }) => isAlive && ANSWERERS.includes(role)));
  const requests =
    device && requestsOn(device).filter((held) => device.replica.writableFields(held.document).includes(log));
  const held = requests && commune.oneOf(requests);
  if (!device || !held) return null;
  const value = log === 'approvals' ? termsOf(held) : { reason: commune.token() };
  if (!value) return null;
  return counted(commune, device, held.document, { appends: [{ name: log, value }] }, ANSWERS[log]);
}

const ANSWERERS: readonly SimDevice['role'][] = ['lead', 'teacher', 'police', 'chair'];
const ANSWERS = { approvals: 'accessApprovals', refusals: 'accessRefusals', ended: 'accessEnds' } as const;

/** Whoever asked makes more of it than was approved. */
async function lengthen(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.devices.filter(({ isAlive }) => isAlive));
  const held = device && commune.oneOf(requestsOn(device).filter(({ owner }) => owner === device.member));
  if (!device || !held) return null;
  const sets = [{ name: 'until', value: addDays(today(commune), 60 + commune.pick(90)) }];
  return counted(commune, device, held.document, { sets }, 'lengthened');
}

async function sealedReport(commune: Commune): Promise<string | null> {
  const device = aliveOf(commune, 'police');
  if (!device) return null;
  const folder = makeFolderId({ nowMs: () => commune.timeline.nowMs, randomBytes: bytesOf(commune) });
  const sets = [{ name: 'childName', value: commune.token() }];
  return counted(commune, device, requestIn(commune, folder, 'sealed-intake'), { sets }, 'sealedReports');
}

/** Long enough for some grants to begin and some to end. */
async function hoursPass(commune: Commune): Promise<string | null> {
  const hours = commune.oneOf([3, 9, 25, 49]) ?? 3;
  commune.timeline.nowMs += hours * HOUR_MS;
  await commune.timeline.advance(61_000);
  commune.counters.add('longWaits');
  return `${hours} hours`;
}

async function ask(
  commune: Commune,
  device: SimDevice,
  document: DocumentId,
  who: Readonly<Record<string, Json>>,
): Promise<string | null> {
  const from = addDays(today(commune), commune.pick(3) - 1);
  const until = addDays(from, commune.oneOf([0, 1, 4, 120]) ?? 0);
  const terms = { ...who, from, until, reason: commune.token() };
  const sets = Object.entries(terms).map(([name, value]) => ({ name, value }));
  return counted(commune, device, document, { sets }, 'requests');
}

async function counted(
  commune: Commune,
  device: SimDevice,
  document: DocumentId,
  change: Omit<Parameters<SimDevice['edit']>[0][number], 'document'>,
  happening: Happening,
): Promise<string | null> {
  const isSaved = await edit(commune, device, [{ document, ...change }]);
  if (isSaved) commune.counters.add(happening);
  return isSaved ? `${device.name}: ${happening} ${document}` : null;
}

function termsOf({ state }: Whole): Readonly<Record<string, Json>> | null {
  const names = ['member', 'basis', 'reason', 'from', 'until', 'consents'];
  const shown = names.flatMap((name) =>
    (state.fields.get(name) ?? []).slice(0, 1).map(({ value }) => [name, value] as const),
  );
  const terms = Object.fromEntries(shown);
  return ['member', 'basis', 'from', 'until'].every((name) => name in terms) ? terms : null;
}

function requestsOn(device: SimDevice): readonly Whole[] {
  return wholeOf(device).filter((held): held is Whole => held.kind.startsWith('access-'));
}

function childOf(commune: Commune, device: SimDevice): FolderId | null {
  const held = commune.oneOf(wholeOf(device).filter(({ kind }) => kind === 'identity'));
  return held ? folderOf(held.document) : null;
}

function requestIn(commune: Commune, folder: FolderId, kind: string): DocumentId {
  return documentIdOf(folder, kind, makeUlid({ nowMs: () => commune.timeline.nowMs, randomBytes: bytesOf(commune) }));
}

function aliveOf(commune: Commune, role: SimDevice['role']): SimDevice | null {
  const device = commune.deviceOf(role);
  return device.isAlive ? device : null;
}

/** By the right time: what a person reads on the wall, whatever his tablet says. */
function today({ timeline }: Commune): string {
  return dayOf(timeline.nowMs);
}
