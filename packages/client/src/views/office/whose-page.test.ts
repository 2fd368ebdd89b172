// @vitest-environment happy-dom
import type { Role } from '@chungtay/core/model/role';
import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeEngine, LEAD, NOW_MS } from '../../composables/fake-engine.support.ts';
import { press, showScreen } from '../screens.support.ts';
import MembersView from './MembersView.vue';
import MemberView from './MemberView.vue';

enableAutoUnmount(afterEach);

const WHOSE = 'Trang này dành cho cán bộ quản trị';
const NONE_WAITS = 'Không có đề nghị nào đang chờ.';

function engineOf(role: Role): FakeEngine {
  const engine = new FakeEngine();
  engine.me = { ...LEAD, role };
  return engine;
}

describe('the pages of people, by their address', () => {
  it.each<[Role, boolean, boolean]>([
    ['collaborator', true, true],
    ['teacher', true, true],
    ['chair', false, true],
    ['lead', false, false],
    ['administrator', false, false],
  ])(
    '[OFF-5] for a %s: the list is closed %s, the person is closed %s, nothing loads for ever',
    async (role, isListClosed, isPersonClosed) => {
      const list = await showScreen(engineOf(role), MembersView);
      expect(list.wrapper.text().includes(WHOSE)).toBe(isListClosed);
      const person = await showScreen(engineOf(role), MemberView, { member: 2 });
      expect(person.wrapper.text().includes(WHOSE)).toBe(isPersonClosed);
      expect(person.wrapper.text()).not.toContain('Đang hỏi máy chủ');
    },
  );

  it('[OFF-1] say of a device that was never in touch just that', async () => {
    const engine = engineOf('administrator');
    const person = {
      member: 2,
      name: 'Lò Thị Mai',
      title: '',
      role: 'collaborator',
      villages: ['thon-3'],
      schools: [],
    };
    const standing = { namedFor: [], proposed: [], until: null, isSuspended: false, hasEnded: false, invitation: null };
    const device = {
      device: 'D',
      member: 2,
      label: '',
      protocol: null,
      lastContactMs: 0,
      isRevoked: false,
      report: null,
    };
    engine.office = () => ({ members: [{ ...person, ...standing }], devices: [device], nowMs: NOW_MS });
    const { wrapper } = await showScreen(engine, MembersView);
    expect(wrapper.text()).toContain('1 máy · liên lạc chưa lần nào');
  });

  it('[OFF-5] say that nothing waits for the chair only once the Hub has said so', async () => {
    const engine = engineOf('chair');
    const { wrapper } = await showScreen(engine, MembersView);
    expect(wrapper.text()).toContain('Cần có mạng');
    expect(wrapper.text()).not.toContain(NONE_WAITS);
    engine.office = () => ({ namings: [] });
    await press(wrapper, 'Thử lại');
    expect(wrapper.text()).toContain(NONE_WAITS);
  });
});
