/**
 * Admission: envelopes in, verdicts out, everything in between on an overlay that is committed or dropped whole. Never edits an update,
 * never drops one silently. Holds ADM-1 … ADM-17; the order of the checks is that of `admission-order` and `admission-judge`.
 */
import type { Json } from '../base/any.ts';
import { assert, must } from '../base/assert.ts';
import type { Result } from '../base/result.ts';
import type { CryptoPort, PublicKey, World } from '../base/world.ts';
import type { FieldSet } from '../doc/edit.ts';
import type { DocUpdate } from '../doc/update.ts';
import { parseUpdate } from '../doc/update.ts';
import { documentLabelParts } from '../kinds/registry.ts';
import { heldKindFor } from '../model/held.ts';
import type { Verdict } from '../wire/frames.ts';
import type { HoldCode, RefusalCode } from '../wire/refusal.ts';
import { judge } from './admission-judge.ts';
import type { Judgement, JudgePorts } from './admission-judge.ts';
import { encodeVerdict, refusal, verdictOutOfTurn } from './admission-order.ts';
import type { Arrived } from './admission-order.ts';
import { openCursor } from './cursor.ts';
import { envelopeHash, parseEnvelope, verifyEnvelope } from './envelope.ts';
import type { Envelope, SignedEnvelope } from './envelope.ts';
import type { HubAuthor } from './hub-author.ts';
import { heldCardOf } from './hub-held.ts';
import type { Overlay } from './hub-overlay.ts';
import { advanceDevice, recordEnvelope } from './hub-record.ts';
import type { Recorded } from './hub-record.ts';
import { addLease, isLeased } from './leases.ts';

/** What is decided together: one envelope, or a group. */
export type Unit = readonly Arrived[];

const REFUSED_KEPT = 10_000;
/** Signatures of one push checked at once: those of other devices wait behind these few, not behind thousands. */
const VERIFIED_AT_ONCE = 32;

/** Judges units, one after another, on the overlay they are given. */
export class Admission {
  readonly #ports: JudgePorts;
  readonly #world: World;
  readonly #author: HubAuthor;
  /** Documents in which a client of a device was refused something: only to say so instead of "clock gap". */
  readonly #refused = new Set<string>();

  constructor(ports: JudgePorts & { world: World; author: HubAuthor }) {
    this.#ports = ports;
    this.#world = ports.world;
    this.#author = ports.author;
  }

