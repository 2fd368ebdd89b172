/** Frames from a Hub that is hostile, or whose line is: signed by its own key wherever it can sign. */
import { deflateRawSync } from 'node:zlib';
import { concatBytes } from '@chungtay/core/base/bytes';
import { type Dice, randomJson } from '@chungtay/core/base/random.support';
import { damage } from '@chungtay/core/doc/hostile.support';
import { anyBytes } from '@chungtay/core/doc/loose-update.support';
import { signExtract, signPack } from '@chungtay/core/wire/hub-signature';
import { hostileInput } from './gate-inputs.ts';
import { oddState, spoiltState } from './hostile-states.ts';
import { HUB_SIGNER, type HostileFrame, type OnTablet, type Tablet } from './tablet.ts';

type Maker = (tablet: Tablet, one: OnTablet, dice: Dice) => unknown;

const LEAD = { role: 'lead', villages: ['*'], schools: ['*'], namedFor: [], untilMs: null } as const;
const NAMES = ['constructor', '__proto__', 'toString', 'identity-school', 'case-open', ''] as const;
const ODD_NUMBERS = [0, 1, 2 ** 31, 2 ** 53 - 1, 8.64e15, 1_772_413_200_000] as const;
const ODD_TEXTS = ['', 'x', '__proto__', '01JQ8ZK3V5T9M2N7P4R6S8W0XY/constructor', '../../etc', '\u{0}'] as const;

/** Says what nobody signed. */
export const UNSIGNED = 'an extract that it did not sign';

/** What such a Hub may say, by name. */
export const FRAMES: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  [
    'an update',
    (tablet, one, dice) => feed(tablet, [updateItem(one, hostileInput(one.attempt, dice).bytes, dice)], dice),
  ],
  [
    'an honest update of somebody',
    (tablet, one, dice) => feed(tablet, [updateItem(one, one.attempt.bytes, dice)], dice),
  ],
  ['a state of odd values', (tablet, one, dice) => feed(tablet, [stateItem(one, oddState(one, dice), dice)], dice)],
  ['a spoilt state', (tablet, one, dice) => feed(tablet, [stateItem(one, spoiltState(one, dice), dice)], dice)],
  [
    'a damaged state',
    (tablet, one, dice) => feed(tablet, [stateItem(one, damage(one.attempt.snapshot, dice), dice)], dice),
  ],
  ['an older state', (tablet, one, dice) => feed(tablet, [stateItem(one, Uint8Array.of(0, 0), dice)], dice)],
  ['an extract', async (tablet, one, dice) => feed(tablet, [await extractItem(one, dice)], dice)],
  [
    UNSIGNED,
    (tablet, one, dice) => feed(tablet, [['x', one.document, 'case-open', 1, '{}', new Uint8Array(64)]], dice),
  ],
  ['closed', (tablet, one, dice) => feed(tablet, [['c', dice.chance(30) ? dice.pick(ODD_TEXTS) : one.document]], dice)],
  ['a pack', async (tablet, one, dice) => feed(tablet, [await pack(packed(one, dice), dice)], dice)],
  ['a pack that inflates', async (tablet, _one, dice) => feed(tablet, [await packOf(bombBytes(dice))], dice)],
  [
    'a hundred packs that inflate',
    async (tablet, _one, dice) => feed(tablet, Array(100).fill(await packOf(bombBytes(dice))), dice),
  ],
  [
    'an item there is not',
    (tablet, one, dice) => feed(tablet, [[dice.pick(['v', '__proto__', 'constructor']), one.document]], dice),
  ],
  ['verdicts', (tablet, _one, dice) => ['verdicts', verdicts(tablet, dice)]],
  ['receipts', (_tablet, one, dice) => ['receipts', receipts(one, dice)]],
  [
    'ten thousand receipts',
    (_tablet, { document }) => ['receipts', Array.from({ length: 10_000 }, (_, at) => [document, `a${at}`, at])],
  ],
  ['a second welcome', (_tablet, _one, dice) => ['welcome', hostileWelcome(dice)]],
  [
    'a second challenge',
    (_tablet, _one, dice) => [
      'challenge',
      { hub: HUB_SIGNER.publicKey, epoch: dice.pick(ODD_NUMBERS), nonce: new Uint8Array(16), range: [1, 2], nowMs: 0 },
    ],
  ],
  ['another appointment', (_tablet, _one, dice) => ['principal', principal(dice)]],
  [
    'a past that nobody asked for',
    (_tablet, _one, dice) => [
      'history',
      { ask: dice.below(3), part: null, isTooFast: false, signature: new Uint8Array(64) },
    ],
  ],
  ['a hint', (_tablet, _one, dice) => ['hint', dice.pick(['directory', '__proto__'])]],
  [
    'a frame there is not',
    (_tablet, _one, dice) => [dice.pick(['constructor', '__proto__', 'hello', 'push', '']), randomJson(dice, 3)],
  ],
]);

/** Returns a hostile frame. */
export async function hostileFrame(tablet: Tablet, dice: Dice): Promise<HostileFrame> {
  const name = dice.pick([...FRAMES.keys()]);
  return frameNamed(name, tablet, dice);
}

/** Returns a hostile frame of one name, as bytes: plain or deflated, and at times damaged. */
export async function frameNamed(name: string, tablet: Tablet, dice: Dice): Promise<HostileFrame> {
  const frame = await FRAMES.get(name)?.(tablet, dice.pick(tablet.documents), dice);
  const body = anyBytes(frame);
  const isDeflated = body.length > 200_000 || dice.chance(30);
  const bytes = concatBytes([
    Uint8Array.of(isDeflated ? 1 : 0),
    isDeflated ? new Uint8Array(deflateRawSync(body)) : body,
  ]);
  return dice.chance(15) ? { name: `${name}, damaged`, bytes: damage(bytes, dice) } : { name, bytes };
}

