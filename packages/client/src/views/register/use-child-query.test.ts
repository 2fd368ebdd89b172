// @vitest-environment happy-dom
import type { FolderId } from '@chungtay/core/model/ids';
import { describe, expect, it } from 'vitest';
import { FakeEngine, settle, withEngine } from '../../composables/fake-engine.support.ts';
import { useChildQuery } from './use-child-query.ts';

describe('useChildQuery', () => {
  it('shows the first lines of a register that is still coming at once, and later ones less often', async () => {
    const engine = new FakeEngine();
    const ids = Array.from({ length: 3 }, () => engine.id() as FolderId);
    const { result, end } = withEngine(engine, () =>
      useChildQuery(() => ({ text: '', filter: 'all', village: null, group: null, limit: 10 })),
    );
    const arrive = async (count: number): Promise<void> => {
      engine.children = ids.slice(0, count);
      const rows = engine.children.map((folder) => ({ folder }) as never);
      engine.tell({ type: 'children', rows, gone: [], complete: true });
      await settle();
    };
    await settle();
    expect([result.value?.total, engine.queries]).toEqual([0, 1]);
    await arrive(1);
    expect([result.value?.total, engine.queries]).toEqual([1, 2]);
    await arrive(3);
    expect([result.value?.total, engine.queries]).toEqual([1, 2]);
    end();
  });
});
