import { logOf } from '@chungtay/core/doc/read';
import { RISK_LEVELS } from '@chungtay/core/model/abuse';
import { type CaseStage, currentStage, isEnded, stageRecordsOf } from '@chungtay/core/model/case-stage';
import { documentIdOf, makeFolderId, makeUlid } from '@chungtay/core/model/ids';
import { type Step as StageStep, stepsFrom } from '@chungtay/core/policy/lifecycle';
/** The life of a case and a visit: opened, taken from stage to stage, approved, closed, opened again; a call at a household, signed. */
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import type { HeldDocument } from '@chungtay/core/sync/replica-reading';
import type { Commune } from './commune.ts';
import type { SimDevice } from './device.ts';
import { VILLAGES } from './people.ts';
import { bytesOf, edit, wholeOf } from './step.ts';

type WholeDocument = Extract<HeldDocument, { readonly access: 'whole' }>;

/** The lead opens a case, and may take it some stages on in the same stroke. */
export async function openCase(commune: Commune): Promise<string | null> {
  const lead = commune.deviceOf('lead');
  if (!lead.isAlive) return null;
  const folder = makeFolderId({ nowMs: () => commune.timeline.nowMs, randomBytes: bytesOf(commune) });
  const steps: StageStep[] = [];
  for (let left = commune.oneOf([1, 3, 6, 6]) ?? 1; left > 0; left -= 1) {
    const next = commune.oneOf(stepsFrom(steps.at(-1)?.to ?? null, 'lead'));
    if (next) steps.push(next);
  }
  const change: DocumentEdit = {
    document: documentIdOf(folder, 'case'),
    sets: [
      { name: 'childName', value: commune.token() },
      { name: 'isEmergency', value: commune.random() < 0.4 },
      { name: 'riskLevel', value: commune.oneOf(RISK_LEVELS) ?? RISK_LEVELS[0] },
      { name: 'nextReviewOn', value: '2026-04-01' },
    ],
    appends: steps.map((step, i) => stageRecord(step, i + 1)),
  };
  const isSaved = await edit(commune, lead, [change]);
  if (isSaved) commune.counters.add('casesOpened');
  return isSaved ? `${change.document} up to ${steps.at(-1)?.to}` : null;
}

/** Somebody who may takes a case a stage further, by what his tablet shows: two may do so at once. */
export async function nextStage(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(deciders(commune));
  const held = device && commune.oneOf(casesOf(device));
  if (!device || !held) return null;
  const { stage, n } = stageOf(held);
  const roles = stepsFrom(stage, device.role);
  // most cases would else be turned away or handed over before anybody could approve or close them
  const onward = roles.filter(({ to }) => !isEnded(to) || to === 'closed');
  const step = commune.oneOf(onward.length > 0 && commune.random() < 0.75 ? onward : roles);
  if (!step) return null;
  const isSaved = await edit(commune, device, [{ document: held.document, appends: [stageRecord(step, n + 1)] }]);
  if (!isSaved) return null;
  commune.counters.add('stages');
  if (step.to === 'approved') commune.counters.add('approvals');
  if (isEnded(step.to)) commune.counters.add('closings');
  if (step.to === 'reopened') commune.counters.add('reopenings');
  return `${device.name} takes ${held.document} from ${stage} to ${step.to}`;
}

/** Somebody writes in a case that his tablet knows to be at rest: the Hub holds it. */
export async function editClosed(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(deciders(commune));
  const atRest = device && casesOf(device).filter((held) => isEnded(stageOf(held).stage ?? 'received'));
  const held = atRest && commune.oneOf(atRest);
  if (!device || !held) return null;
  const appends = [{ name: 'notes', value: { text: commune.token() } }];
  const isSaved = await edit(commune, device, [{ document: held.document, appends }]);
  if (isSaved) commune.counters.add('editsOfClosed');
  return isSaved ? `${device.name} writes in ${held.document}, which is at rest` : null;
}

/** A collaborator calls at a household, made with the visit when there is none yet; it may be signed at once or later. */
export async function visitHousehold(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.devices.filter((one) => one.isAlive && one.role === 'collaborator'));
  if (!device) return null;
  const world = { nowMs: () => commune.timeline.nowMs, randomBytes: bytesOf(commune) };
  const known = commune.oneOf(wholeOf(device).filter(({ kind }) => kind === 'household'));
  const folder = known?.folder ?? makeFolderId(world);
  const village = commune.oneOf(device.appointment.villages) ?? VILLAGES[0];
  const household = { document: documentIdOf(folder, 'household'), sets: [{ name: 'village', value: village }] };
  const visit: DocumentEdit = {
    document: documentIdOf(folder, 'visit', makeUlid(world)),
    sets: [
      { name: 'on', value: '2026-03-02' },
      { name: 'note', value: commune.token() },
    ],
  };
  const isSaved = await edit(commune, device, known ? [visit] : [household, visit]);
  if (isSaved) commune.counters.add('visits');
  return isSaved ? `${device.name} makes ${visit.document}` : null;
}

/** The household signs a visit on its maker's tablet. */
export async function signVisit(commune: Commune): Promise<string | null> {
  const device = commune.oneOf(commune.devices.filter((one) => one.isAlive && one.role === 'collaborator'));
  const visits = device && wholeOf(device).filter(({ kind }) => kind === 'visit');
  const held = visits && commune.oneOf(visits);
  if (!device || !held) return null;
  const value = commune.oneOf(['signature', 'thumbprint']) ?? 'signature';
  const isSaved = await edit(commune, device, [{ document: held.document, sets: [{ name: 'signed', value }] }]);
  if (isSaved) commune.counters.add('visitsSigned');
  return isSaved ? `${held.document} is signed with a ${value}` : null;
}

function deciders(commune: Commune): readonly SimDevice[] {
  return commune.devices.filter(({ isAlive, role }) => isAlive && (role === 'lead' || role === 'chair'));
}

function casesOf(device: SimDevice): readonly WholeDocument[] {
  return wholeOf(device).filter((held): held is WholeDocument => held.kind === 'case');
}

function stageOf({ state }: WholeDocument): { readonly stage: CaseStage | null; readonly n: number } {
  const steps = stageRecordsOf(logOf(state, 'stage').map(({ value }) => value));
  return { stage: currentStage(steps), n: steps.at(-1)?.n ?? 0 };
}

function stageRecord({ from, to, needsReason }: StageStep, n: number) {
  const record = { n, to, ...(from === null ? {} : { from }), ...(needsReason ? { reason: 'theo biên bản họp' } : {}) };
  return { name: 'stage', value: record };
}
