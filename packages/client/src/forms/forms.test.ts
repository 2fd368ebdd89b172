// @vitest-environment happy-dom
import { documentIdOf, type FolderId } from '@chungtay/core/model/ids';
import { mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { describe, expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import { FakeEngine, NOW_MS, POLICE, settle } from '../composables/fake-engine.support.ts';
import { useFolder } from '../composables/use-folder.ts';
import { createI18n } from '../i18n/use-i18n.ts';
import { ENGINE } from '../stores/engine.ts';
import { useToasts } from '../stores/toasts.ts';
import { textEntryOf, toggled } from './input-entry.ts';
import { joinTexts, partsOfTexts } from './join-texts.ts';
import KindField from './KindField.vue';
import { useKindTexts } from './use-kind-texts.ts';
import { columnBehind } from './value-words.ts';

const schemaOf = (kind: string, name: string) => columnBehind({ kind, name }).schema;

describe('textEntryOf', () => {
  it.each([
    ['  Lò  Thị Mẩy ', 'name', 'identity', 'name', 'Lò Thị Mẩy', true],
    ['   ', 'name', 'identity', 'name', null, true],
    ['038 216 012345', 'personalId', 'identity', 'personalId', '038216012345', true],
    ['03821601234', 'personalId', 'identity', 'personalId', '03821601234', false],
    ['0912 345 678', 'phone', 'identity', 'carerPhone', '0912 345 678', true],
    ['gọi mẹ', 'phone', 'identity', 'carerPhone', 'gọi mẹ', false],
    ['Một\n\nHai ', 'longText', 'case', 'narrative', 'Một\n\nHai ', true],
  ] as const)('%j as %s', (typed, as, kind, name, value, isGood) => {
    expect(textEntryOf(typed, as, schemaOf(kind, name))).toEqual({ value, isGood });
  });
});

describe('toggled', () => {
  it.each([
    [[], 'b', true, ['b']],
    [['c', 'a'], 'b', true, ['a', 'b', 'c']],
    [['old', 'a'], 'b', true, ['a', 'b', 'old']],
    [['a'], 'a', false, null],
    [['a'], 'a', true, ['a']],
  ] as const)('%j and %s %s is %j', (codes, code, isChosen, next) => {
    expect(toggled(codes, code, isChosen, ['a', 'b', 'c'])).toEqual(next);
  });
});

describe('joinTexts', () => {
  it.each([
    ['nothing shared', ['Cháu khóc.', 'Mẹ vắng nhà.'], 'Cháu khóc.\nMẹ vắng nhà.'],
    ['written on at the same place', ['Nghe tin. Cháu khóc.', 'Nghe tin. Mẹ vắng.'], 'Nghe tin. Cháu khóc.\nMẹ vắng.'],
    ['in the middle', ['Tin. Một. Hết.', 'Tin. Hai. Hết.'], 'Tin. Một.\nHai. Hết.'],
    [
      'a word more is another statement',
      ['Cháu bị đánh.', 'Cháu không bị đánh.'],
      'Cháu bị đánh.\nCháu không bị đánh.',
    ],
    ['a part of a sentence says something else', ['Không bị đánh', 'bị đánh'], 'Không bị đánh\nbị đánh'],
    [
      'ended alike',
      ['Cháu nặng 21.5 kg hôm nay', 'Cháu nặng 20.5 kg hôm nay'],
      'Cháu nặng 21.5 kg hôm nay\nCháu nặng 20.5 kg hôm nay',
    ],
    ['the same without its full stop', ['Nghe tin', 'Nghe tin. Cháu khóc.'], 'Nghe tin. Cháu khóc.'],
    ['one holds the other', ['Nghe tin.', 'Nghe tin. Cháu khóc.'], 'Nghe tin. Cháu khóc.'],
    ['the same', ['Nghe tin.', 'Nghe tin.'], 'Nghe tin.'],
    ['three', ['A', 'B', 'C'], 'A\nB\nC'],
    ['one cut out', ['A. B. C.', 'A. C.'], 'A. B. C.'],
  ])('%s', (_, texts, joined) => {
    expect(joinTexts(texts)).toBe(joined);
  });

  it('loses no word of any of them', () => {
    const words = (text: string): string[] => text.split(/\s+/u).filter(Boolean);
    const texts = [
      'Sáng nay cháu nghỉ học. Bà đưa đi khám.',
      'Sáng nay cháu đi học. Công an gặp bà.',
      'Cháu ở nhà bà.',
    ];
    const joined = words(joinTexts(texts));
    for (const text of texts) expect(joined).toEqual(expect.arrayContaining(words(text)));
  });

  it('marks what is each one’s own', () => {
    expect(partsOfTexts('A một Z', 'A hai Z')).toEqual({ before: 'A ', first: 'một', second: 'hai', after: ' Z' });
  });
});

describe('useKindTexts', () => {
  it.each([
    [{ kind: 'case', name: 'riskLevel' }, 'high', 'Cao'],
    [{ kind: 'sealed-case', name: 'abuseTypes' }, ['sexual', 'neglect'], 'Xâm hại tình dục, Xao nhãng, bỏ mặc'],
    [{ kind: 'case', name: 'isChildSafeNow' }, false, 'Không'],
    [{ kind: 'visit', name: 'nextOn' }, '2026-10-12', '12/10/2026'],
    [{ kind: 'household', name: 'economicYear' }, 2026, '2026'],
    [{ kind: 'health', name: 'monthlyCostDong' }, 1_500_000, '1.500.000 đ'],
    [{ kind: 'intake', name: 'receivedAt' }, NOW_MS, '05/10/2026 14:00'],
    [
      { kind: 'household', name: 'members' },
      { name: 'Y Thiên', relation: 'child', birth: '2016' },
      'Y Thiên · 2016 · Con',
    ],
    [{ kind: 'household', name: 'village' }, 'thon-99', 'thon-99'],
    [{ kind: 'case', name: 'currentCarer' }, null, ''],
  ] as const)('%j %j', (field, value, words) => {
    let found = '';
    const Probe = defineComponent(() => {
      found = useKindTexts().value(field, value);
      return () => null;
    });
    mount(Probe, {
      global: { plugins: [createPinia(), createI18n()], provide: { [ENGINE as symbol]: new FakeEngine().link } },
    });
    expect(found).toBe(words);
  });
});

async function showField(
  engine: FakeEngine,
  name: string,
  prepare: (document: ReturnType<typeof documentIdOf>) => void = () => undefined,
) {
  const folder = engine.id() as FolderId;
  const document = documentIdOf(folder, 'case');
  prepare(document);
  const pinia = createPinia();
  const Screen = defineComponent(() => {
    const open = useFolder(folder);
    return () => h(KindField, { folder: open, document, name });
  });
  const wrapper = mount(Screen, {
    attachTo: globalThis.document.body,
    global: { plugins: [pinia, createI18n()], provide: { [ENGINE as symbol]: engine.link } },
  });
  await settle();
  const value = () => engine.viewOf(folder).documents[0]?.registers[name];
  return { wrapper, document, value, pinia };
}

describe('KindField', () => {
  it('[UX-1] stores a choice at once, and offers undo', async () => {
    const engine = new FakeEngine();
    const { wrapper, value, pinia } = await showField(engine, 'riskLevel');
    await wrapper.get('input[value="high"]').setValue(true);
    await settle();
    expect(value()?.value).toBe('high');
    expect(useToasts(pinia).shown.map(({ text }) => text)).toEqual(['Đã ghi “Mức nguy cơ”']);
  });

  it('shows plain words to who may not write, and nothing where nothing is', async () => {
    const engine = new FakeEngine();
    engine.writable = () => false;
    const filled = await showField(engine, 'currentCarer', (document) =>
      engine.writeAs(POLICE, { document, sets: [{ name: 'currentCarer', value: 'Bà ngoại' }] }),
    );
    expect(filled.wrapper.text()).toContain('Bà ngoại');
    expect(filled.wrapper.find('input').exists()).toBe(false);
    const empty = await showField(engine, 'currentCarer', (document) =>
      engine.writeAs(POLICE, { document, sets: [{ name: 'childName', value: 'Minh' }] }),
    );
    expect(empty.wrapper.text()).toBe('');
  });

  it('[UX-10] shows both values with who wrote them, and keeps what one person chooses', async () => {
    const engine = new FakeEngine();
    const { wrapper, value } = await showField(engine, 'currentResidence', (document) => {
      engine.writeAs(POLICE, { document, sets: [{ name: 'currentResidence', value: 'Trạm Y tế' }] });
      engine.writeAs(5, { document, sets: [{ name: 'currentResidence', value: 'Nhà bà ngoại' }], seen: new Set() });
    });
    const card = wrapper.get('.conflict');
    expect(card.text()).toContain('Trạm Y tế');
    expect(card.text()).toContain('Thào A Sình');
    expect(card.text()).toContain('Nhà bà ngoại');
    await card.findAll('input')[0]?.setValue(true);
    await card.get('.button.primary').trigger('click');
    await settle();
    expect(value()).toMatchObject({ conflict: null });
    expect(wrapper.find('.conflict').exists()).toBe(false);
  });

  it('[UX-10] keeps both in the notes, with their writers', async () => {
    const engine = new FakeEngine();
    const { wrapper, document } = await showField(engine, 'currentResidence', (made) => {
      engine.writeAs(POLICE, { document: made, sets: [{ name: 'currentResidence', value: 'Trạm Y tế' }] });
      engine.writeAs(5, {
        document: made,
        sets: [{ name: 'currentResidence', value: 'Nhà bà ngoại' }],
        seen: new Set(),
      });
    });
    await wrapper.findAll('.conflict .button')[1]?.trigger('click');
    await settle();
    const view = engine.viewOf(document.split('/')[0] as FolderId).documents[0];
    const note = view?.logs['notes']?.[0]?.value as { text: string };
    expect(note.text).toContain('Thào A Sình: Trạm Y tế');
    expect(note.text).toContain('Nhà bà ngoại');
    expect(view?.registers['currentResidence']?.conflict).toBeNull();
  });

  it('[UX-10] joins two narratives so that no word is lost', async () => {
    const engine = new FakeEngine();
    const { wrapper, value } = await showField(engine, 'narrative', (document) => {
      engine.writeAs(POLICE, { document, sets: [{ name: 'narrative', value: 'Nghe tin. Công an gặp bà.' }] });
      engine.writeAs(5, { document, sets: [{ name: 'narrative', value: 'Nghe tin. Cháu khóc.' }], seen: new Set() });
    });
    await wrapper.get('.text-conflict .button.primary').trigger('click');
    await settle();
    expect(value()?.value).toContain('Công an gặp bà.');
    expect(value()?.value).toContain('Cháu khóc.');
    expect(value()?.conflict).toBeNull();
  });
});
