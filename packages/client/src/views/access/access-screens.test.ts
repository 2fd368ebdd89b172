// @vitest-environment happy-dom
import type { Json } from '@chungtay/core/base/any';
import { type DocumentId, documentIdOf, type FolderId, type MemberNumber } from '@chungtay/core/model/ids';
import type { Role } from '@chungtay/core/model/role';
import { enableAutoUnmount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeEngine, LEAD, NOW_MS, settle } from '../../composables/fake-engine.support.ts';
import { IDLE } from '../../stores/sync-summary.ts';
import { useSync } from '../../stores/sync.ts';
import { press, showScreen } from '../screens.support.ts';
import AccessView from './AccessView.vue';
import ConsentsCard from './ConsentsCard.vue';
import FolderAccess from './FolderAccess.vue';
import OpenBanner from './OpenBanner.vue';

enableAutoUnmount(afterEach);

const POLICE = 9 as MemberNumber;
const NURSE = 6 as MemberNumber;
// the page goes by its own clock: whatever it is, these days are to come
const TERMS = {
  reason: 'Xác minh vết thương',
  member: POLICE,
  basis: 'written-request',
  from: '2099-10-05',
  until: '2099-10-20',
};
let engine: FakeEngine;
let child: FolderId;

beforeEach(() => {
  engine = new FakeEngine();
  engine.received = { atMs: NOW_MS - 60_000, owner: POLICE };
  child = engine.id() as FolderId;
});

function be(role: Role, member: MemberNumber): void {
  engine.me = { ...LEAD, role, member };
}

function request(compartment: string, values: Readonly<Record<string, Json>>): DocumentId {
  const document = documentIdOf(child, `access-${compartment}`, engine.id() as never);
  record(document, { ...TERMS, reason: 'Xác minh vết thương', ...values }, POLICE);
  return document;
}

/** Writes as a colleague. */
function record(document: DocumentId, values: Readonly<Record<string, Json>>, member = NURSE): void {
  engine.writeAs(member, { document, sets: Object.entries(values).map(([name, value]) => ({ name, value })) });
}

const dialog = (): HTMLElement => {
  const found = document.querySelector<HTMLElement>('[role="dialog"]');
  if (!found) throw new Error('no dialog');
  return found;
};

/** Clicks what says so in the dialog. */
async function pick(words: string): Promise<void> {
  const found = [...dialog().querySelectorAll<HTMLElement>('button, label')].find((each) =>
    each.textContent.trim().startsWith(words),
  );
  if (!found) throw new Error(`nothing says “${words}”: ${dialog().textContent}`);
  (found.querySelector('input') ?? found).click();
  await settle();
}

async function write(words: string): Promise<void> {
  const field = dialog().querySelector('textarea');
  if (!field) throw new Error('no field');
  field.value = words;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}

