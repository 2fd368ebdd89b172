/**
 * What requests, approvals and consents open, worked out a second time and by other means than the product's: from the values that lie in
 * the documents as their envelopes make them. Nobody holds more of a compartment that has to be asked for, and nobody less.
 */
import type { DocState } from '@chungtay/core/doc/state';
import { type DocumentId, folderOf, type FolderId, parseDocumentId } from '@chungtay/core/model/ids';
import type { Role } from '@chungtay/core/model/role';
import type { Check } from './check.ts';
import type { SimDevice } from './device.ts';
import type { Scene } from './scene.ts';

const DAY_MS = 86_400_000;
/** Việt Nam is seven hours ahead. */
const ZONE_MS = 7 * 3_600_000;
/** The Hub looks at rights that end by the clock once a minute. */
const SWEEP_MS = 61_000;

/** Who has to ask for what, and how many must agree. By hand: a mistake of the product's table is none here. */
const ASKED: Readonly<
  Record<string, { readonly roles: readonly Role[]; readonly approvals: number; readonly opens: RegExp }>
> = {
  'access-identity': { roles: ['province'], approvals: 1, opens: /^(?:identity|household|visit)$/u },
  'access-education': { roles: ['police'], approvals: 1, opens: /^education$/u },
  'access-health': { roles: ['police'], approvals: 1, opens: /^health$/u },
  'access-protection': { roles: ['province'], approvals: 1, opens: /^(?:case|intake|contact-note|task)$/u },
  'access-sealed': {
    roles: ['province'],
    approvals: 2,
    opens: /^(?:sealed-(?:case|intake|contact-note|task)|informant)$/u,
  },
};

/** See the file's head. */
export const ACCESS_CHECKS: readonly Check[] = [{ id: 'P10', find: heldByGrants }];

