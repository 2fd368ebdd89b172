// @vitest-environment happy-dom
import { documentIdOf, type FolderId } from '@chungtay/core/model/ids';
import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import { FakeEngine, POLICE } from '../../composables/fake-engine.support.ts';
import { useFolder } from '../../composables/use-folder.ts';
import { press, showScreen } from '../screens.support.ts';
import ChildGroups from './ChildGroups.vue';

enableAutoUnmount(afterEach);

const engine = () => {
  const made = new FakeEngine();
  const child = made.id() as FolderId;
  const document = documentIdOf(child, 'identity');
  const card = defineComponent({
    setup() {
      const open = useFolder(child);
      return () => {
        const view = open.only('identity');
        return view ? h(ChildGroups, { folder: open, view }) : null;
      };
    },
  });
  const write = (values: Record<string, string>, groups: Record<string, object> = {}): void =>
    made.writeAs(POLICE, {
      document,
      sets: [
        ...Object.entries(values).map(([name, value]) => ({ name, value })),
        ...Object.entries(groups).map(([code, value]) => ({ name: 'groups', code, value: { ...value } })),
      ],
    });
  return { made, document, card, write };
};

describe('the card of a child’s groups', () => {
  it('[GRP-1] says what follows from the file and why, and writes it down when somebody confirms it', async () => {
    const { made, document, card, write } = engine();
    write({ fatherVital: 'dead', fatherVitalOn: '2024-05-02', motherVital: 'dead', carerRelation: 'grandparent' });
    const { wrapper } = await showScreen(made, card);
    const text = wrapper.text();
    expect(text).toContain('Mồ côi cả cha và mẹ');
    expect(text).toContain('Suy ra từ hồ sơ');
    expect(text).toContain('vì Cha còn sống không: Đã mất · Mẹ còn sống không: Đã mất');
    expect(text).toContain('Mồ côi, sống với người thân thích');
    expect(text).toContain('Nghị định 56/2017/NĐ-CP');
    await press(wrapper, 'Ghi nhận');
    expect(made.written).toMatchObject([
      [{ document, sets: [{ name: 'groups', code: 'G01', value: { group: 'G01', clause: 'G01-3' } }] }],
    ]);
    expect(wrapper.text()).toContain('Đã ghi');
    expect(wrapper.findAll('button').some((each) => each.text() === 'Ghi nhận')).toBe(false);
  });

  it('[GRP-6] says where the file and what people wrote disagree, and changes neither', async () => {
    const { made, card, write } = engine();
    write(
      { motherVital: 'dead' },
      { a: { group: 'G01', evidence: 'Giấy chứng tử 12' }, b: { group: 'R6', until: '2025-01-01' } },
    );
    const { wrapper } = await showScreen(made, card);
    const text = wrapper.text();
    expect(text).toContain('Căn cứ: Giấy chứng tử 12');
    expect(text).toContain('Có người ghi; hồ sơ trên máy này chưa cho thấy.');
    expect(text).toContain('Đã ghi là ra khỏi nhóm, nhưng hồ sơ vẫn cho thấy.');
    expect(text).toContain('Đã ra khỏi nhóm · 1');
    expect(text).toContain('Thào A Sình');
    expect(made.written).toEqual([]);
  });

  it('[GRP-8] a child leaves a group with a day, and its line stays', async () => {
    const { made, document, card, write } = engine();
    write({ name: 'Lò Thị Pó' }, { a: { group: 'G14', since: '2026-01-02' } });
    const { wrapper } = await showScreen(made, card);
    await press(wrapper, 'Ra khỏi nhóm');
    expect(made.written).toMatchObject([
      [{ document, sets: [{ code: 'a', value: { group: 'G14', since: '2026-01-02', until: expect.any(String) } }] }],
    ]);
  });
});
