// @vitest-environment happy-dom
import { documentIdOf, type FolderId } from '@chungtay/core/model/ids';
import { enableAutoUnmount, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeEngine, NOW_MS, POLICE, settle } from '../composables/fake-engine.support.ts';
import CaseView from './case/CaseView.vue';
import IntakeForm from './intake/IntakeForm.vue';
import IntakesView from './intake/IntakesView.vue';
import IntakeView from './intake/IntakeView.vue';
import { press, showScreen } from './screens.support.ts';
import SurveyView from './survey/SurveyView.vue';

enableAutoUnmount(afterEach);

/** Writes what was seen, as a person does: in the field, and still in it. */
async function write(wrapper: VueWrapper, text: string): Promise<void> {
  const area = wrapper.get<HTMLTextAreaElement>('#intake-summary');
  area.element.focus();
  await area.setValue(text);
}

describe('S09, a report', () => {
  it('is handed in with nothing but what was seen, and its draft is gone', async () => {
    const engine = new FakeEngine();
    const folder = engine.id() as FolderId;
    const { wrapper, router } = await showScreen(engine, IntakeForm, { folder });
    await write(wrapper, 'Nghe tiếng trẻ khóc mấy đêm liền');
    await press(wrapper, 'Gửi tin báo');
    expect(engine.written).toHaveLength(1);
    expect(engine.written[0]?.map(({ document }) => document.split('/')[1])).toEqual(['intake']);
    expect(engine.written[0]?.[0]?.sets).toContainEqual({ name: 'summary', value: 'Nghe tiếng trẻ khóc mấy đêm liền' });
    expect(engine.drafts.size).toBe(0);
    expect(router.currentRoute.value.name).toBe('intakes');
  });

  it('[UX-18] says what is needed when nothing is, and sends nothing', async () => {
    const engine = new FakeEngine();
    const { wrapper } = await showScreen(engine, IntakeForm, { folder: engine.id() });
    await press(wrapper, 'Gửi tin báo');
    expect(wrapper.get('.error-summary').text()).toContain('Ghi điều thấy hoặc nghe');
    expect(engine.written).toEqual([]);
  });

  it('[UX-20] shows the emergency numbers at the first danger sign', async () => {
    const engine = new FakeEngine();
    const { wrapper } = await showScreen(engine, IntakeForm, { folder: engine.id() });
    expect(wrapper.find('.emergency').exists()).toBe(false);
    await wrapper.get('input[value="injury"]').setValue(true);
    await settle();
    expect(wrapper.find('.emergency').exists()).toBe(true);
  });

  it('says that it is sealed as soon as that is chosen, and is', async () => {
    const engine = new FakeEngine();
    const { wrapper } = await showScreen(engine, IntakeForm, { folder: engine.id() });
    await write(wrapper, 'Cháu kể lại');
    await wrapper.get('input[value="sexual"]').setValue(true);
    await settle();
    expect(wrapper.text()).toContain('ngăn niêm phong');
    await press(wrapper, 'Gửi tin báo');
    expect(engine.written[0]?.[0]?.document.split('/')[1]).toBe('sealed-intake');
  });

  it('is there again after a kill', async () => {
    const engine = new FakeEngine();
    const folder = engine.id();
    const first = await showScreen(engine, IntakeForm, { folder });
    await write(first.wrapper, 'Nghe tiếng trẻ khóc');
    window.dispatchEvent(new Event('pagehide'));
    await settle();
    const kept = new Map(engine.drafts);
    first.wrapper.unmount();
    const after = new FakeEngine();
    for (const [key, value] of kept) after.drafts.set(key, value);
    const { wrapper } = await showScreen(after, IntakeForm, { folder });
    expect(wrapper.get<HTMLTextAreaElement>('#intake-summary').element.value).toBe('Nghe tiếng trẻ khóc');
  });

  it('keeps everything when it cannot be stored, and says so', async () => {
    const engine = new FakeEngine();
    const { wrapper } = await showScreen(engine, IntakeForm, { folder: engine.id() });
    await write(wrapper, 'Nghe tiếng trẻ khóc');
    engine.refusal = { ok: false, reason: 'storage', fields: [] };
    await press(wrapper, 'Gửi tin báo');
    expect(wrapper.get('[role="alert"]').text()).toContain('Chưa lưu được');
    expect(engine.drafts.size).toBe(1);
    await press(wrapper, 'Gửi tin báo');
    expect(engine.drafts.size).toBe(0);
  });

  it('leaves its writer a receipt and not a word of what it said', async () => {
    const engine = new FakeEngine();
    engine.me = { ...engine.me, role: 'collaborator', agency: 'village' };
    const written = { kind: 'intake', writtenAtMs: NOW_MS } as const;
    engine.receipts = [
      { ...written, number: 'TB-12', receivedAtMs: NOW_MS + 60_000, state: 'received' },
      { ...written, number: 'TB-13', receivedAtMs: null, state: 'waiting' },
      { ...written, number: 'TB-14', receivedAtMs: null, state: 'lost' },
    ];
    const { wrapper } = await showScreen(engine, IntakesView);
    const lines = wrapper.findAll('section li').map((line) => line.text());
    expect(lines.find((line) => line.includes('TB-13'))).toContain('Đang chờ gửi');
    expect(lines.find((line) => line.includes('TB-14'))).toContain('không còn tin này');
    expect(wrapper.text()).toContain('TB-12');
    expect(wrapper.text()).toContain('Xã nhận lúc 05/10/2026 14:01');
    expect(wrapper.text()).not.toContain('Chờ giải quyết');
  });
});

