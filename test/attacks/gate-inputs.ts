/** Hostile updates: one attack, several at once, hostile values, damaged bytes. */
import type { Dice } from '@chungtay/core/base/random.support';
import { ATTACKS } from '@chungtay/core/doc/attacks.support';
import { damage, spoil } from '@chungtay/core/doc/hostile.support';
import { anyBytes, encodeLoose, loosen } from '@chungtay/core/doc/loose-update.support';
import type { LooseUpdate } from '@chungtay/core/doc/loose-update.support';
import type { KindAttempt } from './corpus.ts';
import { hostileValue } from './values.ts';

/** One input and where it comes from. */
export interface GateInput {
  readonly name: string;
  readonly attempt: KindAttempt;
  readonly bytes: Uint8Array;
  /** What was encoded; null when bytes were damaged blindly. */
  readonly loose: LooseUpdate | null;
}

const NAMES = [...ATTACKS.keys()];

/** Returns one hostile input made of an honest attempt. */
export function hostileInput(attempt: KindAttempt, dice: Dice): GateInput {
  const mode = dice.below(100);
  if (mode < 30) return { name: 'damaged', attempt, bytes: damage(attempt.bytes, dice), loose: null };
  if (mode < 33) return valueInput(attempt, dice);
  const names = [dice.pick(NAMES)];
  if (mode >= 75) for (let more = 1 + dice.below(3); more > 0; more -= 1) names.push(dice.pick(NAMES));
  const loose = spoil(names, attempt, dice);
  const bytes = encodeLoose(loose);
  const name = names.join(' + ');
  if (mode < 92) return { name, attempt, bytes, loose };
  return { name: `${name}, damaged`, attempt, bytes: damage(bytes, dice), loose: null };
}

/** Returns the honest attempt with a hostile value in it. */
function valueInput(attempt: KindAttempt, dice: Dice): GateInput {
  const loose = loosen(attempt.update);
  const { member, minutes } = attempt.author;
  for (const section of loose.sections) {
    const struct = dice.pick(section.structs);
    struct.content = anyBytes([hostileValue(dice), member, minutes]);
  }
  return { name: 'a value', attempt, bytes: encodeLoose(loose), loose };
}
