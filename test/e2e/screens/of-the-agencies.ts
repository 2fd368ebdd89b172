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
];

/** The police officer's screens: the shared case, with a note. */
export const POLICE: readonly Screen[] = [
  { name: 's03-today-police', path: '/hom-nay', shows: first('.today .card') },
  { name: 's11-cases-police', path: '/ho-so', shows: first('.work-card') },
  { name: 's11-timeline-police', open: follow('.work-card'), shows: first('.timeline li') },
  { name: 's11-note', open: writeNote, shows: first('.save-state') },
];

/** The chair's screens: what waits for a decision. */
export const CHAIR: readonly Screen[] = [
  { name: 's03-today-chair', open: press('Bắt đầu làm việc'), shows: first('.today .card') },
  { name: 's11-cases-chair', path: '/ho-so', shows: first('.work-card') },
];

/** Who has no screen of their own in this build yet. */
export const ADMINISTRATOR: readonly Screen[] = [
  { name: 's03-today-administrator', path: '/hom-nay', shows: first('.today') },
];

async function openSmallChild({ page }: Walk): Promise<void> {
  await page
    .locator('.register-list .child-line', { hasText: /· [1-4] tuổi/u })
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
