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

const ONSETS = 'b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x';
const RIMES =
  'a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu o oa oac oach ' +
  'oai oan oang oanh oat oay oc oe oen oet oi om on ong op ot u ua uan uang uat uay uc ue uenh ui um un ung uo uoc uoi uom uon uong uop ' +
  'uot uou up ut uu uy uya uych uyen uyet uynh uyt y ych yem yen yet yeu ynh yt';
/** Any syllable that Vietnamese has may be a name: `Rinh` and `Minh` are twins, `Quyn` is a slip of `Quỳnh`. */
const SYLLABLE = new RegExp(`^(?:${ONSETS})?(?:${RIMES.replaceAll(' ', '|')})$`, 'u');

/** Says whether a folded word is a given name: a common one, or any syllable that Vietnamese has. */
export function isGivenName(folded: string): boolean {
  return FOLDED.has(folded) || SYLLABLE.test(folded);
}
