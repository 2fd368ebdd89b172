import { describe, expect, it } from 'vitest';
import { Doc, applyUpdate as applyToYjs, encodeStateAsUpdate } from 'yjs';
import { hexOf } from '../base/bytes.ts';
import { Dice } from '../base/random.support.ts';
import { History } from './histories.support.ts';
import type { Happened, Sabotage } from './histories.support.ts';
import { encodeState, parseState } from './state.ts';
import { openYjs, viewState, viewYjs } from './yjs.support.ts';

const SEEDS = 150;
const STEPS = 90;

/** Returns what is wrong with a finished history, in words; nothing when all replicas agree with Yjs, with each other and with the books. */
function wrongIn(history: History): string[] {
  const wrong = [...history.happened.differences];
  const [hub] = history.replicas();
  const standing = history.standing().toSorted();
  const expected = JSON.stringify(hub && viewState(hub.state));
  for (const { state, doc } of history.replicas()) {
    const ours = JSON.stringify(viewState(state));
    if (ours !== expected) wrong.push('replicas differ');
    if (JSON.stringify(viewYjs(doc)) !== ours) wrong.push('Yjs shows something else');
    if (JSON.stringify([...state.live.keys()].toSorted()) !== JSON.stringify(standing))
      wrong.push('the books say otherwise');
    const snapshot = encodeState(state);
    if (JSON.stringify(viewYjs(openYjs(snapshot))) !== ours) wrong.push('the snapshot loads to something else');
    const parsed = parseState(snapshot);
    if (!parsed.ok || hexOf(encodeState(parsed.value)) !== hexOf(snapshot)) wrong.push('the snapshot is not read back');
    const reloaded = new Doc();
    applyToYjs(reloaded, encodeStateAsUpdate(doc));
    reloaded.getMap('f');
    if (JSON.stringify(viewYjs(reloaded)) !== ours) wrong.push('Yjs reloaded shows something else');
  }
  return wrong;
}

function play(
  seeds: number,
  sabotage: Sabotage,
): { readonly wrong: string[]; readonly happened: Omit<Happened, 'differences'> } {
  const wrong: string[] = [];
  const sum = { edits: 0, admitted: 0, refused: 0, duplicates: 0, restarts: 0, conflicts: 0 };
  for (let seed = 1; seed <= seeds; seed += 1) {
    const history = new History(new Dice(seed), sabotage);
    history.run(STEPS);
    wrong.push(...wrongIn(history).map((what) => `seed ${seed}: ${what}`));
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += history.happened[name];
  }
  return { wrong, happened: sum };
}

describe('random histories', () => {
  it(`[DOC-10] [DOC-11] [DOC-23] ${SEEDS} of them end as Yjs and as the books say, on every replica`, () => {
    const { wrong, happened } = play(SEEDS, 'none');
    expect(wrong).toEqual([]);
    expect(happened.refused).toBe(0);
    expect(happened.admitted).toBe(happened.edits);
    expect(
      Math.min(happened.edits / 5000, happened.duplicates / 500, happened.restarts / 300, happened.conflicts / 1000),
    ).toBeGreaterThan(1);
  }, 60_000);

  it('[DOC-24] notice an edit that forgets one value it saw', () => {
    expect(play(10, 'forget-a-seen-value').wrong).toContainEqual(expect.stringContaining('the books say otherwise'));
  });

  it('[DOC-9] notice a client id used twice', () => {
    expect(play(10, 'reuse-a-client-id').wrong).not.toEqual([]);
  });
});
