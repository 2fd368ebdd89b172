// @vitest-environment happy-dom
import type { ChildRow } from '@chungtay/core/derive/child-row';
import { documentIdOf, type FolderId } from '@chungtay/core/model/ids';
import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import { FakeEngine, POLICE, settle } from '../../composables/fake-engine.support.ts';
import { useFolder } from '../../composables/use-folder.ts';
import { useRegister } from '../../stores/register.ts';
import { showScreen } from '../screens.support.ts';
import ChildPapers from './ChildPapers.vue';

enableAutoUnmount(afterEach);

async function cardOf(row: Partial<ChildRow>, others: readonly Partial<ChildRow>[] = []) {
  const engine = new FakeEngine();
  const child = engine.id() as FolderId;
  const sets = Object.entries({ name: 'Lò Thị Pó', birth: row.birth ?? '2016' }).map(([name, value]) => ({
    name,
    value,
  }));
  engine.writeAs(POLICE, { document: documentIdOf(child, 'identity'), sets });
  const blank = { folder: child, personalId: null, sex: null, birth: null, name: null };
  const own = { ...blank, ...row } as ChildRow;
  const card = defineComponent({
    setup() {
      const open = useFolder(child);
      useRegister();
      return () => h(ChildPapers, { folder: open, row: own });
    },
  });
  const { wrapper } = await showScreen(engine, card);
  const rows = others.map((other) => ({ ...blank, folder: engine.id() as FolderId, ...other }) as ChildRow);
  engine.tell({ type: 'children', rows, gone: [], complete: true });
  await settle();
  return { text: wrapper.text(), links: wrapper.findAll('a').map((link) => link.text()) };
}

describe('the card of a child’s papers', () => {
  it.each([
    [
      'another sex and year',
      { personalId: '011316000001', sex: 'male', birth: '2015-02-03' },
      ['giới tính Nữ', 'năm sinh 2016'],
    ],
    ['a province there is not', { personalId: '099216000001', sex: 'male', birth: '2016' }, ['Ba số đầu 099']],
    ['a province of before 2025', { personalId: '006216000001', sex: 'male', birth: '2016' }, []],
  ] as const)('[PAP-6] %s is a doubt with its reason', async (_what, row, said) => {
    const { text } = await cardOf(row);
    for (const words of said) expect(text).toContain(words);
    expect(/xem lại/u.test(text)).toBe(said.length > 0);
  });

  it('[PAP-6] leads to whoever has the same number, if he is in this register', async () => {
    const personalId = '011216000001';
    const { text, links } = await cardOf({ personalId, sex: 'male', birth: '2016' }, [
      { name: 'Lò Văn Pó', personalId },
      { name: 'Lò Văn Pản', personalId: '011216000002' },
    ]);
    expect(text).toContain('Trẻ khác có cùng số định danh');
    expect(links).toEqual(['Lò Văn Pó']);
  });

  it('[PAP-2] says what is missing and whose work it is', async () => {
    const { text } = await cardOf({});
    expect(text).toContain('Số định danh cá nhân · chưa ai ghi');
    expect(text).toContain('Việc của: Cộng tác viên thôn');
  });
});
