// @vitest-environment happy-dom
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { Component } from 'vue';
import FieldCheckList from './FieldCheckList.vue';
import FieldDate from './FieldDate.vue';
import FieldNumber from './FieldNumber.vue';
import FieldRadio from './FieldRadio.vue';
import FieldSelect from './FieldSelect.vue';
import FieldText from './FieldText.vue';
import FieldYesNo from './FieldYesNo.vue';
import { eventsOf, mountInPage } from './mount.support.ts';

const remote = (text: string, version = 'v0', author: string | null = null) => ({ text, version, author });
const options = ['Đang học', 'Bỏ học'].map((label) => ({ value: label, label }));
let mounted: VueWrapper | null = null;
const show: typeof mountInPage = (...args) => (mounted = mountInPage(...args));
afterEach(() => mounted?.unmount());

describe('every field', () => {
  it.each([
    ['text', FieldText, { value: remote('') }],
    ['select', FieldSelect, { value: null, options }],
    ['number', FieldNumber, { value: 3, version: 'v0' }],
  ] as const)('ties label, help and error to the input: %s', (_, field, props) => {
    const wrapper = show(field as Component, { label: 'Nhãn', hint: 'Gợi ý', error: 'Ghi lại', id: 'here', ...props });
    const input = wrapper.get('#here');
    expect(wrapper.get('label').attributes('for')).toBe('here');
    expect(input.attributes('aria-invalid')).toBe('true');
    const described = (input.attributes('aria-describedby') ?? '').split(' ');
    expect(described.map((id) => wrapper.get(`#${id}`).text())).toEqual(['Gợi ý', 'Lỗi: Ghi lại']);
  });

  it.each([
    ['radio', FieldRadio, { value: null, options }],
    ['check list', FieldCheckList, { values: [], options }],
    ['date', FieldDate, { value: null, todayOn: '2026-10-05' }],
  ] as const)('groups its inputs under a legend: %s', (_, field, props) => {
    const wrapper = show(field as Component, { label: 'Nhãn', error: 'Ghi lại', ...props });
    expect(wrapper.get('fieldset legend').text()).toBe('Nhãn');
    expect(wrapper.get('fieldset').attributes('aria-describedby')).toContain('error');
  });

  it('[UX-18] shows the error above the input', () => {
    const wrapper = show(FieldText, { label: 'Họ tên', error: 'Ghi họ tên', value: remote('') });
    const order = [...wrapper.element.children].map((child) => child.className || child.tagName);
    expect(order.indexOf('field-error')).toBeLessThan(order.indexOf('input'));
  });

  it('names who else is in it', () => {
    const wrapper = show(FieldText, { label: 'Họ tên', editedBy: 'Trạm y tế xã', value: remote('') });
    expect(wrapper.text()).toContain('Trạm y tế xã đang sửa mục này');
  });
});

describe('FieldText', () => {
  it('[UX-1] commits on leaving, with the version its writer saw', async () => {
    const wrapper = show(FieldText, { label: 'Họ tên', value: remote('Mai', 'v7') });
    await wrapper.get('input').trigger('focus');
    await wrapper.get('input').setValue('Mai Lan');
    await wrapper.get('input').trigger('blur');
    expect(eventsOf(wrapper, 'commit')).toEqual([['Mai Lan', 'v7']]);
  });

  it('[UX-9] leaves the words under the fingers alone and offers the choice', async () => {
    const wrapper = show(FieldText, { label: 'Nơi ở', value: remote('Nà Pàn') });
    const input = wrapper.get('input');
    await input.trigger('focus');
    await input.setValue('Nà Pàn 2');
    await wrapper.setProps({ value: remote('Tả Phìn', 'v1', 'Công an xã') });
    expect(input.element.value).toBe('Nà Pàn 2');
    expect(wrapper.text()).toContain('Công an xã vừa sửa: Tả Phìn');
    await wrapper.findAll('button')[0]?.trigger('click');
    expect(input.element.value).toBe('Tả Phìn');
    expect(eventsOf(wrapper, 'commit')).toEqual([]);
  });
});

describe('choices', () => {
  it('[UX-1] commit at once', async () => {
    const radio = show(FieldRadio, { label: 'Học', value: null, options });
    await radio.findAll('input')[1]?.trigger('change');
    expect(eventsOf(radio, 'commit')).toEqual([['Bỏ học']]);
  });

  it('[UX-15] yes and no come with the two honest answers besides', () => {
    const wrapper = show(FieldYesNo, { label: 'Có thẻ bảo hiểm?', value: 'unknown' });
    expect(wrapper.findAll('label.option').map((label) => label.text())).toEqual([
      'Có',
      'Không',
      'Không biết',
      'Không trả lời',
    ]);
    expect(wrapper.find<HTMLInputElement>('input:checked').element.value).toBe('unknown');
  });

  it('a check list says which row changed and how, nothing of the others', async () => {
    const wrapper = show(FieldCheckList, { label: 'Dấu hiệu', values: ['Đang học'], options });
    await wrapper.findAll('input')[0]?.setValue(false);
    await wrapper.findAll('input')[1]?.setValue(true);
    expect(eventsOf(wrapper, 'commit')).toEqual([
      ['Đang học', false],
      ['Bỏ học', true],
    ]);
  });

  it('a select can be cleared', async () => {
    const wrapper = show(FieldSelect, { label: 'Học', value: 'Bỏ học', options });
    await wrapper.get('select').setValue('');
    expect(eventsOf(wrapper, 'commit')).toEqual([[null]]);
  });
});