interface Window {
  readonly folder: FolderId;
  readonly kind: string;
  readonly member: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Returns the folders in which something began or ended so shortly before that nobody need have heard of it. */
export function foldersTurning(scene: Scene): ReadonlySet<FolderId> {
  const nowMs = nowOf(scene);
  const isNear = (atMs: number): boolean => Math.abs(atMs - nowMs) < SWEEP_MS;
  return new Set(
    windowsIn(scene).flatMap(({ folder, fromMs, untilMs }) => (isNear(fromMs) || isNear(untilMs) ? [folder] : [])),
  );
}

function heldByGrants(scene: Scene): readonly string[] {
  const { commune, heads } = scene;
  const windows = windowsIn(scene);
  const nowMs = nowOf(scene);
  for (const { fromMs, untilMs } of windows) {
    if (nowMs >= untilMs) commune.counters.add('grantsOver');
    else if (nowMs >= fromMs) commune.counters.add('grantsOpen');
  }
  const turning = foldersTurning(scene);
  const found: string[] = [];
  for (const device of commune.tablets.filter(isAsked)) {
    for (const document of heads.keys()) {
      const kind = parseDocumentId(document)?.kind ?? '';
      const rule = Object.entries(ASKED).find(
        ([, { roles, opens }]) => roles.includes(device.role) && opens.test(kind),
      );
      if (!rule || turning.has(folderOf(document)) || isOtherwiseHis(device.role, kind)) continue;
      const isOpen = windows.some(
        (one) =>
          one.kind === rule[0] &&
          one.folder === folderOf(document) &&
          one.member === device.member &&
          one.fromMs <= nowMs &&
          nowMs < one.untilMs,
      );
      const isHeld = device.replica.read(document)?.access === 'whole';
      if (isHeld && isOpen) commune.counters.add('readByGrant');
      if (isHeld !== isOpen)
        found.push(`${device.name} ${isHeld ? 'holds' : 'lacks'} ${document}, ${isOpen ? 'open' : 'closed'} to him`);
    }
  }
  return found;
}

function isAsked(device: SimDevice): boolean {
  const isBelieved = !device.isOut && !device.isStopped && device.hub().principalOf(device.id) !== null;
  return isBelieved && (!device.isCloned || device.isLive) && ['police', 'province'].includes(device.role);
}

/** What a role's own work opens is not in question. */
function isOtherwiseHis(role: Role, kind: string): boolean {
  return role === 'police' && !['education', 'health'].includes(kind);
}

function nowOf({ commune }: Scene): number {
  return commune.timeline.nowMs + commune.office.jumpMs;
}

function windowsIn(scene: Scene): readonly Window[] {
  return [...scene.rebuilt].flatMap(([document, state]) => windowsOf(scene, document, state));
}

function windowsOf(scene: Scene, document: DocumentId, state: DocState): readonly Window[] {
  const kind = parseDocumentId(document)?.kind ?? '';
  const rule = ASKED[kind];
  if (!rule || said(state, 'refusals').length + said(state, 'ended').length > 0) return [];
  const at = { folder: folderOf(document), kind };
  const firstAtMs = scene.heads.get(document)?.firstAtMs ?? 0;
  const glass = said(state, 'isEmergency');
  const breakers = glass.every(({ value }) => value === true) ? glass.map(({ member }) => member) : [];
  const emergency = breakers
    .slice(0, 1)
    .map((member) => ({ ...at, member, fromMs: firstAtMs, untilMs: firstAtMs + DAY_MS }));
  return [...emergency, ...approvedIn(scene, state, rule.approvals).map((window) => ({ ...at, ...window }))];
}

function approvedIn(scene: Scene, state: DocState, wanted: number): readonly Omit<Window, 'folder' | 'kind'>[] {
  const [member, basis, from, until] = ['member', 'basis', 'from', 'until'].map((name) => only(state, name));
  const consents = JSON.stringify(only(state, 'consents') ?? null);
  if (typeof member !== 'number' || typeof from !== 'string' || typeof until !== 'string') return [];
  const approvers = said(state, 'approvals').filter((entry) => {
    const approved = entry.value as { readonly [name: string]: unknown };
    const isSame = approved['member'] === member && approved['basis'] === basis && approved['from'] === from;
    const isReasoned = approved['reason'] === only(state, 'reason');
    const isWhole = isSame && approved['until'] === until && JSON.stringify(approved['consents'] ?? null) === consents;
    return isWhole && isReasoned && entry.member !== member;
  });
  if (new Set(approvers.map((entry) => entry.member)).size < wanted) return [];
  if (basis === 'consent' && !isAgreed(scene, only(state, 'consents'))) return [];
  const fromMs = Date.parse(from) - ZONE_MS;
  const untilMs = Math.min(Date.parse(until) + DAY_MS - ZONE_MS, fromMs + 90 * DAY_MS);
  return fromMs < untilMs ? [{ member, fromMs, untilMs }] : [];
}

/** Both, neither withdrawn, both for the police, whom alone the simulated people ask for by consent; the simulated children have no birthday that anybody knows. */
function isAgreed({ rebuilt }: Scene, links: unknown): boolean {
  const records = (Array.isArray(links) ? links : []).flatMap((link) => rebuilt.get(link as DocumentId) ?? []);
  const standing = records.filter((state) => said(state, 'withdrawals').length === 0);
  return ['representative', 'child'].every((who) =>
    standing.some((state) => only(state, 'by') === who && isForPolice(state)),
  );
}

function isForPolice(state: DocState): boolean {
  const disclosedTo = only(state, 'disclosedTo');
  return Array.isArray(disclosedTo) && disclosedTo.includes('police');
}

function said(state: DocState, name: string) {
  return [...state.live.values()].filter(({ field }) => field.name === name);
}

/** What all who said something of it agree on; undefined otherwise. */
function only(state: DocState, name: string): unknown {
  const values = new Set(said(state, name).map(({ value }) => JSON.stringify(value)));
  const [text] = values;
  return values.size === 1 && text !== undefined ? JSON.parse(text) : undefined;
}
