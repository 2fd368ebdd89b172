import { dialog, first, follow, press, type Screen, tab, type Walk } from './screen.ts';

/** The school's screens: an extract of a child, and its schooling. */
export const TEACHER: readonly Screen[] = [
  { name: 's03-today-teacher', path: '/hom-nay', shows: first('.today .card') },
  { name: 's04-register-teacher', path: '/so-tre', shows: first('.register-list a') },
  { name: 's05-child-teacher', open: follow('.register-list a'), shows: first('.child-head') },
  { name: 's05-education-teacher', open: tab('Học tập'), shows: (page) => page.getByLabel('Trẻ đang đi học không') },
  { name: 's05-change-sheet', open: press(/^Thêm:/u), shows: dialog(/^Thêm:/u) },
];

/** The health station's screens: growth and vaccines. */
export const NURSE: readonly Screen[] = [
  { name: 's03-today-nurse', path: '/hom-nay', shows: first('.task-line') },
  { name: 's05-health-nurse', path: '/so-tre', open: openSmallChild, shows: first('.vaccines') },
  { name: 's05-growth-sheet', open: press('Thêm: Cân, đo'), shows: dialog('Thêm: Cân, đo') },
  { name: 's05-vaccine-sheet', open: openVaccine, shows: dialog(/^Ghi mũi/u) },
  { name: 's22-waiting-nurse', path: '/quyen-xem', shows: first('.access-card') },
  { name: 's22-approve', open: press('Đồng ý cho xem'), shows: dialog('Đồng ý cho xem') },
  { name: 's22-review', path: '/quyen-xem', open: press('Rà soát'), shows: dialog('Rà soát việc mở khẩn cấp') },
  { name: 's22-review-gaps', open: press('Ghi kết luận'), shows: first('.dialog .field-error') },
  { name: 's22-over-nurse', path: '/quyen-xem', open: tab(/^Đã xong/u), shows: first('.access-card') },
  { name: 's22-open-nurse', open: tab(/^Đang được xem/u), shows: first('.access-card') },
];

/** The police officer's screens: the shared case, with a note. */
export const POLICE: readonly Screen[] = [
  { name: 's03-today-police', path: '/hom-nay', shows: first('.today .card') },
  { name: 's11-cases-police', path: '/ho-so', shows: first('.work-card') },
  { name: 's11-timeline-police', open: follow('.work-card'), shows: first('.timeline li') },
  { name: 's11-note', open: writeNote, shows: first('.save-state') },
  { name: 's22-open-police', path: '/quyen-xem', open: tab(/^Đang được xem/u), shows: first('.access-card') },
  { name: 's22-file-police', path: '/so-tre', open: follow('.register-list a'), shows: first('#folder-access') },
  { name: 's22-ask', open: press('Yêu cầu xem'), shows: dialog('Yêu cầu xem ngăn riêng') },
  { name: 's22-ask-gaps', open: press('Gửi yêu cầu'), shows: first('.dialog .field-error') },
  { name: 's22-emergency', path: '/so-tre', open: beginEmergency, shows: dialog('Mở khẩn cấp trong 24 giờ') },
];

/** The chair's screens: what waits for a decision. */
export const CHAIR: readonly Screen[] = [
  { name: 's03-today-chair', open: press('Bắt đầu làm việc'), shows: first('.today .card') },
  { name: 's11-cases-chair', path: '/ho-so', shows: first('.work-card') },
  { name: 's24-namings-chair', path: '/nguoi-dung', shows: first('#namings') },
  { name: 's23-log-chair', path: '/nhat-ky', shows: first('#audit-head') },
  { name: 's23-log-filtered', open: filterLog, shows: first('.audit .card li') },
];

/** The administrator's screens: people and their devices. */
export const ADMINISTRATOR: readonly Screen[] = [
  { name: 's24-people', path: '/hom-nay', shows: first('.members .work-card') },
  { name: 's24-none', open: findNobody, shows: first('.empty-state') },
  { name: 's24-invite', path: '/nguoi-dung', open: beginInvitation, shows: dialog('Mời người') },
  { name: 's24-invite-gaps', open: press('Tạo giấy mời'), shows: first('.field-error') },
  { name: 's24-invitation', open: finishInvitation, shows: dialog(/^Giấy mời của/u) },
  { name: 's24-person', open: openNewPerson, shows: first('#member-work') },
  { name: 's24-suspend', open: press('Tạm dừng'), shows: dialog(/^Tạm dừng/u) },
  { name: 's24-suspended', open: press('Tạm dừng ngay'), shows: first('.chip.danger') },
  { name: 's24-devices', path: '/nguoi-dung', open: openOwnPage, shows: first('.device') },
  { name: 's25-villages', path: '/danh-muc', shows: first('.place') },
  { name: 's25-gap', open: press('Thêm'), shows: first('.field-error') },
  { name: 's25-village', open: press(/^Sửa /u), shows: first('.dialog') },
  { name: 's25-schools', path: '/danh-muc', open: part('Trường'), shows: first('.place') },
  { name: 's25-days', open: part('Ngày nghỉ'), shows: first('.holiday') },
  { name: 's25-lists', open: part('Danh mục mã'), shows: first('.catalogue-name') },
  { name: 's25-list', open: press(/^Sửa /u), shows: first('.catalogue-item') },
];

/** The part of the directory of this name: as tabs on a tablet. */
function part(name: string): (walk: Walk) => Promise<void> {
  return tab(new RegExp(`^${name}`, 'u'));
}

async function filterLog({ page }: Walk): Promise<void> {
  await page.getByLabel('Việc gì').selectOption({ label: 'Máy' });
}

async function findNobody({ page }: Walk): Promise<void> {
  await page.getByRole('searchbox').fill('Xuyến Chi Phượng Vĩ');
}

async function beginInvitation({ page }: Walk): Promise<void> {
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Mời người' }).click();
}

async function finishInvitation({ page }: Walk): Promise<void> {
  await page.getByLabel('Họ và tên').fill('Tòng Văn Ún');
  await page.getByRole('dialog').getByLabel('Vai trò').selectOption({ label: 'Cộng tác viên thôn' });
  await page.getByRole('checkbox', { name: 'Cả xã' }).check();
  await page.getByRole('button', { name: 'Tạo giấy mời' }).click();
}

async function openNewPerson({ page }: Walk): Promise<void> {
  await page.getByRole('button', { name: 'Xong' }).click();
  await page.getByRole('link', { name: /^Tòng Văn Ún/u }).click();
}

async function openOwnPage({ page, person }: Walk): Promise<void> {
  await page.getByRole('link', { name: new RegExp(`^${person}`, 'u') }).click();
}

async function openSmallChild({ page }: Walk): Promise<void> {
  await page
    .locator('.register-list .child-line', { hasText: /· (?:[1-4] tuổi|\d+ tháng tuổi)/u })
    .first()
    .click();
  await page.getByRole('tab', { name: 'Sức khỏe' }).click();
}

async function openVaccine({ page }: Walk): Promise<void> {
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: /^Ghi mũi/u })
    .first()
    .click();
}

async function writeNote({ page }: Walk): Promise<void> {
  await page.getByRole('textbox', { name: 'Ghi chép hôm nay' }).fill('Đã gặp bà ngoại, cháu ăn ngủ tốt hơn.');
}

async function beginEmergency(walk: Walk): Promise<void> {
  await follow('.register-list a')(walk);
  await walk.page.getByRole('button', { name: 'Mở khẩn cấp' }).click();
}
