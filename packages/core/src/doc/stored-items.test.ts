import { describe, expect, it } from 'vitest';
import { hexOf } from '../base/bytes.ts';
import { Dice } from '../base/random.support.ts';
import { editDocument } from './edit.ts';
import type { Entry } from './entry.ts';
import { damage, honestAttempts } from './hostile.support.ts';
import { columnOf, conflictsOf, elementsOf, logOf, readDocument, readField, strictestFirst, valueOf } from './read.ts';
import type { Strictest } from './read.ts';
import { applyUpdate, cloneState, encodeState, glanceState, liveOf, parseState } from './state.ts';
import type { DocState } from './state.ts';

const ABSENT = ['neverSet', 'neverSet:7', 'neverSet#', 'fieldA#', 'team', 'constructor'];

function told({ op, client, clock, field, value, member, minutes, sizeBytes }: Entry) {
  return { op, client, clock, field, value, member, minutes, sizeBytes };
}

/** Everything that can be asked without asking for the whole. */
function looksAt(state: DocState, paths: readonly string[]): unknown {
  const orders: readonly Strictest[] = [() => null, () => strictestFirst([true, false, 'Nguyễn Thị Mỹ Duyên'])];
  return orders.map((strictest) => [
    paths.map((path) => [
      path,
      valueOf(state, path, strictest),
      readField(state, path, strictest)?.at,
      liveOf(state, path).map(told),
    ]),
    ['team', 'stage', 'neverSet'].map((name) => [elementsOf(state, name), logOf(state, name).map(told)]),
    ['name', 'village', 'toString', 'role'].map((key) => columnOf(state, 'team', key, strictest)),
    conflictsOf(state, strictest).map(({ field, entries }) => [field, entries.map(told)]),
  ]);
}

function opened(bytes: Uint8Array): { readonly glanced: DocState; readonly parsed: DocState } {
  const [glanced, parsed] = [glanceState(bytes), parseState(bytes)];
  if (!glanced.ok || !parsed.ok) throw new Error('an honest snapshot is refused');
  return { glanced: glanced.value, parsed: parsed.value };
}

describe('a document left in its bytes', () => {
  it('[DOC-12] is refused for the same reason, and shows the same, as one that was read in full: 20,000, most damaged', () => {
    const dice = new Dice(61);
    const attempts = honestAttempts(80, dice);
    const wrong: string[] = [];
    const met = { left: 0, refused: 0, repeats: 0 };
    for (let i = 0; i < 20_000; i += 1) {
      const { snapshot } = dice.pick(attempts);
      const bytes = i % 10 === 0 ? snapshot : damage(snapshot, dice);
      const [glanced, parsed] = [glanceState(bytes), parseState(bytes)];
      if (!glanced.ok || !parsed.ok) {
        met.refused += 1;
        if (JSON.stringify(glanced) !== JSON.stringify(parsed)) wrong.push(`another answer: ${hexOf(bytes)}`);
        continue;
      }
      met.left += Number(glanced.value.items !== null);
      met.repeats += glanced.value.items?.repeats.length ?? 0;
      const paths = [...parsed.value.fields.keys(), ...ABSENT];
      const [quick, full] = [looksAt(glanced.value, paths), looksAt(parsed.value, paths)];
      if (JSON.stringify(quick) !== JSON.stringify(full)) wrong.push(`another sight: ${hexOf(bytes)}`);
    }
    expect(wrong).toEqual([]);
    expect(Math.min(met.left / 1_000, met.refused / 5_000, met.repeats / 1_000)).toBeGreaterThan(1);
  }, 60_000);

  it('[DOC-9] [DOC-12] takes updates as any other, and its copies too; what it shows then is not what it came with', () => {
    for (const { snapshot, update } of honestAttempts(60, new Dice(67))) {
      const { glanced, parsed } = opened(snapshot);
      const clone = cloneState(glanced);
      for (const state of [glanced, parsed, clone])
        expect(applyUpdate(state, update)).toEqual({ ok: true, value: 'applied' });
      const expected = JSON.stringify([...readDocument(parsed).registers]);
      for (const state of [glanced, clone]) {
        expect(hexOf(encodeState(state))).toBe(hexOf(encodeState(parsed)));
        expect(JSON.stringify([...readDocument(state).registers])).toBe(expected);
        expect(looksAt(state, [...parsed.fields.keys()])).toEqual(looksAt(parsed, [...parsed.fields.keys()]));
        expect([state.liveBytes, [...state.clocks]]).toEqual([parsed.liveBytes, [...parsed.clocks]]);
      }
    }
  });

  it('[DOC-24] is edited as any other', () => {
    const [attempt] = honestAttempts(1, new Dice(71));
    if (!attempt) throw new Error('no document');
    const { glanced, parsed } = opened(attempt.snapshot);
    const edit = { client: 888_888, member: 4, minutes: 3_000, sets: [{ name: 'fieldA', value: 'Hồ Thị Ánh' }] };
    const [fromGlanced, fromParsed] = [editDocument(glanced, edit), editDocument(parsed, edit)];
    if (!fromGlanced.ok || !fromParsed.ok) throw new Error('an edit is refused');
    expect(hexOf(fromGlanced.value.update)).toBe(hexOf(fromParsed.value.update));
    expect(valueOf(fromGlanced.value.state, 'fieldA')).toBe('Hồ Thị Ánh');
  });
});
