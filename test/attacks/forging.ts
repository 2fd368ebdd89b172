/** Forged envelopes at the Hub's door, each with the fate it must have. */
import { equalBytes, hexOf } from '@chungtay/core/base/bytes';
import { encodeState } from '@chungtay/core/doc/state';
import { kindOf } from '@chungtay/core/kinds/registry';
import type { Verdict } from '@chungtay/core/wire/frames';
import type { Person } from './commune.ts';
import { type Door, answered } from './door.ts';
import type { Forgery } from './forgeries.ts';

const NOT_COUNTED: readonly (string | undefined)[] = [
  'bad-signature',
  'chain-broken',
  'device-forked',
  'device-revoked',
];

/** Pushes one forged envelope and sees to it that it has its fate; says whether there was something to forge. */
export async function forge(forgery: Forgery, door: Door): Promise<boolean> {
  const { dice, open } = door.commune;
  const [own, held] = door.writers.length > 0 ? dice.pick(door.writers) : [];
  if (!own || !held || held.isFull) return false;
  const victim = dice.pick(door.commune.side(true));
  const attempt = door.commune.attempt(own, held);
  const [ownStored, victimStored] = [door.stored.get(own.device), door.stored.get(victim.device)];
  const desk = open.find(({ kind, owner }) => kind === kindOf('desk') && owner === victim.device.member)?.document;
  if (!attempt || attempt.update.clock === 0 || !ownStored || !victimStored || !desk) return false;
  const forger = { own: own.device, victim: victim.device, attempt, desk, dice };
  const bytes = await forgery.make({
    ...forger,
    document: held.document,
    other: dice.pick(open).document,
    ownStored,
    victimStored,
  });
  door.count('forged');
  own.device.clear();
  await own.device.say(['push', [bytes]]);
  await answered(own.device, 1);
  await judgeForgery(own, forgery, bytes, door);
  const kept = await door.commune.test.store.readStates([held.document]);
  if (!equalBytes(kept.get(held.document) ?? new Uint8Array(), encodeState(held.state)))
    door.violations.push(`${forgery.name}: the Hub keeps another state (${hexOf(bytes)})`);
  return true;
}

async function judgeForgery(own: Person, { name, fate }: Forgery, bytes: Uint8Array, door: Door): Promise<void> {
  const { device } = own;
  const [verdict] = device.verdicts();
  door.count(verdict?.code ?? verdict?.verdict ?? 'ended without a word');
  const isEnded = device.closed !== null;
  const isRefused = verdict?.verdict === 'refused';
  const isAsFated = hasFate(fate, verdict, isEnded);
  if (!isAsFated)
    door.violations.push(
      `${name}: ${verdict?.code ?? verdict?.verdict ?? 'no answer'}, ${isEnded ? 'ended' : 'goes on'} (${hexOf(bytes)})`,
    );
  if (isRefused && !NOT_COUNTED.includes(verdict.code)) {
    device.n = verdict.n;
    device.prev = device.world.crypto.sha256(bytes);
  }
  if (isEnded) await door.reopen(own, null);
}

function hasFate(fate: Forgery['fate'], verdict: Verdict | undefined, isEnded: boolean): boolean {
  const isRefused = verdict?.verdict === 'refused';
  switch (fate) {
    case 'duplicate':
      return verdict?.verdict === 'duplicate' && !isEnded;
    case 'refused':
      return isRefused && !isEnded;
    case 'ended':
      return isEnded && (verdict === undefined || isRefused);
    default:
      return isRefused !== isEnded;
  }
}
