/** Envelopes that say what is not so: about who wrote, where, when, in which order, and that it was signed. */
import { concatBytes } from '@chungtay/core/base/bytes';
import type { Dice } from '@chungtay/core/base/random.support';
import type { Signer } from '@chungtay/core/base/world';
import { editDocument } from '@chungtay/core/doc/edit';
import { anyBytes } from '@chungtay/core/doc/loose-update.support';
import { emptyState } from '@chungtay/core/doc/state';
import { type DocumentId, documentIdOf, folderOf, makeUlid } from '@chungtay/core/model/ids';
import { minutesOf, parseEnvelope } from '@chungtay/core/sync/envelope';
import type { Envelope, SignedEnvelope } from '@chungtay/core/sync/envelope';
import type { TestDevice } from '../fixtures/device.ts';
import { testSigner } from '../fixtures/world.ts';
import type { KindAttempt } from './corpus.ts';

/** What a forger has in his hands. */
export interface Forger {
  readonly own: TestDevice;
  readonly victim: TestDevice;
  /** An edit that he may make of `document`. */
  readonly attempt: KindAttempt;
  readonly document: DocumentId;
  /** Another document that he may write. */
  readonly other: DocumentId;
  /** The victim's desk. */
  readonly desk: DocumentId;
  /** An envelope of his that the Hub stored, and one of the victim's; empty before the first. */
  readonly ownStored: Uint8Array;
  readonly victimStored: Uint8Array;
  readonly dice: Dice;
}

/** What must become of a forgery. */
export type Fate =
  /** refused, and nothing else */
  | 'refused'
  /** the session ends, nothing is answered or it is refused */
  | 'ended'
  /** the answer of the first time */
  | 'duplicate';

/** One way to forge. */
export interface Forgery {
  readonly name: string;
  readonly fate: Fate | 'refused or ended';
  readonly make: (forger: Forger) => Promise<Uint8Array> | Uint8Array;
}

const STRANGER = testSigner(666);
const ENVELOPE_DOMAIN = 'chungtay/envelope/1\n';

/** Every way to forge; the first 20 are promise P18's. */
export const FORGERIES: readonly Forgery[] = [
  refused("another person's number", ({ victim }) => ({ member: victim.member })),
  refused("another person's client id", ({ victim }) => ({ client: victim.client })),
  refused('a client id of nobody', ({ own }) => ({ client: own.client + 1_000_000 })),
  refused('a client id of an epoch to come', () => ({ client: 3 * 2 ** 22 + 5 })),
  refused('a number left out', ({ own }) => ({ n: own.n + 2 })),
  refused('the greatest number', () => ({ n: Number.MAX_SAFE_INTEGER })),
  refused('no envelope before', () => ({ prev: new Uint8Array(32) })),
  refused('another envelope before', ({ dice }) => ({ prev: new Uint8Array(32).fill(1 + dice.below(255)) })),
  refused("the victim's envelope before", ({ victim }) => ({ prev: victim.prev })),
  refused('another time than its values', ({ own, dice }) => ({
    atMs: own.world.nowMs() + dice.pick([60_000, -60_000, 10 ** 10]),
  })),
  refused('a file where its clocks do not fit', ({ other, dice }) => ({ document: freshOf(other, dice) })),
  refused('a kind there is not', ({ document }) => ({ document: documentIdOf(folderOf(document), 'constructor') })),
  refused("the Hub's own kind", ({ document }) => ({ document: documentIdOf(folderOf(document), 'member') })),
  refused("another person's desk", (forger) => ({ document: forger.desk, update: deskEdit(forger) })),
  refused('a group that never comes whole', ({ own }) => ({ group: { id: makeUlid(own.world), count: 2 } })),
  refused("the victim's update", ({ victimStored }) => ({ update: updateIn(victimStored) })),
  refused('no update', () => ({ update: new Uint8Array() })),
  refused('deletes alone', () => ({ update: Uint8Array.of(0, 1, 5, 1, 0, 1) })),
  spoilt('a stranger signs', 'refused', (body) => signed(body, STRANGER)),
  spoilt('signed for another purpose', 'refused', (body, { own }) => signed(body, own.signer, 'chungtay/hello/1\n')),
  spoilt('no signature', 'refused', (body) => concatBytes([body, new Uint8Array(64)])),
  spoilt('the signature of another envelope', 'refused', (body, { ownStored }) =>
    concatBytes([body, ownStored.length > 64 ? ownStored.subarray(-64) : new Uint8Array(64)]),
  ),
  spoilt('a bit of the signature', 'refused', async (body, { own, dice }) => {
    const bytes = await signed(body, own.signer);
    return changed(bytes, bytes.length - 1 - dice.below(64), dice);
  }),
  spoilt('a bit after signing', 'refused or ended', async (body, { own, dice }) =>
    changed(await signed(body, own.signer), dice.below(body.length), dice),
  ),
  spoilt('cut short', 'ended', async (body, { own, dice }) =>
    signed(body.slice(0, dice.below(body.length)), own.signer),
  ),
  spoilt('something behind', 'ended', async (body, { own }) =>
    signed(concatBytes([body, new Uint8Array(1)]), own.signer),
  ),
  parts('a part more', (list) => [...list, null]),
  parts('a part less', (list) => list.slice(0, 10)),
  parts('another version', (list) => [2, ...list.slice(1)]),
  parts('a part of another type', (list, dice) => withPart(list, 1 + dice.below(10), odd(dice))),
  parts('a client id of 33 bits', (list) => withPart(list, 3, 2 ** 32)),
  parts('the number nought', (list) => withPart(list, 4, 0)),
  parts('a broken number', (list) => withPart(list, 4, 1.5)),
  parts('a short hash', (list) => withPart(list, 5, new Uint8Array(31))),
  parts('a file named by inheritance', (list) => withPart(list, 6, `${String(list[6]).slice(0, 26)}/__proto__`)),
  parts('a cursor too long', (list) => withPart(list, 8, new Uint8Array(97))),
  parts('a group too large', (list) => withPart(list, 9, ['01JQ8ZK3V5T9M2N7P4R6S8W0XY', 65])),
  parts("another person's device", (list, _dice, { victim }) => withPart(list, 2, victim.device)),
  { name: "another person's envelope as it is", fate: 'ended', make: ({ victimStored }) => victimStored },
  { name: 'his own envelope again', fate: 'duplicate', make: ({ ownStored }) => ownStored },
  {
    name: 'another envelope under a used number',
    fate: 'ended',
    make: async ({ own, attempt, document }) =>
      (await own.seal({ document, update: attempt.bytes, n: Math.max(1, own.n - 1) }, { isAside: true })).bytes,
  },
];

