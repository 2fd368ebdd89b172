// @vitest-environment happy-dom
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { IDLE } from '../stores/sync-summary.ts';
import { useToasts } from '../stores/toasts.ts';
import ConflictCard from './ConflictCard.vue';
import DueBadge from './DueBadge.vue';
import EmergencyBar from './EmergencyBar.vue';
import ErrorSummary from './ErrorSummary.vue';
import { movedTo } from './list-keys.ts';
import { eventsOf, mountInPage } from './mount.support.ts';
import PinPad from './PinPad.vue';
import ProgressBar from './ProgressBar.vue';
import SaveState from './SaveState.vue';
import SurveySteps from './SurveySteps.vue';
import SyncChip from './SyncChip.vue';
import ToastRegion from './ToastRegion.vue';

/** Monday 5 October 2026, 14:05 in Hà Nội. */
const NOW = Date.parse('2026-10-05T07:05:00Z');
const HOUR = 3_600_000;
let mounted: VueWrapper | null = null;
const show: typeof mountInPage = (...args) => (mounted = mountInPage(...args));
afterEach(() => mounted?.unmount());

describe('SaveState', () => {
  it.each([
    ['saved', 'Đã lưu trên máy này · 14:05'],
    ['sent', 'Đã gửi · 14:05'],
    ['received', 'Nơi nhận đã nhận · 14:05'],
  ] as const)('[UX-2] %s says: %s', (state, words) => {
    expect(show(SaveState, { state, atMs: NOW }).text()).toBe(words);
  });

  it('[UX-2] never shows the tick for what is only saved here', () => {
    const icon = (state: 'saved' | 'received') => show(SaveState, { state }).get('svg').classes().join(' ');
    expect(icon('received')).toContain('check');
    expect(icon('saved')).not.toContain('check');
  });
});

describe('SyncChip', () => {
  it('[UX-3] shows the count and opens the panel', async () => {
    const wrapper = show(SyncChip, { summary: { ...IDLE, state: 'waiting', waiting: 12480 }, nowMs: NOW });
    expect(wrapper.text()).toContain('Chờ gửi 12.480 mục');
    await wrapper.get('button').trigger('click');
    expect(eventsOf(wrapper, 'open')).toHaveLength(1);
  });

  it('tells when everything was sent', () => {
    expect(show(SyncChip, { summary: { ...IDLE, lastSentAtMs: NOW }, nowMs: NOW }).text()).toContain('Đã gửi 14:05');
  });
});

describe('DueBadge', () => {
  it('[UX-28] says with an icon and a word what its colour says', () => {
    const wrapper = show(DueBadge, { due: { dueAtMs: NOW - 2 * HOUR, workdaysLeft: null }, nowMs: NOW });
    expect(wrapper.text()).toBe('12:05 T2 05/10 · quá hạn 2 giờ');
    expect(wrapper.find('svg[aria-hidden="true"]').exists()).toBe(true);
  });
});

describe('ConflictCard', () => {
  const values = [
    { id: 'a', text: 'Nhà bà ngoại', who: 'Lò Thị Mai', agency: 'Thôn', atMs: NOW - HOUR, isMine: true },
    { id: 'b', text: '', who: 'Sùng Thị Mỷ', agency: 'Trạm y tế', atMs: NOW - 2 * HOUR, device: 'máy bảng trạm' },
  ];

  it('[UX-10] shows every value with who, when and from where', () => {
    const text = show(ConflictCard, { label: 'Nơi ở', values, nowMs: NOW }).text();
    for (const words of ['Hai nơi cùng sửa “Nơi ở”', 'Nhà bà ngoại', 'Anh/chị · Thôn · 1 giờ trước', '(xóa trống)']) {
      expect(text).toContain(words);
    }
    expect(text).toContain('Sùng Thị Mỷ · Trạm y tế · 2 giờ trước · từ máy bảng trạm');
  });

  it('[UX-10] chooses nothing by itself', async () => {
    const wrapper = show(ConflictCard, { label: 'Nơi ở', values, nowMs: NOW, canKeepBoth: true });
    expect(wrapper.findAll('input:checked')).toEqual([]);
    const [choose, keepBoth, ask] = wrapper.findAll('button');
    expect(choose?.attributes('disabled')).toBeDefined();
    await wrapper.findAll('input')[1]?.setValue();
    await choose?.trigger('click');
    await keepBoth?.trigger('click');
    await ask?.trigger('click');
    expect([eventsOf(wrapper, 'choose'), eventsOf(wrapper, 'keepBoth'), eventsOf(wrapper, 'ask')]).toEqual([
      [['b']],
      [[]],
      [[]],
    ]);
  });

  it('counts when there are more than two', () => {
    const three = [...values, { ...values[0], id: 'c' }];
    expect(show(ConflictCard, { label: 'Nơi ở', values: three, nowMs: NOW } as never).text()).toContain(
      '3 nơi cùng sửa',
    );
  });
});

