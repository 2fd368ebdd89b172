import { fold } from '../model/names.ts';

/**
 * Common given names, for one question only: when two names differ by a letter, are these two names (twins), or a name and
 * a slip of the pen? Kept as text so that it is easily read and added to.
 */
const COMMON =
  'An Anh Ánh Ân Bách Bảo Bắc Bích Biên Bình Bính Cảnh Cầm Châu Chi Chiến Chinh Chính Chung Chứ Công Cúc Cường Danh Dao Diễm Diệp Diệu ' +
  'Dinh Doanh Dũng Dung Duy Duyên Dư Dương Dở Đan Đạo Đạt Đăng Điệp Điền Định Đoan Đoàn Đô Đông Đồng Đức Gấm Giang Giáp Hà Hạ Hải Hân ' +
  'Hạnh Hào Hảo Hằng Hậu Hiên Hiền Hiển Hiếu Hiệp Hoa Hòa Hoài Hoan Hoàn Hoàng Hồng Hợp Huấn Huân Huệ Hùng Huy Huyên Huyền Hưng Hương ' +
  'Hường Khai Khải Khang Khanh Khánh Khiêm Khoa Khoát Khôi Khuê Kiên Kiệt Kiều Kim Kỳ Lai Lam Lâm Lan Lân Lành Lập Lê Lệ Liên Liễu Liêm ' +
  'Linh Loan Lộc Long Lợi Luân Luật Lương Lưu Ly Lý Mai Mạnh Mây Mẫn Mến Minh Mơ Muôn Mùi My Mỹ Mỷ Na Nam Năm Nga Ngà Ngân Nghĩa Nghị Ngọc ' +
  'Nguyên Nguyện Nguyệt Nhã Nhân Nhàn Nhất Nhật Nhi Nhiên Nhung Như Ninh Nương Oanh Páo Pao Phát Phi Phong Phú Phúc Phục Phước Phương ' +
  'Phượng Quân Quang Quảng Quế Quốc Quý Quyên Quyền Quyết Quỳnh Sáng Sang Sinh Sơn Sử Sửu Tài Tâm Tân Tấn Thái Thanh Thành Thảo Thạch Thắm ' +
  'Thắng Thêm Thi Thiên Thiện Thịnh Thọ Thoa Thơ Thơm Thu Thuận Thục Thùy Thúy Thủy Thư Thương Thy Tiên Tiến Tiệp Tín Tình Toàn Toản Trà Trâm ' +
  'Trang Trí Triết Triều Trinh Trọng Trúc Trung Trường Tú Tuấn Tuệ Tùng Tủa Tươi Tường Tuyên Tuyền Tuyết Uyên Út Văn Vân Vi Viên Việt Vinh ' +
  'Vĩnh Vũ Vui Vương Vượng Vy Xuân Xuyến Ý Yên Yến ' +
  'Inh Hặc Panh Pánh Ún Ín Thoản Pâng Hịa Thuận Ơn Khuyên Tưởng Thoan Lả Ngoan Dơ Phừ Lềnh Dế Súa Pó Chống Vừ Dình Sính Chá Lử Nủ Của Pùa ' +
  'Thề Sua Chở Pa Dợ Dua Xía Cở Sông Máy Chía Pàng Dí Mẩy Pham Chòi Lưu Biu Thiu Ngưi Lưnh Nhâm Hyưh Blưk Hyim Thút Lêu Bưm Ngơi Mlô Niê';

const FOLDED: ReadonlySet<string> = new Set(COMMON.split(' ').map(fold));

/** Says whether a folded word is a common given name. */
export function isCommonGivenName(folded: string): boolean {
  return FOLDED.has(folded);
}