describe('a report on the lead’s list', () => {
  function withReport(engine: FakeEngine) {
    const folder = engine.id() as FolderId;
    const document = documentIdOf(folder, 'intake', folder as never);
    // an hour and a half ago: half an hour from either full hour, however slow the machine is
    engine.nowMs = Date.now() - 5_400_000;
    const sets = [
      { name: 'summary', value: 'Nghe tiếng trẻ khóc' },
      { name: 'childName', value: 'Vàng A Páo' },
      { name: 'dangerSigns', value: ['injury'] },
      { name: 'receivedAt', value: engine.nowMs },
    ];
    engine.writeAs(7, { document, sets });
    return { folder, own: folder };
  }

  it('[UX-24] runs its twelve hours from the moment it was received', async () => {
    const engine = new FakeEngine();
    withReport(engine);
    const { wrapper } = await showScreen(engine, IntakesView);
    expect(wrapper.get('.work-card').text()).toContain('Vàng A Páo');
    expect(wrapper.get('.work-card').text()).toContain('còn 10 giờ');
  });

  it('becomes a case with one tap', async () => {
    const engine = new FakeEngine();
    const { folder, own } = withReport(engine);
    const { wrapper, router } = await showScreen(engine, IntakeView, { folder, own });
    expect(wrapper.text()).toContain('Nghe tiếng trẻ khóc');
    await press(wrapper, 'Lập hồ sơ mới');
    expect(engine.written.at(-1)?.map(({ document }) => document.split('/')[1])).toEqual(['case', 'intake']);
    expect(router.currentRoute.value).toMatchObject({ name: 'case', params: { folder } });
    const list = await showScreen(engine, IntakesView);
    expect(list.wrapper.text()).toContain('Đã giải quyết');
    expect(list.wrapper.text()).toContain('Lập hồ sơ mới');
  });
});

describe('S11, the file of a case', () => {
  function withCase(engine: FakeEngine) {
    const folder = engine.id() as FolderId;
    const document = documentIdOf(folder, 'case');
    const appends = [{ name: 'stage', value: { n: 1, to: 'received' } }];
    engine.writeAs(5, { document, sets: [{ name: 'childName', value: 'Vàng A Páo' }], appends });
    return { folder, document };
  }

  it('[UX-10] gathers what waits to be chosen, with its count', async () => {
    const engine = new FakeEngine();
    const { folder, document } = withCase(engine);
    for (const [member, value] of [
      [5, 'high'],
      [POLICE, 'medium'],
    ] as const) {
      engine.writeAs(member, { document, sets: [{ name: 'riskLevel', value }], seen: new Set() });
    }
    const { wrapper } = await showScreen(engine, CaseView, { folder });
    expect(
      wrapper
        .findAll('[role="tab"]')
        .find((tab) => tab.text().includes('Cần chọn'))
        ?.text(),
    ).toContain('1');
    expect(wrapper.get('.conflict').text()).toContain('Thào A Sình');
    expect(wrapper.get('.conflict').text()).toContain('Mục quan trọng');
  });

  it('takes the next step with its number, and asks for a reason where one is needed', async () => {
    const engine = new FakeEngine();
    const { folder } = withCase(engine);
    const { wrapper } = await showScreen(engine, CaseView, { folder });
    await press(wrapper, 'Chuyển sang: Đánh giá ban đầu');
    expect(engine.written.at(-1)?.[0]?.appends).toEqual([
      { name: 'stage', value: { n: 2, from: 'received', to: 'assessingInitial' } },
    ]);
    expect(wrapper.text()).toContain('Hồ sơ chuyển sang: Đánh giá ban đầu');
  });

  it('[UX-1] stores a note while it is written, on a document of its own', async () => {
    const engine = new FakeEngine();
    const { folder } = withCase(engine);
    const { wrapper } = await showScreen(engine, CaseView, { folder });
    const area = wrapper.get('.kind-field textarea');
    await area.trigger('focusin');
    await settle();
    await area.setValue('Gặp bà ngoại và cháu');
    await area.trigger('blur');
    await settle();
    const notes = engine.viewOf(folder).documents.filter(({ kind }) => kind === 'contact-note');
    expect(notes).toHaveLength(1);
    expect(notes[0]?.registers['text']?.value).toBe('Gặp bà ngoại và cháu');
    expect(notes[0]?.registers['on']?.value).toMatch(/^\d{4}-\d\d-\d\d$/u);
    expect(wrapper.get('.timeline').text()).toContain('Gặp bà ngoại và cháu');
  });
});