describe('ErrorSummary', () => {
  it('[UX-18] takes the focus when it appears, and its lines lead to the fields', async () => {
    document.body.insertAdjacentHTML('beforeend', '<input id="birth">');
    const wrapper = show(ErrorSummary, { errors: [] });
    await wrapper.setProps({ errors: [{ fieldId: 'birth', text: 'Ghi năm sinh' }] });
    await nextTick();
    expect(document.activeElement?.className).toBe('error-summary');
    await wrapper.get('a').trigger('click');
    expect(document.activeElement?.id).toBe('birth');
    document.getElementById('birth')?.remove();
  });
});

describe('PinPad', () => {
  const dots = (wrapper: VueWrapper) => wrapper.findAll('.pin-dot.filled').length;

  it('takes fingers and keys, erases, and gives the PIN once', async () => {
    const wrapper = show(PinPad, { digits: 4 });
    await wrapper.findAll('.pin-keys button')[0]?.trigger('click');
    await wrapper.get('.pin-pad').trigger('keydown', { key: '9' });
    await wrapper.get('.pin-pad').trigger('keydown', { key: 'Backspace' });
    await wrapper.get('.pin-pad').trigger('keydown', { key: 'a' });
    expect(dots(wrapper)).toBe(1);
    for (const key of ['2', '3', '0']) await wrapper.get('.pin-pad').trigger('keydown', { key });
    expect(eventsOf(wrapper, 'complete')).toEqual([['1230']]);
    expect(dots(wrapper)).toBe(0);
  });

  it('takes nothing while a PIN is being tried', async () => {
    const wrapper = show(PinPad, { digits: 4, isBusy: true });
    await wrapper.get('.pin-pad').trigger('keydown', { key: '1' });
    expect(dots(wrapper)).toBe(0);
  });

  it('never writes the digits into the page', async () => {
    const wrapper = show(PinPad, { digits: 6 });
    for (const key of ['7', '7', '7']) await wrapper.get('.pin-pad').trigger('keydown', { key });
    expect(wrapper.get('.pin-dots').text()).toBe('Đã nhập 3/6 số');
    expect(wrapper.find('input').exists()).toBe(false);
  });
});

describe('EmergencyBar', () => {
  it('[UX-35] calls the three numbers and the officer on duty', () => {
    const wrapper = show(EmergencyBar, { officer: { name: 'Giàng A Páo', phone: '0000 123 456' } });
    expect(wrapper.findAll('a').map((call) => call.attributes('href'))).toEqual([
      'tel:111',
      'tel:113',
      'tel:115',
      'tel:0000123456',
    ]);
  });
});

describe('SurveySteps', () => {
  it('[UX-14] says the part, never blocks going on, and ends with "Xong"', async () => {
    const wrapper = show(SurveySteps, { current: 3, total: 6, title: 'Trẻ em trong hộ', openCount: 2 });
    expect(wrapper.text()).toContain('Phần 3/6: Trẻ em trong hộ');
    expect(wrapper.text()).toContain('Còn 2 câu');
    await wrapper.get('.steps-next').trigger('click');
    expect(eventsOf(wrapper, 'next')).toHaveLength(1);
    await wrapper.setProps({ current: 6 });
    expect(wrapper.get('.steps-next').text()).toBe('Xong');
  });
});

describe('ProgressBar', () => {
  it.each([
    [14, 38, '36.84'],
    [5, 0, '0%'],
    [40, 38, '100%'],
  ])('shows %d of %d', (value, max, share) => {
    expect(show(ProgressBar, { label: 'Khảo sát', value, max }).get('.progress > div').attributes('style')).toContain(
      share,
    );
  });
});

describe('ToastRegion', () => {
  it('[UX-11] offers the undo and runs it once', async () => {
    const wrapper = show(ToastRegion, {});
    let undone = 0;
    const toasts = useToasts();
    toasts.show('Đã đổi nơi ở', () => (undone += 1));
    await nextTick();
    const [undo] = wrapper.findAll('button');
    expect(undo?.text()).toBe('Hoàn tác');
    await undo?.trigger('click');
    expect(undone).toBe(1);
    expect(wrapper.find('.toast').exists()).toBe(false);
  });

  it('keeps the three newest', async () => {
    const wrapper = show(ToastRegion, {});
    for (const n of [1, 2, 3, 4]) useToasts().show(`Việc ${n}`);
    await nextTick();
    expect(wrapper.findAll('.toast p').map((toast) => toast.text())).toEqual(['Việc 2', 'Việc 3', 'Việc 4']);
  });
});

describe('[UX-31] movedTo', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 0, 0],
    ['PageDown', 2, 6],
    ['PageUp', 2, 0],
    ['Home', 7, 0],
    ['End', 0, 9],
    ['a', 3, null],
    ['Enter', 3, null],
  ] as const)('%s from row %d of ten leads to %s', (key, from, to) => {
    expect(movedTo(key, from, 10, 4)).toBe(to);
  });

  it('leads nowhere in an empty list', () => {
    expect(movedTo('End', 0, 0, 4)).toBeNull();
  });
});
