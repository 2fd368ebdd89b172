import { describe, expect, it } from 'vitest';
import { nodeCrypto, testSigner } from '../../../../test/fixtures/world.ts';
import { must } from '../base/assert.ts';
import { historyOf, stateAt } from '../derive/history.ts';
import { editDocument } from '../doc/edit.ts';
import { readField } from '../doc/read.ts';
import { type DocState, emptyState, encodeState } from '../doc/state.ts';
import type { HistoryAnswer, HistoryPart } from '../wire/frames.ts';
import { signHistory } from '../wire/hub-signature.ts';
import { type AskPart, fetchPast } from './document-past.ts';
import { freshIdentity, hubSigner } from './replica.support.ts';

const child = freshIdentity(1);
const NONE = new Uint8Array(0);
const GO_ON = Uint8Array.of(7);

type Line = HistoryPart['entries'][number];

/** A document with one edit of a name after another, by two people, and the state after each. */
function story(): { readonly lines: readonly Line[]; readonly states: readonly DocState[] } {
  const states = [emptyState()];
  const lines: Line[] = [];
  for (const [i, value] of ['Một', 'Hai', 'Ba', 'Bốn'].entries()) {
    const member = 5 + (i % 2);
    const sets = [{ name: 'name', value }];
    const edited = editDocument(must(states[i] ?? null, 'a state'), { client: 11 + (i % 2), member, minutes: i, sets });
    if (!edited.ok) throw new Error(edited.error);
    states.push(edited.value.state);
    lines.push([member, 1_000 + i, edited.value.update]);
  }
  return { lines, states };
}

const { lines, states } = story();
const HELD = must(states[4] ?? null, 'the last state');
const at = (i: number): Uint8Array => encodeState(must(states[i] ?? null, 'a state'));

/** A Hub that answers with these parts, signed as asked. */
function hubWith(parts: readonly HistoryPart[], signer = hubSigner): AskPart {
  let turn = 0;
  return async (document, after) => {
    const part = parts[Math.min(turn, parts.length - 1)];
    turn += 1;
    return part
      ? { ask: 1, part, isTooFast: false, signature: await signHistory({ document, after, part }, signer) }
      : null;
  };
}

function fetchFrom(ask: AskPart, held = HELD) {
  return fetchPast(child, held, { ask, hub: hubSigner.publicKey, world: { crypto: nodeCrypto } });
}

const whole: HistoryPart = { base: null, entries: [...lines], next: NONE };

describe('a past that is fetched', () => {
  it('[HIS-6] tells every value with the one before it, over parts, and the document as it stood then', async () => {
    const first = { base: null, entries: lines.slice(0, 2), next: GO_ON };
    const past = await fetchFrom(hubWith([first, { base: null, entries: lines.slice(2), next: NONE }]));
    if (!past.ok) throw new Error(past.error);
    const changes = historyOf('identity', past.value.updates, past.value.base);
    expect(changes.map(({ before, after, member }) => [before, after, member])).toEqual([
      [null, 'Một', 5],
      ['Một', 'Hai', 6],
      ['Hai', 'Ba', 5],
      ['Ba', 'Bốn', 6],
    ]);
    const then = stateAt(past.value.updates, must(changes[1], 'a change').op, past.value.base);
    expect(then && readField(then, 'name')?.value).toBe('Hai');
  });

  it('[HIS-6] goes on from what stood when the document was opened to this person', async () => {
    const past = await fetchFrom(hubWith([{ base: at(2), entries: lines.slice(2), next: NONE }]));
    if (!past.ok) throw new Error(past.error);
    const changes = historyOf('identity', past.value.updates, past.value.base);
    expect(changes.map(({ before, after, isStanding }) => [before, after, isStanding])).toEqual([
      [null, 'Hai', true],
      ['Hai', 'Ba', false],
      ['Ba', 'Bốn', false],
    ]);
  });

  it('[HIS-7] may end before or behind what is held here: something came meanwhile', async () => {
    for (const held of [states[2], states[3]]) expect((await fetchFrom(hubWith([whole]), held)).ok).toBe(true);
    const short = { ...whole, entries: lines.slice(0, 3) };
    expect((await fetchFrom(hubWith([short]))).ok).toBe(true);
  });

  const another = lines.map(([member, atMs, update], i): Line => [i === 1 ? 9 : member, atMs, update]);
  const damaged = lines.map(([member, atMs, update], i): Line => [member, atMs, i === 2 ? update.slice(1) : update]);
  const HOSTILE: readonly (readonly [string, readonly HistoryPart[]])[] = [
    ['an update left out', [{ ...whole, entries: [lines[0], lines[2], lines[3]] as Line[] }]],
    ['updates in another order', [{ ...whole, entries: lines.toReversed() }]],
    ['an update twice', [{ ...whole, entries: [lines[0], ...lines] as Line[] }]],
    ['another author', [{ ...whole, entries: another }]],
    ['damaged bytes', [{ ...whole, entries: damaged }]],
    ['a base that is none', [{ ...whole, base: Uint8Array.of(9, 9, 9) }]],
    ['a base that holds the updates already', [{ ...whole, base: at(4) }]],
    [
      'a second base',
      [
        { base: null, entries: lines.slice(0, 2), next: GO_ON },
        { base: at(2), entries: lines.slice(2), next: NONE },
      ],
    ],
    ['parts without end', [{ base: null, entries: [], next: GO_ON }]],
    ['the same part for ever', [{ base: null, entries: lines.slice(0, 1), next: GO_ON }]],
  ];

  it.each(HOSTILE)('[HIS-6] %s is not believed', async (_what, parts) => {
    expect(await fetchFrom(hubWith(parts))).toEqual({ ok: false, error: 'malformed' });
  });

  it('[HIS-6] nor a part that another signed, or that was signed for another place or document', async () => {
    expect(await fetchFrom(hubWith([whole], testSigner(77)))).toEqual({ ok: false, error: 'malformed' });
    for (const claim of [
      { document: freshIdentity(2), after: NONE, part: whole },
      { document: child, after: GO_ON, part: whole },
      { document: child, after: NONE, part: { ...whole, entries: lines.slice(0, 3) } },
    ]) {
      const signature = await signHistory(claim, hubSigner);
      const answer: HistoryAnswer = { ask: 1, part: whole, isTooFast: false, signature };
      expect(await fetchFrom(() => Promise.resolve(answer))).toEqual({ ok: false, error: 'malformed' });
    }
  });

  it('[HIS-7] a past that stands where the device stands, and says something else, is not believed', async () => {
    const edit = { client: 12, member: 6, minutes: 3, sets: [{ name: 'nicknames', value: 'Tèo' }] };
    const other = editDocument(must(states[3] ?? null, 'a state'), edit);
    if (!other.ok) throw new Error(other.error);
    const entries: Line[] = [...lines.slice(0, 3), [6, 1_003, other.value.update]];
    expect(await fetchFrom(hubWith([{ ...whole, entries }]))).toEqual({ ok: false, error: 'malformed' });
    expect((await fetchFrom(hubWith([{ ...whole, entries }]), other.value.state)).ok).toBe(true);
  });

  it.each([
    ['no answer', null, 'offline'],
    ['nothing to be seen', { ask: 1, part: null, isTooFast: false, signature: NONE }, 'nothing'],
    ['asked too fast', { ask: 1, part: null, isTooFast: true, signature: NONE }, 'too-fast'],
  ] as const)('[HIS-6] %s', async (_what, answer, error) => {
    expect(await fetchFrom(() => Promise.resolve(answer))).toEqual({ ok: false, error });
  });
});