function refused(name: string, lie: (forger: Forger) => Partial<Envelope>): Forgery {
  const make = async (forger: Forger): Promise<Uint8Array> => {
    const { own, attempt, document } = forger;
    return (await own.seal({ document, update: attempt.bytes, ...lie(forger) }, { isAside: true })).bytes;
  };
  return { name, fate: 'refused', make };
}

function spoilt(
  name: string,
  fate: Forgery['fate'],
  spoil: (body: Uint8Array, forger: Forger) => Promise<Uint8Array> | Uint8Array,
): Forgery {
  return { name, fate, make: async (forger) => spoil(bodyOf(await honest(forger)), forger) };
}

function parts(
  name: string,
  change: (list: readonly unknown[], dice: Dice, forger: Forger) => readonly unknown[],
): Forgery {
  const make = async (forger: Forger): Promise<Uint8Array> => {
    const { envelope } = await honest(forger);
    const { member, device, client, n, prev, document, atMs, seen, update } = envelope;
    const list = [1, member, device, client, n, prev, document, atMs, seen, null, update];
    return signed(anyBytes(change(list, forger.dice, forger)), forger.own.signer);
  };
  return { name, fate: 'ended', make };
}

function honest({ own, attempt, document }: Forger): Promise<SignedEnvelope> {
  return own.seal({ document, update: attempt.bytes }, { isAside: true });
}

function bodyOf({ bytes }: SignedEnvelope): Uint8Array {
  return bytes.slice(0, -64);
}

async function signed(body: Uint8Array, signer: Signer, domain = ENVELOPE_DOMAIN): Promise<Uint8Array> {
  return concatBytes([body, await signer.sign(concatBytes([new TextEncoder().encode(domain), body]))]);
}

function changed(bytes: Uint8Array, at: number, dice: Dice): Uint8Array {
  const copy = bytes.slice();
  copy.set([(copy[at] ?? 0) ^ (1 << dice.below(8))], at);
  return copy;
}

function withPart(list: readonly unknown[], at: number, value: unknown): readonly unknown[] {
  return list.map((part, i) => (i === at ? value : part));
}

function odd(dice: Dice): unknown {
  return dice.pick<unknown>([true, -1, 1.5, [], {}, 'x', 2 ** 60, 1n]);
}

/** A document of the kind in a folder that nobody has. */
function freshOf(document: DocumentId, dice: Dice): DocumentId {
  const folder = Array.from({ length: 20 }, () => '0123456789ABCDEFGHJK'.charAt(dice.below(20))).join('');
  return `01JQ8Z${folder}${document.slice(26)}` as DocumentId;
}

function updateIn(bytes: Uint8Array): Uint8Array {
  const parsed = parseEnvelope(bytes);
  return parsed.ok ? parsed.value.envelope.update : new Uint8Array();
}

/** An edit of a desk that its owner might make. */
function deskEdit({ own }: Forger): Uint8Array {
  const author = { client: own.client, member: own.member, minutes: minutesOf(own.world.nowMs()) };
  const edited = editDocument(emptyState(), {
    ...author,
    sets: [{ name: 'readMarks', code: 'x', value: { readAt: 1 } }],
  });
  if (!edited.ok) throw new Error(edited.error);
  return edited.value.update;
}
