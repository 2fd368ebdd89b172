/** The heaviest updates, pushed one at a time: what the Hub spends on each, from the frame to the verdict. */
import { kindOf } from '@chungtay/core/kinds/registry';
import { encodeFrame } from '@chungtay/core/wire/codec';
import { BOMBS, type Bomb } from './bombs.ts';
import { type Cost, costOf } from './budget.ts';
import { type Door, type Sent, answered } from './door.ts';

/** Pushes each, alone and five times; returns what it cost. */
export async function bombHub(door: Door): Promise<readonly Cost[]> {
  const costs: Cost[] = [];
  for (const bomb of BOMBS) costs.push(await costOfBomb(bomb, door));
  return costs;
}

async function costOfBomb({ name, kind, make }: Bomb, door: Door): Promise<Cost> {
  const role = kind === 'desk' ? 'union' : 'lead';
  const person = door.commune.side(false).find((one) => one.role === role);
  const definition = kindOf(kind);
  if (!person || !definition) throw new Error(`nobody to throw ${name}`);
  const standing = door.commune.open.find((one) => one.kind === definition && kind !== 'desk');
  const target = standing ?? door.commune.fresh(definition);
  const sent: Sent[] = [];
  const ready = async (): Promise<Uint8Array> => {
    await door.settleAnswers(person, sent.splice(0));
    const { client, member } = person.device;
    const author = { client, member, minutes: door.commune.minutes };
    const bytes = make(target.state, author);
    const attempt = { ...door.commune.blank(target, author), bytes };
    sent.push(await door.seal(person, target, attempt, bytes, name));
    person.device.clear();
    return encodeFrame(['push', sent.map(({ signed }) => signed.bytes)], person.device.world.deflate);
  };
  const run = async (frame: Uint8Array): Promise<void> => {
    await person.device.sayBytes(frame);
    await answered(person.device, 1);
  };
  const cost = await costOf({ name: `the Hub: ${name}`, ready, run });
  await door.settleAnswers(person, sent);
  return cost;
}
