import { expect, type Page } from '@playwright/test';
import { DOSE, openChild, openTab, SEEN } from './story-acts.ts';
import type { Part } from './story-cast.ts';
import { HOUSEHOLD } from './story-survey.ts';

/** What the child's page says to somebody at one of its parts, and what it must not show there. */
type Sight = readonly [part: string, says: string, hides: string | null];

/** What role and place give: the entries of the navigation, the child's parts, how many children the register holds. */
const VIEWS: Readonly<Record<Part, { readonly tabs: readonly string[]; readonly child: readonly Sight[] }>> = {
  collaborator: {
    tabs: ['Hôm nay', 'Khảo sát', 'Sổ trẻ', 'Tin báo'],
    child: [
      ['Tóm tắt', 'Họ và tên mẹ', null],
      ['Học tập', 'Đây là phần trích. Cần biết thêm, hỏi', 'Trẻ đang đi học không'],
      ['Vụ việc', 'Không có vụ việc nào mà anh/chị được biết', 'Mở hồ sơ'],
    ],
  },
  teacher: {
    tabs: ['Hôm nay', 'Sổ trẻ', 'Tin báo', 'Quyền xem'],
    child: [
      ['Tóm tắt', 'Đây là phần trích. Cần biết thêm, hỏi', 'Họ và tên mẹ'],
      ['Học tập', 'Trẻ đang đi học không', null],
      ['Vụ việc', 'Không có vụ việc nào mà anh/chị được biết', 'Mở hồ sơ'],
    ],
  },
  nurse: {
    tabs: ['Hôm nay', 'Sổ trẻ', 'Tin báo', 'Quyền xem'],
    child: [
      ['Học tập', 'Đây là phần trích. Cần biết thêm, hỏi', 'Trẻ đang đi học không'],
      ['Sức khỏe', 'Lịch tiêm chủng', null],
      ['Vụ việc', 'Không có vụ việc nào mà anh/chị được biết', 'Mở hồ sơ'],
    ],
  },
  police: {
    tabs: ['Hôm nay', 'Hồ sơ', 'Sổ trẻ', 'Tin báo', 'Quyền xem'],
    child: [
      ['Học tập', 'ngăn riêng: ', 'Trẻ đang đi học không'],
      ['Vụ việc', 'Mở hồ sơ', null],
    ],
  },
  lead: {
    tabs: ['Hôm nay', 'Sổ trẻ', 'Hồ sơ', 'Khảo sát', 'Quyền xem', 'Người dùng'],
    child: [
      ['Học tập', 'Trẻ đang đi học không', null],
      ['Sức khỏe', 'Chưa ghi gì ở phần này.', 'Lịch tiêm chủng'],
      ['Vụ việc', 'Mở hồ sơ', null],
    ],
  },
};

/** Somebody has the screens of his role, and of the child what role and place give him. */
export async function expectOwnView(page: Page, part: Part): Promise<void> {
  const { tabs, child } = VIEWS[part];
  const entries = page.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link');
  await expect(entries.filter({ hasNotText: 'Cài đặt' })).toHaveText([...tabs]);
  for (const [tab, says, hides] of child) {
    await openChild(page, tab);
    const panel = page.getByRole('tabpanel');
    await expect(panel).toContainText(says);
    if (hides !== null) await expect(panel).not.toContainText(hides);
  }
}

/** What the others wrote is here, as far as it is this person's to know, and nothing beyond. */
export async function expectWhatOthersWrote(page: Page, part: Part): Promise<void> {
  if (part === 'lead') {
    await openChild(page, 'Học tập');
    await expect(page.getByLabel('Trẻ đang đi học không').locator('option:checked')).toHaveText('Bỏ học');
    await openChild(page, 'Tóm tắt');
    await expect(page.getByText(`Khảo sát, việc học: ${HOUSEHOLD.said}`)).toBeVisible();
    await openChild(page, 'Sức khỏe');
    await expect(page.getByRole('tabpanel')).toContainText('Đây là phần trích. Cần biết thêm, hỏi Trạm Y tế');
  }
  if (part === 'collaborator') {
    await openChild(page, 'Học tập');
    await expect(page.getByRole('tabpanel')).toContainText(/Đang đi học\s*Không/u);
    await openChild(page, 'Sức khỏe');
    const missing = page.getByRole('tabpanel').locator('dd').first();
    await expect(missing).toContainText('Viêm não Nhật Bản, mũi 3');
    await expect(missing).not.toContainText(DOSE);
  }
  if (part === 'nurse') {
    await openTab(page, 'Sổ trẻ');
    await page.getByRole('searchbox').first().fill(HOUSEHOLD.child);
    await expect(page.getByRole('link', { name: HOUSEHOLD.child })).toBeVisible();
  }
  if (part === 'lead' || part === 'police') return;
  await openTab(page, 'Tin báo');
  const receipts = page.getByRole('region', { name: 'Tin anh/chị đã gửi' });
  await expect(receipts.getByText(/^Xã nhận lúc/u)).toHaveCount(part === 'collaborator' ? 1 : 0);
  await expect(page.getByText(SEEN)).toHaveCount(0);
}