/** A lazily loaded part may take a while to come. */
async function once(shown: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !shown(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  await settle();
}

const monthNow = (): string => String(new Date().getMonth() + 1).padStart(2, '0');
const yearNow = (): string => String(new Date().getFullYear());
const hasDialog = (): boolean => document.querySelector('[role="dialog"]') !== null;
const last = () => engine.written.at(-1)?.[0];

async function lists(): Promise<VueWrapper> {
  return (await showScreen(engine, AccessView)).wrapper;
}

describe('S22', () => {
  it('says so where nothing was ever asked', async () => {
    expect((await lists()).text()).toContain('Chưa có yêu cầu xem nào');
  });

  it('[ACC-6] an approval repeats the terms word for word', async () => {
    be('nurse', NURSE);
    const document = request('health', {});
    const wrapper = await lists();
    expect(wrapper.text()).toContain('Chờ anh/chị · 1');
    await press(wrapper, 'Đồng ý cho xem');
    expect(dialog().textContent).toContain('Từ 05/10/2099 đến hết 20/10/2099');
    await pick('Đồng ý đúng như trên');
    expect(last()).toMatchObject({ document, appends: [{ name: 'approvals', value: TERMS }] });
    await settle();
    expect([wrapper.text().includes('Chờ anh/chị'), hasDialog()]).toEqual([false, false]);
  });

  it('[ACC-6] a refusal has a reason, which the asker reads', async () => {
    be('nurse', NURSE);
    request('health', {});
    const wrapper = await lists();
    await press(wrapper, 'Không đồng ý');
    await pick('Không đồng ý');
    expect([engine.written.length, dialog().textContent.includes('Ghi lý do.')]).toEqual([0, true]);
    await write('Chưa rõ cần gì');
    await pick('Không đồng ý');
    expect(last()?.appends).toEqual([{ name: 'refusals', value: { reason: 'Chưa rõ cần gì' } }]);
    wrapper.unmount();
    be('police', POLICE);
    const his = await lists();
    await his.get('select').setValue('over');
    await settle();
    expect(his.text()).toContain('“Chưa rõ cần gì”');
  });

  it('[ACC-6] what could not be saved stays in the dialog, and says why', async () => {
    be('nurse', NURSE);
    request('health', {});
    await press(await lists(), 'Đồng ý cho xem');
    engine.refusal = { ok: false, reason: 'no-right', fields: [] };
    await pick('Đồng ý đúng như trên');
    expect(dialog().textContent).toContain('Chưa lưu: anh/chị không được ghi mục này.');
  });

  it('[ACC-7] an emergency is reviewed with a judgement and words', async () => {
    const document = request('health', { isEmergency: true });
    const wrapper = await lists();
    await press(wrapper, 'Rà soát');
    await write('Cháu đã vào viện');
    await pick('Ghi kết luận');
    expect(engine.written).toEqual([]);
    await pick('Đúng là khẩn cấp');
    await pick('Ghi kết luận');
    const value = { isJustified: true, text: 'Cháu đã vào viện' };
    expect(last()).toMatchObject({ document, appends: [{ name: 'reviews', value }] });
  });

  it('[ACC-6] what lacks its consent is worded again with it: approved with that, and the former put away', async () => {
    be('nurse', NURSE);
    const former = request('hiv', { basis: 'consent' });
    const consent = documentIdOf(child, 'hiv-consent', engine.id() as never);
    const given = { by: 'representative', giverName: 'Lò Thị Sương', agreed: true, on: '2026-10-01' };
    record(consent, { ...given, disclosedTo: ['police'] });
    record(documentIdOf(child, 'hiv-consent', engine.id() as never), {
      ...given,
      giverName: 'Lò Thị Pâng',
      disclosedTo: ['school'],
    });
    record(documentIdOf(engine.id() as FolderId, 'member'), { number: POLICE, role: 'police', agency: 'police' });
    const wrapper = await lists();
    expect(wrapper.text()).toContain('chưa có văn bản đồng ý');
    await press(wrapper, 'Lập lại kèm văn bản đồng ý');
    await once(hasDialog);
    expect(dialog().textContent).not.toContain('Lò Thị Pâng');
    await pick('Lò Thị Sương');
    const until = [...dialog().querySelectorAll<HTMLInputElement>('.date-box input')];
    expect(until).toHaveLength(3);
    for (const [at, text] of [String(new Date().getDate()).padStart(2, '0'), monthNow(), yearNow()].entries()) {
      const box = until[at];
      if (box) box.value = text;
      box?.dispatchEvent(new Event('input', { bubbles: true }));
    }
    until[2]?.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    await pick('Lập đề nghị');
    const [own, old] = engine.written.at(-1) ?? [];
    expect(own?.sets).toContainEqual({ name: 'consents', value: [consent] });
    const terms = Object.fromEntries((own?.sets ?? []).map(({ name, value }) => [name, value]));
    const { member, basis, from, until: to, consents } = terms;
    expect(own?.appends?.[0]?.value).toMatchObject({ member, basis, from, until: to, consents });
    expect(old).toMatchObject({ document: former, appends: [{ name: 'refusals' }] });
  });

  it('[ACC-3] who answers there ends what is open', async () => {
    be('nurse', NURSE);
    const document = request('health', {});
    engine.writeAs(NURSE, { document, appends: [{ name: 'approvals', value: TERMS }] });
    const wrapper = await lists();
    await wrapper.get('select').setValue('open');
    await settle();
    expect(wrapper.text()).toContain('Xem được từ 05/10/2099');
    await press(wrapper, 'Kết thúc quyền xem');
    await write('Đã xác minh xong');
    await pick('Kết thúc ngay');
    expect(last()).toMatchObject({ document, appends: [{ name: 'ended', value: { reason: 'Đã xác minh xong' } }] });
    expect(wrapper.text()).not.toContain('Xem được từ');
  });
});

describe('a file with closed compartments', () => {
  const props = () => ({ folders: { child }, closed: ['education', 'health'], owners: 'Trường', about: 'Lò Văn Tới' });

  it('[ACC-4] names them, and takes a request', async () => {
    be('police', POLICE);
    const { wrapper } = await showScreen(engine, FolderAccess, props());
    expect(wrapper.text()).toContain('2 ngăn riêng: Học tập, Y tế');
    await press(wrapper, 'Yêu cầu xem');
    await once(hasDialog);
    await pick('Y tế');
    await write('Xác minh vết thương');
    await pick('Gửi yêu cầu');
    expect(engine.written).toEqual([]);
    await pick('Bảo vệ tính mạng');
    await pick('Gửi yêu cầu');
    expect(last()?.document).toMatch(/\/access-health\//u);
    expect(last()?.sets?.map(({ name }) => name)).toEqual(['member', 'basis', 'from', 'until', 'reason']);
  });

  it('[ACC-7] breaks the glass only with a reason and a yes', async () => {
    be('police', POLICE);
    const { wrapper } = await showScreen(engine, FolderAccess, props());
    await press(wrapper, 'Mở khẩn cấp');
    await once(hasDialog);
    await pick('Y tế');
    await write('Cháu ngất');
    await pick('Mở ngay');
    expect(engine.written).toEqual([]);
    await pick('Tôi mở vì');
    await pick('Mở ngay');
    expect(last()?.sets).toContainEqual({ name: 'isEmergency', value: true });
  });

  it('[HIV-3] offers group 5 by the role alone, whatever there is', async () => {
    const told = async () => {
      const { wrapper } = await showScreen(engine, FolderAccess, { ...props(), closed: [] });
      return wrapper.text();
    };
    const before = await told();
    engine.writeAs(NURSE, {
      document: documentIdOf(child, 'hiv'),
      sets: [{ name: 'treatmentPlace', value: 'Tuyến tỉnh' }],
    });
    expect(await told()).toBe(before);
  });

  it('shows nothing to who neither asks nor answers', async () => {
    be('collaborator', 3 as MemberNumber);
    const { wrapper } = await showScreen(engine, FolderAccess, { ...props(), closed: [] });
    expect(wrapper.text()).toBe('');
  });
});

describe('the banner', () => {
  it('[ACC-7] says what is open, and how long still', async () => {
    be('police', POLICE);
    engine.received = { atMs: Date.now() - 3_600_000, owner: POLICE };
    request('health', { isEmergency: true });
    const { wrapper } = await showScreen(engine, OpenBanner, { folders: [child] });
    expect(wrapper.text()).toMatch(/Mở khẩn cấp: Y tế, còn 2[23] giờ \d+ phút/u);
    engine.received = { atMs: Date.now() + 5_000, owner: POLICE };
    const soon = await showScreen(engine, OpenBanner, { folders: [child] });
    expect(soon.wrapper.text()).toBe('');
    useSync(soon.pinia).summary = { ...IDLE, skewMs: 60_000 };
    await settle();
    expect(soon.wrapper.text()).toContain('Mở khẩn cấp: Y tế');
    be('nurse', NURSE);
    const others = await showScreen(engine, OpenBanner, { folders: [child] });
    expect(others.wrapper.text()).toBe('');
  });
});

describe('consents', () => {
  function consent(by: string): DocumentId {
    const document = documentIdOf(child, 'consent', engine.id() as never);
    const given = {
      by,
      giverName: 'Lò Thị Sương',
      agreed: true,
      on: '2026-10-01',
      scope: ['health'],
      purpose: 'Hỗ trợ',
    };
    engine.writeAs(5, { document, sets: Object.entries(given).map(([name, value]) => ({ name, value })) });
    return document;
  }

  it('[ACC-5] ask for the child’s own, and tell what leans on one before it is withdrawn', async () => {
    const document = consent('representative');
    request('health', { basis: 'consent', consents: [document], from: '2099-01-01', until: '2099-01-02' });
    const { wrapper } = await showScreen(engine, ConsentsCard, { folder: child, kind: 'consent' });
    expect(wrapper.text()).toContain('còn thiếu lời đồng ý của trẻ');
    expect(wrapper.text()).toContain('Dựa vào văn bản này: Y tế');
    await press(wrapper, 'Rút lại');
    await once(hasDialog);
    expect(dialog().textContent).toContain('Những quyền xem sau đây hết theo');
    await write('Mẹ đổi ý');
    await pick('Ghi là đã rút lại');
    expect(last()).toMatchObject({ document, appends: [{ name: 'withdrawals', value: { reason: 'Mẹ đổi ý' } }] });
    expect(wrapper.text()).toContain('Đã rút lại');
  });
});
