/**
 * Days off of public offices in 2026 and 2027, shipped as a starting table and edited in the directory. Labour Code 45/2019/QH14 Art. 112: New Year
 * (1 day), Lunar New Year (5 days), Hùng Kings 10/3 lunar (1 day), 30 April and 1 May, National Day (2/9 and one day beside it); a
 * holiday on a weekend is made up on the next working day (Art. 111(3)).
 * Lunar dates: 1/1 Bính Ngọ = 2026-02-17, 1/1 Đinh Mùi = 2027-02-06; 10/3 Bính Ngọ = 2026-04-26, 10/3 Đinh Mùi = 2027-04-16.
 * 24/11 (Ngày Văn hóa Việt Nam) may have become a day off [verify]: add it in the directory. Which five days Tết takes and which Saturdays are worked is announced each year: [verify] marks what no announcement was at hand for.
 */
export const SHIPPED_HOLIDAYS = [
  // 2026
  { on: '2026-01-01', type: 'off', name: 'Tết Dương lịch' },
  { on: '2026-01-02', type: 'off', name: 'Nghỉ hoán đổi Tết Dương lịch [verify]' },
  { on: '2026-01-10', type: 'worked', name: 'Làm bù ngày 02/01/2026 [verify]' },
  { on: '2026-02-16', type: 'off', name: 'Tết Bính Ngọ (29 tháng Chạp)' },
  { on: '2026-02-17', type: 'off', name: 'Tết Bính Ngọ (mùng 1)' },
  { on: '2026-02-18', type: 'off', name: 'Tết Bính Ngọ (mùng 2)' },
  { on: '2026-02-19', type: 'off', name: 'Tết Bính Ngọ (mùng 3)' },
  { on: '2026-02-20', type: 'off', name: 'Tết Bính Ngọ (mùng 4)' },
  { on: '2026-04-26', type: 'off', name: 'Giỗ Tổ Hùng Vương (10/3 âm lịch)' },
  { on: '2026-04-27', type: 'off', name: 'Nghỉ bù Giỗ Tổ Hùng Vương' },
  { on: '2026-04-30', type: 'off', name: 'Ngày Chiến thắng' },
  { on: '2026-05-01', type: 'off', name: 'Ngày Quốc tế Lao động' },
  { on: '2026-08-22', type: 'worked', name: 'Làm bù ngày 31/8/2026 [verify]' },
  { on: '2026-08-31', type: 'off', name: 'Nghỉ hoán đổi Quốc khánh [verify]' },
  { on: '2026-09-01', type: 'off', name: 'Quốc khánh (ngày liền kề)' },
  { on: '2026-09-02', type: 'off', name: 'Quốc khánh' },
  // 2027: nothing but the law's own days; the ministry announces the rest late in 2026 [verify]
  { on: '2027-01-01', type: 'off', name: 'Tết Dương lịch' },
  { on: '2027-02-05', type: 'off', name: 'Tết Đinh Mùi (29 tháng Chạp) [verify]' },
  { on: '2027-02-06', type: 'off', name: 'Tết Đinh Mùi (mùng 1)' },
  { on: '2027-02-07', type: 'off', name: 'Tết Đinh Mùi (mùng 2)' },
  { on: '2027-02-08', type: 'off', name: 'Tết Đinh Mùi (mùng 3)' },
  { on: '2027-02-09', type: 'off', name: 'Tết Đinh Mùi (mùng 4)' },
  { on: '2027-02-10', type: 'off', name: 'Nghỉ bù Tết Đinh Mùi [verify]' },
  { on: '2027-02-11', type: 'off', name: 'Nghỉ bù Tết Đinh Mùi [verify]' },
  { on: '2027-04-16', type: 'off', name: 'Giỗ Tổ Hùng Vương (10/3 âm lịch)' },
  { on: '2027-04-30', type: 'off', name: 'Ngày Chiến thắng' },
  { on: '2027-05-01', type: 'off', name: 'Ngày Quốc tế Lao động' },
  { on: '2027-05-03', type: 'off', name: 'Nghỉ bù Ngày Quốc tế Lao động' },
  { on: '2027-09-02', type: 'off', name: 'Quốc khánh' },
  { on: '2027-09-03', type: 'off', name: 'Quốc khánh (ngày liền kề) [verify]' },
] as const;
