// @vitest-environment happy-dom
import type { MemberRow } from '@chungtay/core/derive/row-types';
import { createPinia } from 'pinia';
import { describe, expect, it } from 'vitest';
import { createApp } from 'vue';
import type { EngineEvent } from '../worker/engine-views.ts';
import { createEngineLink, ENGINE, type EngineApi } from './engine.ts';
import { useMembers } from './members.ts';

const row = (member: number, name: string, isActive = true) =>
  ({ type: 'member', kind: 'member', member, name, isActive }) as MemberRow;
const turn = () => new Promise((resolve) => setTimeout(resolve));

/** The store over an engine that is asked and answers when told. */
function openStore() {
  const questions: { answer: (rows: readonly MemberRow[]) => void; refuse: () => void }[] = [];
  let tell: (event: EngineEvent) => void = () => undefined;
  const rowsOf = () =>
    new Promise<readonly MemberRow[]>((resolve, reject) => {
      questions.push({ answer: resolve, refuse: () => reject(new Error('locked')) });
    });
  const link = createEngineLink((onEvent) => {
    tell = onEvent;
    return { rowsOf } as unknown as EngineApi;
  });
  const app = createApp({}).use(createPinia()).provide(ENGINE, link);
  const members = app.runWithContext(() => useMembers());
  const names = () => [...members.byNumber.values()].map(({ name }) => name);
  return { members, questions, names, tell: (event: EngineEvent) => tell(event) };
}

describe('useMembers', () => {
  it('asks once for however many fields, and again when a colleague changes', async () => {
    const { members, questions, names, tell } = openStore();
    for (let field = 0; field < 40; field += 1) members.want();
    questions[0]?.answer([row(5, 'Phạm Thị Thu Hà'), row(9, 'Thào A Sình', false)]);
    await turn();
    members.want();
    expect([questions.length, names()]).toEqual([1, ['Phạm Thị Thu Hà', 'Thào A Sình']]);
    expect(members.active.map(({ member }) => member)).toEqual([5]);
    tell({ type: 'changed', kinds: ['identity'] });
    tell({ type: 'changed', kinds: ['member'] });
    questions[1]?.answer([row(5, 'Phạm Thu Hà')]);
    await turn();
    expect([questions.length, names()]).toEqual([2, ['Phạm Thu Hà']]);
  });

  it('keeps the newest answer, whichever comes last', async () => {
    const { members, questions, names, tell } = openStore();
    members.want();
    tell({ type: 'changed', kinds: ['member'] });
    questions[1]?.answer([row(5, 'mới')]);
    questions[0]?.answer([row(5, 'cũ')]);
    await turn();
    expect(names()).toEqual(['mới']);
  });

  it('[UX-33] forgets them with the lock, also what was on its way', async () => {
    const { members, questions, names, tell } = openStore();
    members.want();
    questions[0]?.answer([row(5, 'Phạm Thị Thu Hà')]);
    await turn();
    tell({ type: 'changed', kinds: ['member'] });
    tell({ type: 'locked', reason: 'other-tab' });
    questions[1]?.answer([row(5, 'Phạm Thị Thu Hà')]);
    await turn();
    expect(names()).toEqual([]);
  });

  it('asks again when the engine could not say', async () => {
    const { members, questions } = openStore();
    members.want();
    questions[0]?.refuse();
    await turn();
    members.want();
    expect(questions).toHaveLength(2);
  });
});