  /**
   * Returns a verdict for each envelope of the unit, in order: all are stored, or none is. Null after a restore, while what they lean on
   * may still be handed in again by others. `skewMs` is how far the Hub's clock was ahead of the tablet's when its session began.
   */
  async decide(unit: Unit, overlay: Overlay, atMs: number, skewMs = 0): Promise<readonly Verdict[] | null> {
    const isWhole = unit.every(({ signed }) => (signed.envelope.group?.count ?? 1) === unit.length);
    if (!isWhole) return this.#refuseAll(unit, overlay, atMs);
    const trial = overlay.fork();
    const verdicts: Verdict[] = [];
    for (const [i, arrived] of unit.entries()) {
      const early = await this.#outOfTurn(arrived, trial, atMs);
      const judgement = early ? null : await judge(arrived, trial, this.#ports, atMs);
      if (judgement && judgement.is !== 'stored' && (await this.#isAwaited(arrived, overlay, atMs))) return null;
      if (judgement?.is === 'stored') verdicts.push(this.#storeOne(arrived, judgement, trial, { atMs, skewMs }));
      else if (early?.verdict === 'duplicate') verdicts.push(early);
      else return this.#settleUnstored(unit, i, early ?? judgement, overlay, atMs);
    }
    overlay.absorb(trial);
    return verdicts;
  }

  #storeOne(
    { signed, hash }: Arrived,
    { update, after }: Extract<Judgement, { is: 'stored' }>,
    overlay: Overlay,
    { atMs, skewMs }: { readonly atMs: number; readonly skewMs: number },
  ): Verdict {
    keepLease(overlay, signed.envelope);
    const { n, document, device, seen, atMs: writtenAtMs } = signed.envelope;
    // only a new document asks what clock it was written by
    const standing = overlay.head(document) ? null : openCursor(seen, device, this.#ports.sealer);
    const clock = { writtenAtMs, skewMs, seenAtMs: standing?.base.atMs ?? 0 };
    const recorded = recordEnvelope(overlay, { signed, hash, update, after, clock }, atMs);
    return { n, verdict: 'stored', ...toldOf(recorded), atMs: recorded.atMs };
  }

  /** The unit's `failed`-th envelope was not stored, so none is; each is answered and counted in its turn. */
  async #settleUnstored(
    unit: Unit,
    failed: number,
    because: Verdict | Judgement | null,
    overlay: Overlay,
    atMs: number,
  ): Promise<readonly Verdict[]> {
    const verdicts: Verdict[] = [];
    for (const [i, arrived] of unit.entries()) {
      const early = await this.#outOfTurn(arrived, overlay, atMs);
      if (early) verdicts.push(early);
      else if (because && 'is' in because && because.is === 'held')
        verdicts.push(await this.#hold(arrived, because.code, because.isFiled, overlay, atMs));
      else if (i === failed && because && 'is' in because && because.is === 'refused')
        verdicts.push(this.#refuse(arrived, because.code, overlay, atMs, because.field));
      else verdicts.push(this.#refuse(arrived, 'group-incomplete', overlay, atMs));
    }
    return verdicts;
  }

  async #refuseAll(unit: Unit, overlay: Overlay, atMs: number): Promise<readonly Verdict[]> {
    return this.#settleUnstored(unit, -1, null, overlay, atMs);
  }

  #outOfTurn(arrived: Arrived, overlay: Overlay, atMs: number): Promise<Verdict | null> {
    return verdictOutOfTurn(arrived, overlay, { ...this.#ports, crypto: this.#world.crypto }, atMs);
  }

  async #isAwaited({ signed: { envelope } }: Arrived, overlay: Overlay, atMs: number): Promise<boolean> {
    const { restored } = this.#ports;
    // what a revoked device hands in is held, whatever it leans on
    if (overlay.device(envelope.device)?.revoked) return false;
    return (await restored.isForgotten(envelope, overlay.index, atMs)) && restored.isAwaited(envelope.device, atMs);
  }

  #refuse({ signed, hash }: Arrived, code: RefusalCode, overlay: Overlay, atMs: number, field?: string): Verdict {
    const { device, document, client, n } = signed.envelope;
    const key = `${device} ${document} ${client}`;
    const isFollowing = code === 'clock-gap' && this.#refused.has(key);
    if (this.#refused.size >= REFUSED_KEPT) this.#refused.clear();
    this.#refused.add(key);
    const verdict = refusal(n, isFollowing ? 'after-refused' : code, atMs, field);
    overlay.setJudged({ device, n, hash, verdict: encodeVerdict(verdict) });
    advanceDevice(overlay, device, n, hash, atMs);
    return verdict;
  }

  /** Keeps the envelope in the audit chain and writes what it says into a document for those who decide in its folder. */
  async #hold(arrived: Arrived, code: HoldCode, isFiled: boolean, overlay: Overlay, atMs: number): Promise<Verdict> {
    const { signed, hash, update } = arrived;
    const { device, document, member, n } = signed.envelope;
    const parts = documentLabelParts(document);
    const kind = parts && heldKindFor(parts.compartment);
    if (!parts || !kind || !update.ok) return this.#refuse(arrived, 'no-grant', overlay, atMs);
    overlay.append({ atMs, type: 'judged', document, member, device, n, body: signed.bytes });
    // A filer learns that it arrived, and nothing of what happened to the file since.
    const verdict: Verdict = isFiled ? { n, verdict: 'stored', atMs } : { n, verdict: 'held', code, atMs };
    overlay.setJudged({ device, n, hash, verdict: encodeVerdict(verdict) });
    advanceDevice(overlay, device, n, hash, atMs);
    await this.#writeHeld(arrived, heldSets(signed.envelope, code, atMs), heldValues(update.value), overlay, atMs);
    return verdict;
  }

  /** Values too long for one edit of ours are on several cards: none of them is lost to who decides (ADM-18). */
  async #writeHeld(
    { signed, hash }: Arrived,
    about: readonly FieldSet[],
    values: readonly Json[],
    overlay: Overlay,
    atMs: number,
  ): Promise<void> {
    const queue = [values];
    let card = 0;
    for (let part = queue.shift(); part; part = queue.shift()) {
      const target = must(heldCardOf(signed.envelope.document, hash, card), 'a kind that holds');
      const written = await this.#author.write(overlay, target, [...about, { name: 'edits', value: [...part] }], atMs);
      if (!written.ok && written.error === 'size' && part.length > 1) {
        const half = Math.ceil(part.length / 2);
        queue.unshift(part.slice(0, half), part.slice(half));
        continue;
      }
      // a value that no honest form has: it is in the chain, and on the tablet of who wrote it
      const isWritten = written.ok || (await this.#author.write(overlay, target, about, atMs)).ok;
      assert(isWritten, 'a held edit that nobody could see');
      card += 1;
    }
  }
}

/** A client id that this Hub had forgotten is its device's from now on, and nobody else's. */
function keepLease(overlay: Overlay, { device, client }: Envelope): void {
  const row = overlay.device(device);
  if (row && !isLeased(row.leases, client))
    overlay.setDevice({ ...row, leases: addLease(row.leases, [client, client + 1]) });
}

/** Returns what arrived in a push, signatures checked; or why it is no push at all. Holds ADM-1. */
export async function receiveEnvelopes(
  items: readonly Uint8Array[],
  keyOf: (device: string) => PublicKey | null,
  crypto: CryptoPort,
): Promise<Result<readonly Arrived[], RefusalCode>> {
  const parsed = items.map((bytes) => parseEnvelope(bytes));
  const bad = parsed.find((item) => !item.ok);
  if (bad && !bad.ok) return bad;
  const arrived = parsed.flatMap((item) => (item.ok ? [item.value] : []));
  const value: Arrived[] = [];
  for (let from = 0; from < arrived.length; from += VERIFIED_AT_ONCE) {
    const some = arrived.slice(from, from + VERIFIED_AT_ONCE);
    value.push(...(await Promise.all(some.map((signed) => receive(signed, keyOf(signed.envelope.device), crypto)))));
  }
  return { ok: true, value };
}

async function receive(signed: SignedEnvelope, key: PublicKey | null, crypto: CryptoPort): Promise<Arrived> {
  const isSigned = key !== null && (await verifyEnvelope(signed, key, crypto));
  return { signed, hash: envelopeHash(signed, crypto), isSigned, update: parseUpdate(signed.envelope.update) };
}

/** Returns the envelopes as units: neighbours of one group together, everything else alone. */
export function unitsOf(arrived: readonly Arrived[]): readonly Unit[] {
  const units: Arrived[][] = [];
  let openGroup: string | null = null;
  for (const one of arrived) {
    const group = one.signed.envelope.group?.id ?? null;
    const last = units.at(-1);
    if (group !== null && group === openGroup && last) last.push(one);
    else units.push([one]);
    openGroup = group;
  }
  return units;
}

function toldOf({ number, skewMs }: Recorded): Pick<Verdict, 'number' | 'skewMs'> {
  return { ...(number === null ? {} : { number }), ...(skewMs === 0 ? {} : { skewMs }) };
}

function heldValues(update: DocUpdate): readonly Json[] {
  return update.items.map(({ field, value }) => ({ field: field.name, code: field.code, value }));
}

function heldSets({ document, member, atMs }: Envelope, code: HoldCode, receivedAtMs: number): readonly FieldSet[] {
  return [
    { name: 'document', value: document },
    { name: 'member', value: member },
    // a tablet's clock may be years ahead
    { name: 'atMs', value: Math.min(atMs, receivedAtMs) },
    { name: 'receivedAt', value: receivedAtMs },
    { name: 'code', value: code },
  ];
}