describe('S08, the survey', () => {
  it('[UX-14] goes through six parts, keeps its place over a kill, and ends when it is told to', async () => {
    const engine = new FakeEngine();
    const folder = engine.id() as FolderId;
    const document = documentIdOf(folder, 'household');
    engine.writeAs(5, {
      document,
      sets: [
        { name: 'village', value: 'thon-3' },
        { name: 'head', value: 'Lò Văn Páo' },
      ],
    });
    const first = await showScreen(engine, SurveyView, { folder });
    expect(first.wrapper.text()).toContain('Phần 1/6');
    await press(first.wrapper, 'Tiếp');
    await press(first.wrapper, 'Thêm chủ hộ Lò Văn Páo');
    await press(first.wrapper, 'Tiếp');
    expect(first.wrapper.text()).toContain('Phần 3/6');
    first.wrapper.unmount();

    const { wrapper, router } = await showScreen(engine, SurveyView, { folder });
    expect(wrapper.text()).toContain('Phần 3/6');
    for (let part = 4; part <= 6; part += 1) await press(wrapper, 'Tiếp');
    expect(wrapper.text()).toContain('Phần 6/6');
    await press(wrapper, 'Xong');
    expect(wrapper.get('.error-summary').text()).toContain('Chọn kết quả');
    await wrapper.get('input[value="done"]').setValue(true);
    await settle();
    await press(wrapper, 'Xong');
    expect(router.currentRoute.value.name).toBe('survey');
    const visits = engine.viewOf(folder).documents.filter(({ kind }) => kind === 'visit');
    expect(visits).toHaveLength(1);
    expect(visits[0]?.registers['outcome']?.value).toBe('done');
    expect(engine.drafts.size).toBe(0);
  });

  it('[UX-14] taken up days later is another call on the house: its answers are not those of the former', async () => {
    const engine = new FakeEngine();
    const folder = engine.id() as FolderId;
    const household = documentIdOf(folder, 'household');
    engine.writeAs(5, {
      document: household,
      sets: [
        { name: 'village', value: 'thon-3' },
        { name: 'head', value: 'Lò Văn Páo' },
      ],
    });
    const former = documentIdOf(folder, 'visit', engine.id() as never);
    engine.writeAs(5, { document: former, sets: [{ name: 'on', value: '2026-08-03' }] });
    engine.drafts.set(`survey/${folder}`, { part: 5, child: 0, visit: former });
    const { wrapper } = await showScreen(engine, SurveyView, { folder });
    expect(wrapper.text()).toContain('Phần 6/6');
    await wrapper.get('input[value="done"]').setValue(true);
    await settle();
    const visits = engine.viewOf(folder).documents.filter(({ kind }) => kind === 'visit');
    expect(visits).toHaveLength(2);
    for (const { document, registers } of visits)
      expect(registers['outcome']?.value ?? null).toBe(document === former ? null : 'done');
  });

  it('[UX-14] begins one visit however often the button is tapped', async () => {
    const engine = new FakeEngine();
    const folder = engine.id() as FolderId;
    const sets = [
      { name: 'village', value: 'thon-3' },
      { name: 'head', value: 'Hờ Thị Dợ' },
    ];
    engine.writeAs(5, { document: documentIdOf(folder, 'household'), sets });
    const { wrapper } = await showScreen(engine, SurveyView, { folder });
    for (let part = 2; part <= 4; part += 1) await press(wrapper, 'Tiếp');
    const next = wrapper.get('.steps-next');
    await Promise.all([next.trigger('click'), next.trigger('click')]);
    await settle();
    expect(wrapper.text()).toContain('Phần 5/6');
    expect(engine.viewOf(folder).documents.filter(({ kind }) => kind === 'visit')).toHaveLength(1);
  });
});
