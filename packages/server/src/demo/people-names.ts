/** How one people of the demo commune names its own. Words are separated by spaces, names of several words by underscores. */
export interface NamingCustom {
  readonly ethnicity: string;
  readonly share: number;
  readonly families: readonly string[];
  readonly middleMale: readonly string[];
  readonly middleFemale: readonly string[];
  readonly male: readonly string[];
  readonly female: readonly string[];
  /** Order of the parts: family first (Giàng A Páo), family last (Y Thiên Niê), or no family name at all (A Biu). */
  readonly order: 'familyFirst' | 'familyLast' | 'givenOnly';
  /** Whether a child takes the family name of its mother. */
  readonly isMaternal: boolean;
}

function words(text: string): readonly string[] {
  return text.split(' ').map((word) => word.replaceAll('_', ' '));
}

const KINH: NamingCustom = {
  ethnicity: 'Kinh',
  share: 46,
  families: words(
    'Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Đinh Trịnh Mai Tô Lưu',
  ),
  middleMale: words('Văn Văn Đức Minh Hữu Quang Tuấn Gia Bảo Thành Công Xuân Đình Trọng Quốc Hoàng Anh Nhật'),
  middleFemale: words('Thị Thị Thị Thu Ngọc Thanh Khánh Phương Bảo Mỹ Hồng Kim Diệu Mai Thùy Minh Hà Quỳnh'),
  male: words(
    'An Anh Bình Bảo Cường Dũng Duy Đạt Đức Hải Hiếu Hoàng Hùng Huy Khang Khoa Khôi Kiên Lâm Long Minh Nam Nghĩa Nguyên Nhật Phát Phong Phúc Quân Quang Sơn Tài Tâm Thắng Thịnh Tiến Toàn Trí Trung Tú Tuấn Tùng Việt Vinh',
  ),
  female: words(
    'An Anh Ánh Châu Chi Diễm Dung Duyên Giang Hà Hân Hằng Hạnh Hiền Hoa Hương Hường Huyền Khánh Lan Linh Loan Mai My Nga Ngân Ngọc Nguyệt Nhi Nhung Như Oanh Phương Quỳnh Thảo Thơm Thu Thư Thủy Thúy Tiên Trà Trâm Trang Trinh Uyên Vân Vy Yến',
  ),
  order: 'familyFirst',
  isMaternal: false,
};

const MONG: NamingCustom = {
  ethnicity: 'Mông',
  share: 14,
  families: words('Giàng Vàng Sùng Thào Mùa Lầu Hờ Cứ Lý Vừ Tráng Hạng'),
  middleMale: words('A A A Bá Seo'),
  middleFemale: words('Thị Thị Thị Seo'),
  male: words('Páo Tủa Chứ Dơ Sử Phừ Lềnh Dế Súa Pó Chống Vừ Dình Sính Chá Lử Nủ Của Pùa Thề'),
  female: words('Mỷ Dở Sua Chở Pa Dợ Mai Dua Xía Cở Sông Máy Chía Ly Pàng Dí'),
  order: 'familyFirst',
  isMaternal: false,
};

const THAI: NamingCustom = {
  ethnicity: 'Thái',
  share: 12,
  families: words('Lò Lò Quàng Cà Lường Vì Tòng Hoàng Điêu Lù Cầm Bạc Hà'),
  middleMale: words('Văn Văn Văn Minh Quang'),
  middleFemale: words('Thị Thị Thị Thu Thanh'),
  male: words('Inh Hặc Panh Ún Phương Thoản Pâng Biên Hịa Chung Thuận Hưng Ơn Dũng Khuyên Tưởng'),
  female: words('Inh Hặc Pánh Ín Phương Thoan Pâng Biên Xuyến Lả Ún Hương Ngoan Tươi Hoan Muôn'),
  order: 'familyFirst',
  isMaternal: false,
};

