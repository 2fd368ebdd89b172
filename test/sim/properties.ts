/** What must hold when the commune has healed. */
import { equalBytes, hexOf } from '@chungtay/core/base/bytes';
import { equalJson, readDocument } from '@chungtay/core/doc/read';
import { applyUpdate, type DocState, emptyState, encodeState, parseState } from '@chungtay/core/doc/state';
import { parseUpdate } from '@chungtay/core/doc/update';
import type { DocumentId } from '@chungtay/core/model/ids';
import { CHAIN_START, entryHash } from '@chungtay/core/sync/audit';
import { parseEnvelope, verifyEnvelope } from '@chungtay/core/sync/envelope';
import type { FeedEntry } from '@chungtay/core/sync/ports';
import { nodeCrypto } from '../fixtures/world.ts';
import type { Commune } from './commune.ts';
import { isStored, type SimDevice } from './device.ts';

/** Returns what is wrong, one line each; nothing when all holds. */
export async function violationsOf(commune: Commune): Promise<readonly string[]> {
  const image = await commune.store.load();
  const documents = image.documents.map(({ document }) => document);
  const states = await hubStates(commune, documents);
  const entries = await commune.store.readEntries(0, image.headSeq, image.headSeq);
  const violations = [
    ...commune.violations,
    ...auditViolations(entries, states),
    ...(await wordViolations(commune, entries)),
    ...clientViolations(commune),
  ];
  for (const device of commune.tablets) {
    if (!isRevoked(device)) violations.push(...readingViolations(device, documents, states));
    violations.push(...(await fateViolations(commune, device)));
  }
  return violations;
}

/** SY-1: everybody holds exactly what his grants give him, as the Hub has it, alive and after a restart. */
function readingViolations(
  device: SimDevice,
  documents: readonly DocumentId[],
  states: ReadonlyMap<DocumentId, DocState>,
): readonly string[] {
  const violations: string[] = [];
  const { member } = device.principal();
  for (const document of documents) {
    const held = device.replica.read(document);
    const isWhole = held?.access === 'whole';
    const mayRead = device.hub().mayRead(member, document);
    if (isWhole !== mayRead) violations.push(`SY-1 ${device.name} ${isWhole ? 'holds' : 'lacks'} ${document}`);
    const state = states.get(document);
    if (isWhole && mayRead && state && !isSame(held.state, state))
      violations.push(`SY-1 ${device.name} reads ${document} differently`);
  }
  for (const document of device.replica.documents())
    if (!documents.includes(document))
      violations.push(`SY-1 ${device.name} holds ${document}, which the Hub does not know`);
  return violations;
}

function isRevoked(device: SimDevice): boolean {
  return device.isOut || device.hub().principalOf(device.id) === null;
}

/** P16, P18: every item bears its author's name, every envelope his device's signature, and no client id has two writers. */
async function wordViolations(commune: Commune, entries: readonly FeedEntry[]): Promise<readonly string[]> {
  const violations: string[] = [];
  const writers = new Map<number, string>();
  const { devices } = await commune.store.load();
  const keys = new Map(devices.map(({ device, signKey }) => [device as string, signKey]));
  for (const entry of entries) {
    if (entry.type !== 'envelope' || !entry.device) continue;
    commune.counters.add('signatures');
    const signed = parseEnvelope(entry.body);
    const key = keys.get(entry.device);
    if (!signed.ok || !key || !(await verifyEnvelope(signed.value, key, nodeCrypto))) {
      violations.push(`P18 entry ${entry.seq} is not signed by its device`);
      continue;
    }
    const { client, update } = signed.value.envelope;
    const parsed = parseUpdate(update);
    const isOwn = parsed.ok && parsed.value.items.every(({ member }) => member === entry.member);
    if (!isOwn) violations.push(`P16 entry ${entry.seq} speaks in somebody else's name`);
    if ((writers.get(client) ?? entry.device) !== entry.device) violations.push(`P16 client ${client} has two writers`);
    writers.set(client, entry.device);
  }
  return violations;
}

