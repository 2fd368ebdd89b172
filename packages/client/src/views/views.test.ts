// @vitest-environment happy-dom
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { eventsOf, mountInPage } from '../components/mount.support.ts';
import { useSettings } from '../stores/settings.ts';
import LockScreen from './LockScreen.vue';
import SettingsView from './SettingsView.vue';

let mounted: VueWrapper | null = null;
const show: typeof mountInPage = (...args) => (mounted = mountInPage(...args));
afterEach(() => {
  mounted?.unmount();
  localStorage.clear();
});

const people = [
  { vault: 'a', name: 'Lò Thị Mai', place: 'CTV bản Nà Pàn' },
  { vault: 'b', name: 'H’Mai Ê̆ban', place: 'Trường THCS Nà Pàn' },
];
const door = {
  people,
  chosen: 'a',
  way: 'pin' as const,
  failure: null,
  isBusy: false,
  unsentCount: 12,
  hasUpdate: false,
  officer: null,
};

describe('LockScreen', () => {
  it('asks who when several people work here', async () => {
    const wrapper = show(LockScreen, { ...door, chosen: null });
    expect(wrapper.findAll('.lock-people b').map((name) => name.text())).toEqual(['Lò Thị Mai', 'H’Mai Ê̆ban']);
    await wrapper.findAll('.lock-people button')[1]?.trigger('click');
    expect(eventsOf(wrapper, 'choose')).toEqual([['b']]);
  });

  it('[UX-7] says how much is not sent', () => {
    expect(show(LockScreen, door).text()).toContain('12 mục chờ gửi');
  });

  it('[UX-35] has the emergency numbers', () => {
    expect(show(LockScreen, door).findAll('a[href^="tel:"]')).toHaveLength(3);
  });

  it('[UX-37] offers the update here', async () => {
    const wrapper = show(LockScreen, { ...door, hasUpdate: true });
    await wrapper.get('.update-card button').trigger('click');
    expect(eventsOf(wrapper, 'update')).toHaveLength(1);
  });

  it.each([
    [{ reason: 'wrong', triesLeft: 3 }, 'Chưa đúng. Còn 3 lần thử.'],
    [{ reason: 'wait', waitMs: 29_001 }, 'Thử lại sau 30 giây.'],
    [{ reason: 'keyGone' }, 'Mã PIN đã hết lượt. Mở bằng câu mật khẩu.'],
  ] as const)('says why it stayed shut: %o', (failure, words) => {
    expect(
      show(LockScreen, { ...door, failure })
        .get('[role=alert]')
        .text(),
    ).toBe(words);
  });

  it('[VLT-11] asks for PIN and authenticator, and always leads to the passphrase and back', async () => {
    const wrapper = show(LockScreen, { ...door, way: 'authenticator' as const, hasAuthenticator: true });
    for (const digit of '482915')
      await wrapper
        .findAll('.pin-keys button')
        .find((button) => button.text() === digit)
        ?.trigger('click');
    expect([eventsOf(wrapper, 'authenticator'), eventsOf(wrapper, 'pin')]).toEqual([[['482915']], []]);
    const instead = wrapper.findAll('button').find((button) => button.text() === 'Mở bằng câu mật khẩu');
    await instead?.trigger('click');
    await wrapper.setProps({ way: 'passphrase' });
    const again = wrapper.findAll('button').find((button) => button.text().includes('khóa của máy'));
    await again?.trigger('click');
    expect(eventsOf(wrapper, 'prefer')).toEqual([[true], [false]]);
  });

  it('[UX-33] forgets the passphrase with the submit', async () => {
    const wrapper = show(LockScreen, { ...door, way: 'passphrase' as const });
    await wrapper.get('#passphrase').setValue(' núi sông gió mây ');
    await wrapper.get('form').trigger('submit');
    expect(eventsOf(wrapper, 'passphrase')).toEqual([['núi sông gió mây']]);
    expect(wrapper.find<HTMLInputElement>('#passphrase').element.value).toBe('');
  });
});

describe('SettingsView', () => {
  it('sets text size and theme on the page at once, and keeps them', async () => {
    const wrapper = show(SettingsView, {});
    await wrapper.get('input[value=larger]').trigger('change');
    await wrapper.get('input[value=sun]').trigger('change');
    expect(document.documentElement.dataset).toMatchObject({ text: 'larger', theme: 'sun' });
    expect(JSON.parse(localStorage.getItem('chungtay.settings') ?? '')).toMatchObject({
      textSize: 'larger',
      theme: 'sun',
    });
  });

  it('survives settings that somebody spoilt', () => {
    localStorage.setItem('chungtay.settings', '{"theme":"disco","textSize":7');
    show(SettingsView, {});
    expect(useSettings().theme).toBe('normal');
  });
});
