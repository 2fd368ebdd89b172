// @vitest-environment happy-dom
import { documentIdOf } from '@chungtay/core/model/ids';
import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeEngine } from '../../composables/fake-engine.support.ts';
import { showScreen } from '../screens.support.ts';
import AuditView from './AuditView.vue';

enableAutoUnmount(afterEach);

function appoint(engine: FakeEngine, member: number, name: string, isActive: boolean): void {
  const values = { name, number: member, active: isActive };
  const sets = Object.entries(values).map(([field, value]) => ({ name: field, value }));
  engine.writeAs(1, { document: documentIdOf(engine.id() as never, 'member'), sets });
}

describe('the filter of the log', () => {
  it('[AUD-16] names whoever is at work, and after them who is suspended or gone: what they did stays in the log', async () => {
    const engine = new FakeEngine();
    appoint(engine, 9, 'Thào A Sình', false);
    appoint(engine, 5, 'Phạm Thị Thu Hà', true);
    engine.office = () => ({ lines: [], next: null, isAll: true, head: null });
    const { wrapper } = await showScreen(engine, AuditView);
    const [whose] = wrapper.findAll('select');
    expect(whose?.findAll('option').map((option) => option.text())).toEqual([
      'Mọi người',
      'Phạm Thị Thu Hà',
      'Thào A Sình (hiện không làm việc)',
    ]);
  });
});
