import type { Row } from '@chungtay/core/derive/row-types';
import { readField } from '@chungtay/core/doc/read';
import { documentLabelParts, strictestOf } from '@chungtay/core/kinds/registry';
import type { Compartment } from '@chungtay/core/model/compartment';
import type { DocumentId, FolderId } from '@chungtay/core/model/ids';
import type { Agency } from '@chungtay/core/model/role';
import { cellFor } from '@chungtay/core/policy/access';
import { HIGH_COMPARTMENTS, type Standing } from '@chungtay/core/policy/lease';
import type { ClientSession } from '@chungtay/core/sync/client-session';
import type { Replica } from '@chungtay/core/sync/replica';
import type { HeldDocument } from '@chungtay/core/sync/replica-reading';
import type { FiledReceipt, QuarantineItem, StorageState, SyncPanel, SyncSummary } from './engine-views.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import type { LeaseView } from './lease-view.ts';
import type { Register } from './register.ts';

/** Where the words of the panel come from. */
export interface SyncSources {
  readonly replica: Replica<Row>;
  readonly session: ClientSession;
  readonly register: Register;
  readonly storage: StorageState['state'];
  readonly lease: LeaseKeeper;
  readonly standing: Standing;
}

const RECENT = 30;

/** Returns the chip's state: the worst there is, with its count (R3). */
export function syncSummaryOf({ replica, session, storage, lease, standing }: SyncSources): SyncSummary {
  const { waiting, quarantined, onTablet } = replica.counts();
  const online = session.state.is === 'live';
  const { skewMs, lastReceivedAtMs, lastAnsweredAtMs, hasCaughtUp } = session.facts;
  const isLoading = session.state.is === 'live' && !session.state.isCaughtUp && session.state.expected > 0;
  return {
    state: stateOf({ storage, quarantined, waiting, online }),
    waiting,
    quarantined,
    decided: replica.quarantine().filter(({ status, decision }) => status === 'open' && decision !== null).length,
    online,
    lastSentAtMs: lastAnsweredAtMs,
    lastReceivedAtMs,
    hasCaughtUp,
    skewMs,
    progress: isLoading && session.state.is === 'live' ? { done: onTablet, total: session.state.expected } : null,
    storage: storage === 'ok' ? 'ok' : storage === 'full' ? 'full' : 'trouble',
    lease: { standing, ...roundedEnds(lease), concernsHigh: concernsHigh(replica) },
  };
}

// to the minute: the tablet's clock and the time that is counted move against each other by moments
function roundedEnds({ ends }: LeaseKeeper): Pick<LeaseView, 'highAtMs' | 'allAtMs'> {
  const rounded = (atMs: number): number => Math.round(atMs / 60_000) * 60_000;
  return { highAtMs: rounded(ends.highAtMs), allAtMs: rounded(ends.allAtMs) };
}

function concernsHigh({ principal }: Replica<Row>): boolean {
  const mayHold = (compartment: Compartment): boolean =>
    principal !== null && ['read', 'write', 'decide'].includes(cellFor(principal, { compartment, kind: '' }).right);
  return HIGH_COMPARTMENTS.some(mayHold);
}

/** Returns everything S21 shows. */
export function syncPanelOf(sources: SyncSources): SyncPanel {
  const { replica, register } = sources;
  const sent = replica.documentsWithReceipts(RECENT).flatMap((document) => replica.read(document) ?? []);
  return {
    summary: syncSummaryOf(sources),
    documents: replica.counts().onTablet,
    waiting: replica.waitingEdits().map(({ document, kind, fields, atMs }) => ({
      document,
      kind,
      fields,
      atMs,
      title: titleOf(document.split('/')[0] as FolderId, register),
    })),
    sent: sent.map((held) => ({
      document: held.document,
      kind: held.kind,
      title: titleOf(held.folder, register),
      atMs: held.atMs,
      receipts: receiptsOf(held),
    })),
    agencies: newestPerAgency(sent),
  };
}