/** SY-3, SY-4: every edit that was shown as saved is at the Hub, or in quarantine with a reason. */
async function fateViolations(commune: Commune, device: SimDevice): Promise<readonly string[]> {
  const violations: string[] = [];
  const quarantined = new Set(device.replica.quarantine().map(({ id }) => id));
  const waiting = new Set(device.replica.sync.outboxAfter(0).map(({ id }) => id));
  const filed = new Set(device.replica.filed().map(({ document }) => document));
  for (const edit of device.saved) {
    const { n, id, document } = edit;
    const stored = await isStored(device.id, edit, commune.store);
    if (stored) commune.counters.add('stored');
    else if (quarantined.has(id)) commune.counters.add('refused');
    else if (filed.has(document)) commune.counters.add('filed');
    else if (waiting.has(id) && isRevoked(device)) commune.counters.add('refused');
    else violations.push(`SY-3 ${device.name} lost ${n} (${document})`);
    if (stored && quarantined.has(id)) violations.push(`SY-4 ${device.name} shows ${n} as refused, and it is stored`);
  }
  for (const item of device.replica.quarantine()) {
    if (item.verdict === 'held') commune.counters.add('held');
    if (item.status === 'open' && item.fields.length === 0)
      violations.push(`SY-4 ${device.name} cannot read ${item.id}`);
  }
  commune.counters.add('filed', filed.size);
  return violations;
}

/** SY-5: the chain verifies, and the states are what the entries make. */
function auditViolations(entries: readonly FeedEntry[], states: ReadonlyMap<DocumentId, DocState>): readonly string[] {
  const violations: string[] = [];
  const rebuilt = new Map<DocumentId, DocState>();
  const known = new Set<string>();
  let hash = CHAIN_START;
  for (const entry of entries) {
    const { hash: claimed, ...body } = entry;
    hash = entryHash(body, hash, nodeCrypto);
    if (!equalBytes(hash, claimed)) violations.push(`SY-5 entry ${entry.seq} breaks the chain`);
    if (entry.type !== 'envelope' || !entry.document) continue;
    const id = `${entry.device} ${entry.n}`;
    if (entry.device && known.has(id)) violations.push(`SY-5 ${id} is there twice`);
    known.add(id);
    if (!rebuild(entry, entry.document, rebuilt)) violations.push(`SY-5 entry ${entry.seq} does not fit`);
  }
  for (const [document, state] of states) {
    const again = rebuilt.get(document);
    if (!again || hexOf(encodeState(again)) !== hexOf(encodeState(state)))
      violations.push(`SY-5 ${document} is not what its entries make`);
  }
  return violations;
}

function rebuild(entry: FeedEntry, document: DocumentId, rebuilt: Map<DocumentId, DocState>): boolean {
  const signed = parseEnvelope(entry.body);
  const update = signed.ok ? parseUpdate(signed.value.envelope.update) : null;
  const state = rebuilt.get(document) ?? emptyState();
  rebuilt.set(document, state);
  return update?.ok === true && applyUpdate(state, update.value).ok;
}

/** SY-7: no client id is used by two starts, or by two devices. */
function clientViolations(commune: Commune): readonly string[] {
  const owner = new Map<number, string>();
  const violations: string[] = [];
  for (const device of commune.devices) {
    for (const [start, clients] of device.clients.entries()) {
      for (const client of clients) {
        const by = `${device.name}, start ${start}`;
        const other = owner.get(client);
        if (other) violations.push(`SY-7 client id ${client} is used by ${other} and by ${by}`);
        owner.set(client, by);
      }
    }
  }
  return violations;
}

async function hubStates(
  commune: Commune,
  documents: readonly DocumentId[],
): Promise<ReadonlyMap<DocumentId, DocState>> {
  const states = new Map<DocumentId, DocState>();
  for (const [document, bytes] of await commune.store.readStates(documents)) {
    const state = parseState(bytes);
    if (state.ok) states.set(document, state.value);
    else commune.violations.push(`SY-5 the state of ${document} does not parse`);
  }
  return states;
}

function isSame(a: DocState, b: DocState): boolean {
  return hexOf(encodeState(a)) === hexOf(encodeState(b)) && equalJson(plain(a), plain(b));
}

function plain(state: DocState) {
  const { registers, logs } = readDocument(state);
  return {
    registers: [...registers]
      .map(([name, view]) => [name, view.value] as const)
      .toSorted(([x], [y]) => (x < y ? -1 : 1)),
    logs: [...logs]
      .map(([name, entries]) => [name, entries.map(({ value }) => value)] as const)
      .toSorted(([x], [y]) => (x < y ? -1 : 1)),
  };
}
