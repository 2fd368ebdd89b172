// @vitest-environment happy-dom
import type { DocumentId } from '@chungtay/core/model/ids';
import { describe, expect, it } from 'vitest';
import { FakeEngine } from '../../composables/fake-engine.support.ts';
import type { QuarantineItem } from '../../worker/engine-views.ts';
import { showScreen } from '../screens.support.ts';
import QuarantineCard from './QuarantineCard.vue';

const HELD: QuarantineItem = {
  id: '1',
  document: '01K9ZZZZZZZZZZZZZZZZZZZZZZ/identity' as DocumentId,
  kind: 'identity',
  title: 'Giàng A Sử',
  verdict: 'held',
  code: 'moved-away',
  atMs: Date.parse('2026-10-05T02:00:00Z'),
  decision: null,
  fields: [],
};
const atMs = Date.parse('2026-10-06T02:30:00Z');

describe('what came too late, on its writer’s tablet', () => {
  it('[QUA-6] waits in words until somebody has decided', async () => {
    const { wrapper } = await showScreen(new FakeEngine(), QuarantineCard, { item: HELD });
    expect(wrapper.text()).toContain('Chờ người phụ trách');
    expect(wrapper.text()).toContain('Người phụ trách sẽ xem');
  });

  it.each([
    ['accepted', 'đã nhận và ghi vào hồ sơ lúc 06/10/2026 09:30'],
    ['declined', 'đã xem và để riêng lúc 06/10/2026 09:30'],
    ['partly', 'đã nhận một phần lúc 06/10/2026 09:30'],
  ] as const)('[QUA-6] says that it was %s, by whom and when, and can be put away', async (outcome, words) => {
    const decision = { outcome, member: 4, atMs };
    const { wrapper } = await showScreen(new FakeEngine(), QuarantineCard, { item: { ...HELD, decision } });
    expect(wrapper.text()).toContain(words);
    expect(wrapper.text()).toContain('Đã được xem xét');
    expect(wrapper.text()).not.toContain('sẽ xem');
    expect(wrapper.text()).toContain('Bỏ mục này');
  });
});