/**
 * Returns what the Hub did not accept and nobody has decided about, with what the document shows now, unless it is one of `unread`, whose
 * reading could not be written down.
 */
export function quarantineViewOf(
  replica: Replica<Row>,
  register: Register,
  unread: ReadonlySet<DocumentId>,
): readonly QuarantineItem[] {
  return replica
    .quarantine()
    .filter((item) => item.status === 'open')
    .map((item) => {
      const held = unread.has(item.document) ? null : replica.read(item.document);
      return {
        id: item.id,
        document: item.document,
        kind: item.kind,
        title: titleOf(item.document.split('/')[0] as FolderId, register),
        verdict: item.verdict,
        code: item.code,
        atMs: item.atMs,
        decision: item.decision,
        fields: item.fields
          .filter((field) => !field.isSettled)
          .map(({ key, field, code, type, value }) => ({
            key,
            field,
            code,
            value,
            now: type === 'log' ? null : nowOf(held, field, code),
          })),
      };
    });
}

/** Returns what this person handed in and may not read back, newest first: a Hub that was put back may have lost what it once had. */
export function filedReceiptsOf(replica: Replica<Row>): readonly FiledReceipt[] {
  const me = replica.principal;
  const isFiled = (document: DocumentId): boolean => {
    const parts = documentLabelParts(document);
    return me !== null && parts !== null && cellFor(me, parts).right === 'file';
  };
  const again = replica.handedInAgain();
  const answered = replica.filed().map(({ document, number, writtenAtMs, receivedAtMs }) => {
    const isWaiting = again.has(document);
    const state = isWaiting ? 'waiting' : receivedAtMs === null ? 'lost' : 'received';
    return {
      kind: kindIn(document),
      number,
      writtenAtMs,
      receivedAtMs: isWaiting ? null : receivedAtMs,
      state,
    } as const;
  });
  const firstEdits = new Map<DocumentId, number>();
  const isListed = (document: DocumentId): boolean =>
    firstEdits.has(document) || (again.has(document) && replica.filed().some((filed) => filed.document === document));
  for (const { document, atMs } of replica.waitingEdits()) {
    if (isFiled(document) && !isListed(document)) firstEdits.set(document, atMs);
  }
  const waiting = [...firstEdits].map(([document, atMs]) => ({
    kind: kindIn(document),
    number: null,
    writtenAtMs: atMs,
    receivedAtMs: null,
    state: 'waiting' as const,
  }));
  return [...answered, ...waiting].toSorted((a, b) => b.writtenAtMs - a.writtenAtMs);
}

function kindIn(document: DocumentId): string {
  return document.split('/')[1] ?? '';
}

function nowOf(held: HeldDocument | null, field: string, code: string | null) {
  if (held?.access !== 'whole') return null;
  return readField(held.state, code === null ? field : `${field}:${code}`, strictestOf(held.kind))?.value ?? null;
}

function stateOf(found: {
  storage: StorageState['state'];
  quarantined: number;
  waiting: number;
  online: boolean;
}): SyncSummary['state'] {
  if (found.storage !== 'ok') return 'trouble';
  if (found.quarantined > 0) return 'held';
  if (found.waiting > 0) return 'waiting';
  return found.online ? 'sent' : 'offline';
}

function titleOf(folder: FolderId, register: Register): string {
  return register.child(folder)?.name ?? '';
}

function receiptsOf(held: HeldDocument) {
  return held.receipts.map(([agency, atMs]) => ({ agency: agency as Agency, atMs }));
}

function newestPerAgency(sent: readonly HeldDocument[]): SyncPanel['agencies'] {
  const newest = new Map<Agency, number>();
  for (const { agency, atMs } of sent.flatMap(receiptsOf)) newest.set(agency, Math.max(atMs, newest.get(agency) ?? 0));
  return [...newest].map(([agency, atMs]) => ({ agency, atMs }));
}