const TAY: NamingCustom = {
  ethnicity: 'Tày',
  share: 7,
  families: words('Nông Nông Hoàng Lý Đàm Bế Ma Triệu La Hứa'),
  middleMale: words('Văn Đức Quốc Trung'),
  middleFemale: words('Thị Thị Thu Bích'),
  male: words('Huân Khoa Quyết Thiệu Tuyên Vũ Chiến Đoàn Nghiệp Luận'),
  female: words('Nga Diệp Hồng Vui Bích Huế Lượng Thắm Nguyên Dịu'),
  order: 'familyFirst',
  isMaternal: false,
};

const DAO: NamingCustom = {
  ethnicity: 'Dao',
  share: 6,
  families: words('Bàn Triệu Đặng Phùng Chảo Tẩn Lò Dương'),
  middleMale: words('Văn Láo A Phù Tài Kim'),
  middleFemale: words('Thị Thị Mùi Tả Lở'),
  male: words('Sử Tả Lở San Phúc Vạng Chiêu Quyên Hiện Dùn'),
  female: words('Mùi Mẩy Mán Lai Pham Liều Chiêu Khé Nhậy Coi'),
  order: 'familyFirst',
  isMaternal: false,
};

const EDE: NamingCustom = {
  ethnicity: 'Ê Đê',
  share: 4,
  families: words('Niê Mlô Êban Ayŭn Kbuôr Byă Êñuôl Buôn_Yă Adrơng Hmok Niê_Kdăm Kđoh'),
  middleMale: words('Y'),
  middleFemale: words('H’'),
  male: words('Thiên Wăn Blơm Khoa Bhim Nguyên Sơn Tuân Djuang Sinh'),
  female: words('Mai Bia Ngân Wôn Hên Lan Juel Nga Rêm Siêm'),
  order: 'familyLast',
  isMaternal: true,
};

const GIA_RAI: NamingCustom = {
  ethnicity: 'Gia Rai',
  share: 3,
  families: words('Siu Ksor Kpă Nay Rmah Rơ_Châm Rah_Lan Rơ_Mah'),
  middleMale: words('Y'),
  middleFemale: words('H’'),
  male: words('Phin Sinh Thuin Bơn Gôk Hiêu Rin Ơn'),
  female: words('Lan Bê Trang Nhơn Uyên Blin Ngơi Phương'),
  order: 'familyFirst',
  isMaternal: true,
};

const BA_NA: NamingCustom = {
  ethnicity: 'Ba Na',
  share: 3,
  families: words('Đinh'),
  middleMale: words('A'),
  middleFemale: words('Y'),
  male: words('Biu Ngưi Thiu Lưnh Hyưh Byưk Khưr Nhâm'),
  female: words('Blưk Nhưm Hyim Phương Thút Ngơi Lêu Bưm'),
  order: 'givenOnly',
  isMaternal: false,
};

const KHO: NamingCustom = {
  ethnicity: 'K’Ho',
  share: 2,
  families: words('Cil Kơ_Să Rơ_Ông Lơ_Mu Păng_Ting Ha_Krang'),
  middleMale: words('K’'),
  middleFemale: words('Ka'),
  male: words('Brới Tim Sơn Brel Thuận Mbrơ Hiệp Bril'),
  female: words('Điệp Thủy Rin Nhiêm Hương Sáu Dâu Hiền'),
  order: 'familyLast',
  isMaternal: true,
};

const KHMER: NamingCustom = {
  ethnicity: 'Khmer',
  share: 3,
  families: words('Thạch Kim Sơn Danh Kiên Lâm Châu Tăng'),
  middleMale: words('Sa Sô Minh Sóc Chan'),
  middleFemale: words('Thị Thị_Sa Thị_Sóc Sa'),
  male: words('Rây Phi Kha Thắng Đa Mít Vuông Rinh'),
  female: words('Rây Thia Phép Mai Sa Rương Linh Phol'),
  order: 'familyFirst',
  isMaternal: false,
};

/** The peoples of the demo commune; shares add up to 100. */
export const NAMING_CUSTOMS: readonly NamingCustom[] = [KINH, MONG, THAI, TAY, DAO, EDE, GIA_RAI, BA_NA, KHO, KHMER];
