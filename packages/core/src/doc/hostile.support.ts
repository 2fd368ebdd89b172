/** Ways to spoil an honest update: of its structure one by one, and of its bytes blindly. */
import { Dice, flipBits, randomJson } from '../base/random.support.ts';
import { ATTACKS } from './attacks.support.ts';
import { editDocument } from './edit.ts';
import type { Edit, FieldSet } from './edit.ts';
import { History } from './histories.support.ts';
import { encodeLoose, loosen } from './loose-update.support.ts';
import type { LooseSection, LooseUpdate } from './loose-update.support.ts';
import { encodeState } from './state.ts';
import type { DocState } from './state.ts';
import type { DocUpdate } from './update.ts';

/** An honest edit of a document that has lived, and its author. */
export interface Attempt {
  readonly state: DocState;
  readonly snapshot: Uint8Array;
  readonly author: { readonly client: number; readonly member: number; readonly minutes: number };
  readonly update: DocUpdate;
  readonly bytes: Uint8Array;
}

/** Returns `count` honest edits of documents with several writers, conflicts, gaps and logs. */
export function honestAttempts(count: number, dice: Dice): Attempt[] {
  return Array.from({ length: count }, (_, at) => {
    const history = new History(new Dice(at + 1));
    history.run(20 + dice.below(60));
    const state = (history.replicas()[0] as { state: DocState }).state;
    const author = {
      client: dice.chance(50) ? dice.pick([...state.clocks.keys()]) : 777_777,
      member: dice.below(90),
      minutes: 2000,
    };
    const sets: FieldSet[] = ['A', 'B', 'C']
      .slice(dice.below(3))
      .map((letter) => ({ name: `field${letter}`, value: randomJson(dice, 3) }));
    const edit: Edit = {
      ...author,
      sets: [...sets, { name: 'team', code: '1', value: dice.below(9) }],
      appends: [{ name: 'stage', value: 'x' }],
    };
    const edited = editDocument(state, edit);
    if (!edited.ok) throw new Error(edited.error);
    return { state, snapshot: encodeState(state), author, update: edited.value.parsed, bytes: edited.value.update };
  });
}

/** Returns the bytes of the attempt under one attack. */
export function attack(name: string, attempt: Attempt, dice: Dice): Uint8Array {
  return encodeLoose(spoil([name], attempt, dice));
}

/** Returns the attempt under these attacks, one after another. */
export function spoil(names: readonly string[], attempt: Attempt, dice: Dice): LooseUpdate {
  const loose = loosen(attempt.update);
  const section = loose.sections[0] as LooseSection;
  for (const name of names) {
    const struct = dice.pick(section.structs);
    ATTACKS.get(name)?.({ loose, section, struct, attempt, dice });
  }
  return loose;
}

/** Returns a copy of `bytes` with a few bits, bytes or pieces changed at random. */
export function damage(bytes: Uint8Array, dice: Dice): Uint8Array {
  const at = dice.below(bytes.length);
  const kind = dice.below(8);
  if (kind === 0) return bytes.slice(0, at);
  if (kind === 1) return Uint8Array.from([...bytes.subarray(0, at), dice.below(256), ...bytes.subarray(at)]);
  if (kind === 2) return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1)]);
  if (kind === 3) return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(dice.below(bytes.length))]);
  const copy = bytes.slice();
  if (kind === 4) copy.set([dice.pick([0, 1, 0x28, 0x7f, 0x80, 0xff, 116, 117, 118, 119, 122, 127])], at);
  else flipBits(copy, kind, dice);
  return copy;
}