function feed(tablet: Tablet, items: readonly unknown[], dice: Dice): unknown {
  const cursor = tablet.world.randomBytes(24);
  return ['feed', { items, cursor, more: dice.chance(30) }];
}

function updateItem({ document }: OnTablet, bytes: Uint8Array, dice: Dice): unknown {
  return ['u', document, dice.below(90), dice.pick(ODD_NUMBERS), bytes, dice.chance(20) ? dice.pick(ODD_TEXTS) : null];
}

function stateItem({ document }: OnTablet, bytes: Uint8Array, dice: Dice): unknown {
  const said = dice.chance(10) ? dice.pick(ODD_TEXTS) : document;
  return [
    's',
    said,
    dice.below(90),
    dice.pick(ODD_NUMBERS),
    bytes,
    null,
    dice.pick(ODD_NUMBERS),
    dice.pick([0, 1, -(2 ** 40)]),
  ];
}

async function extractItem({ document }: OnTablet, dice: Dice): Promise<unknown> {
  const json = dice.pick([
    () => JSON.stringify(randomJson(dice, 4)),
    () => '{"__proto__":{"type":"case"},"type":"identity","conflicts":7}',
    () =>
      JSON.stringify({
        name: { a: 1 },
        birth: [],
        phone: 7,
        school: {},
        isOpen: 'x',
        child: 5,
        vaccinesMissing: 'bcg',
        needs: {},
      }),
    () => `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    () => '{',
  ])();
  const claim = { document, extract: dice.pick(NAMES), atMs: dice.pick(ODD_NUMBERS), json };
  return ['x', document, claim.extract, claim.atMs, json, await signExtract(claim, HUB_SIGNER)];
}

function packed(one: OnTablet, dice: Dice): readonly unknown[] {
  return [
    stateItem(one, dice.chance(50) ? oddState(one, dice) : spoiltState(one, dice), dice),
    ...(dice.chance(30) ? [['c', one.document]] : []),
  ];
}

async function pack(items: readonly unknown[], dice: Dice): Promise<unknown> {
  const body = anyBytes(items);
  return packOf(dice.chance(20) ? damage(body, dice) : body);
}

async function packOf(body: Uint8Array): Promise<unknown> {
  const block = new Uint8Array(deflateRawSync(body));
  return ['p', block, await signPack(block, HUB_SIGNER)];
}

/** A block of a megabyte that is a kilobyte deflated. */
function bombBytes(dice: Dice): Uint8Array {
  const [folder, json] = ['01JQ8ZK3V5T9M2N7P4R6S8W0XY', `{"a":"${'x'.repeat(900_000)}"}`];
  const zeros = ['s', `${folder}/identity`, 1, 1, new Uint8Array(1_000_000), null, 1, 0];
  const text = ['x', `${folder}/case`, 'case-open', 1, json, new Uint8Array()];
  return anyBytes([dice.chance(20) ? zeros : text]);
}

function verdicts(tablet: Tablet, dice: Dice): readonly unknown[] {
  const ns = [...tablet.replica.sync.outboxAfter(0).map(({ n }) => n), 0, 99, 2 ** 53 - 1];
  return Array.from({ length: 1 + dice.below(4) }, () => ({
    n: dice.pick(ns),
    verdict: dice.pick(['stored', 'duplicate', 'held', 'refused']),
    ...(dice.chance(60)
      ? { code: dice.pick(['malformed', 'clock-gap', 'chain-broken', 'locked', 'device-forked', 'no-grant']) }
      : {}),
    ...(dice.chance(20) ? { field: dice.pick(ODD_TEXTS), number: dice.pick(ODD_TEXTS) } : {}),
    atMs: dice.pick(ODD_NUMBERS),
  }));
}

function receipts({ document }: OnTablet, dice: Dice): readonly unknown[] {
  return Array.from({ length: 1 + dice.below(5) }, () => [
    dice.pick([document, ...ODD_TEXTS]),
    dice.pick(ODD_TEXTS),
    dice.pick(ODD_NUMBERS),
  ]);
}

function principal(dice: Dice): unknown {
  const places = dice.pick([['*'], [], ODD_TEXTS]);
  return {
    member: dice.pick([7, 7, 0, 2 ** 53 - 1]),
    role: dice.pick(['lead', 'teacher', '__proto__']),
    villages: places,
    schools: places,
    namedFor: [],
    untilMs: dice.pick([null, 0, 2 ** 53 - 1]),
  };
}

/** Returns a welcome that an honest Hub would not say. */
export function hostileWelcome(dice: Dice): unknown {
  return {
    principal: dice.chance(50) ? { ...LEAD, member: 7 } : principal(dice),
    lastN: dice.chance(50) ? 0 : dice.pick(ODD_NUMBERS),
    lastHash: new Uint8Array(dice.pick([0, 32, 32])),
    leases: leases(dice),
    total: dice.pick(ODD_NUMBERS),
    nowMs: dice.pick(ODD_NUMBERS),
  };
}

function leases(dice: Dice): readonly unknown[] {
  return dice.pick<readonly unknown[]>([
    [],
    [[5, 3]],
    [[0, 2 ** 53 - 1]],
    [[2 ** 33, 2 ** 33 + 9]],
    [[2 ** 32 - 1, 2 ** 32 + 9]],
    [[4_290_000_000, 2 ** 32]],
    [[700_000, 700_001]],
    Array.from({ length: 2_000 }, (_, at) => [at, at + 1]),
  ]);
}