describe('FieldNumber', () => {
  it('[UX-17] refuses only the impossible, and says so after the field is left', async () => {
    const wrapper = show(FieldNumber, { label: 'Cân nặng', value: null, version: 'v0', min: 1, max: 150 });
    const input = wrapper.get('input');
    await input.trigger('focus');
    await input.setValue('400');
    expect(wrapper.text()).not.toContain('Lỗi');
    await input.trigger('blur');
    expect(wrapper.text()).toContain('Lỗi: Không thể lớn hơn 150');
    expect(eventsOf(wrapper, 'commit')).toEqual([]);
  });

  it('[UX-17] warns outside the usual range and commits all the same', async () => {
    const wrapper = show(FieldNumber, { label: 'Cân', value: null, version: 'v0', usual: [2, 60], max: 150 });
    await wrapper.get('input').trigger('focus');
    await wrapper.get('input').setValue('90');
    expect(wrapper.text()).toContain('Số này khác thường (hay gặp 2 đến 60)');
    await wrapper.get('input').trigger('blur');
    expect(eventsOf(wrapper, 'commit')).toEqual([[90, 'v0']]);
  });

  it('[UX-17] has a stepper up to twenty, and none beyond', async () => {
    const few = show(FieldNumber, { label: 'Số người', value: 3, version: 'v0', max: 20 });
    await few.get('[aria-label="Thêm một: Số người"]').trigger('click');
    expect(eventsOf(few, 'commit')).toEqual([[4, 'v0']]);
    few.unmount();
    expect(show(FieldNumber, { label: 'Cân', value: 3, version: 'v0', max: 21 }).findAll('button')).toEqual([]);
  });
});

describe('FieldDate', () => {
  const type = async (wrapper: VueWrapper, day: string, month: string, year: string) => {
    const [dayBox, monthBox, yearBox] = wrapper.findAll('input[type=text]');
    await dayBox?.setValue(day);
    await monthBox?.setValue(month);
    await yearBox?.setValue(year);
  };

  it('[UX-16] takes a year alone, marked as a guess, and tells the age at once', async () => {
    const wrapper = show(FieldDate, { label: 'Ngày sinh', value: null, todayOn: '2026-10-05', showsAge: true });
    await type(wrapper, '', '', '2017');
    expect(wrapper.get('output').text()).toBe('khoảng 9 tuổi');
    await wrapper.get('input[type=checkbox]').setValue(true);
    expect(eventsOf(wrapper, 'commit')).toEqual([[{ date: '2017', estimated: true }]]);
  });

  it('does not commit between its own boxes', async () => {
    const wrapper = show(FieldDate, { label: 'Ngày sinh', value: null, todayOn: '2026-10-05' });
    await type(wrapper, '27', '3', '2017');
    const [dayBox, monthBox, yearBox] = wrapper.findAll('input[type=text]');
    await dayBox?.trigger('focusout', { relatedTarget: monthBox?.element });
    expect(eventsOf(wrapper, 'commit')).toEqual([]);
    await yearBox?.trigger('focusout', { relatedTarget: document.body });
    expect(eventsOf(wrapper, 'commit')).toEqual([[{ date: '2017-03-27', estimated: false }]]);
  });

  it('[UX-18] says what to do when it is left wrong, and keeps what was typed', async () => {
    const wrapper = show(FieldDate, { label: 'Ngày sinh', value: null, todayOn: '2026-10-05' });
    await type(wrapper, '31', '2', '2017');
    await wrapper.findAll('input')[2]?.trigger('focusout', { relatedTarget: null });
    expect(wrapper.text()).toContain('Lỗi: Tháng này không có ngày đó');
    expect(wrapper.find<HTMLInputElement>('input').element.value).toBe('31');
    expect(eventsOf(wrapper, 'commit')).toEqual([]);
  });

  it('[UX-9] is not overwritten while somebody is in it', async () => {
    const wrapper = show(FieldDate, { label: 'Ngày sinh', value: null, todayOn: '2026-10-05' });
    await wrapper.findAll('input')[0]?.trigger('focusin');
    await type(wrapper, '27', '', '');
    await wrapper.setProps({ value: { date: '2016', estimated: false } });
    expect(wrapper.find<HTMLInputElement>('input').element.value).toBe('27');
  });
});
