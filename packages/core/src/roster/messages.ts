import type { LikenessReason } from '../derive/duplicates.ts';
import type { SkipReason } from './body.ts';
import type { RosterErrorCode } from './errors.ts';
import type { ProblemCode } from './problems.ts';

/** The languages a roster is talked about in. */
export type RosterLanguage = 'vi' | 'en';

/** One sentence in both; `{name}` is filled from the parameters. */
export type Sentence = Readonly<Record<RosterLanguage, string>>;

/** What holds for the whole sheet rather than for one row. */
export type RosterNoteCode =
  | 'noIdColumn'
  | 'noSexColumn'
  | 'noVillageColumn'
  | 'noMotherColumn'
  | 'villageFromTitle'
  | 'dayMonthDoubt'
  | 'legacyFont'
  | 'otherSheets';

/** The sentence of every kind of trouble. */
export const PROBLEM_SENTENCES: Readonly<Record<ProblemCode, Sentence>> = {
  noName: { vi: 'Không có họ tên trẻ.', en: 'The child’s name is missing.' },
  noBirth: { vi: 'Không có ngày sinh.', en: 'The birth date is missing.' },
  badDate: { vi: 'Không đọc được ngày sinh “{text}”.', en: 'The birth date “{text}” cannot be read.' },
  impossibleDate: {
    vi: 'Ngày sinh “{text}” không có trên lịch.',
    en: 'The birth date “{text}” is not in the calendar.',
  },
  future: { vi: 'Ngày sinh {date} ở tương lai.', en: 'The birth date {date} is in the future.' },
  over16: {
    vi: 'Sinh {date}: đã đủ 16 tuổi từ năm trước, không còn là trẻ em.',
    en: 'Born {date}: reached 16 before this year, no longer a child.',
  },
  idShort: { vi: 'Số định danh thiếu chữ số (phải đủ 12).', en: 'The personal number has too few digits (12 needed).' },
  idLong: {
    vi: 'Số định danh thừa chữ số (phải đúng 12).',
    en: 'The personal number has too many digits (12 needed).',
  },
  idBadChars: {
    vi: 'Số định danh có ký tự không phải chữ số.',
    en: 'The personal number holds characters that are no digits.',
  },
  idScientific: {
    vi: 'Số định danh bị bảng tính rút gọn (dạng 4,6E+10), đã mất chữ số; hãy nhập lại từ giấy tờ.',
    en: 'The spreadsheet shortened the personal number (like 4.6E+10) and digits are lost; type it again from the papers.',
  },
  turned16: { vi: 'Sinh {date}: đã đủ 16 tuổi trong năm nay.', en: 'Born {date}: turned 16 this year.' },
  yearOnly: {
    vi: 'Chỉ có năm sinh {year}; ghi là ước lượng.',
    en: 'Only the birth year {year} is given; kept as estimated.',
  },
  monthOnly: {
    vi: 'Chỉ có tháng, năm sinh “{text}”; ghi là ước lượng.',
    en: 'Only month and year “{text}” are given; kept as estimated.',
  },
  monthFirst: {
    vi: '“{text}” ghi tháng trước ngày; đã đổi lại thành ngày/tháng.',
    en: '“{text}” has the month first; read as day/month.',
  },
  dayMonthDoubt: {
    vi: 'Ngày {date}: bảng tính có thể đã đảo ngày và tháng, hãy đối chiếu giấy tờ.',
    en: '{date}: the spreadsheet may have swapped day and month; check the papers.',
  },
  ageDoubt: {
    vi: 'Năm sinh {date}: có thể đã đủ 16 tuổi, cần ngày sinh đầy đủ.',
    en: 'Born {date}: may be 16 already; the full date is needed.',
  },
  twoDigitYear: {
    vi: 'Năm sinh ghi hai chữ số “{text}”; hiểu là {year}.',
    en: 'The year in “{text}” has two digits; read as {year}.',
  },
  birthTwice: {
    vi: 'Có hai ngày sinh ở cột nam và nữ; chỉ lấy một.',
    en: 'Both the boys’ and the girls’ column hold a birth; one is taken.',
  },
  idLetterO: {
    vi: 'Số định danh có chữ cái (O, l) thay cho chữ số; đã đổi thành chữ số.',
    en: 'The personal number had letters (O, l) for digits; read as digits.',
  },
  idWrongSex: {
    vi: 'Chữ số thứ tư của số định danh không khớp giới tính.',
    en: 'The fourth digit of the personal number does not fit the sex.',
  },
  idYearMismatch: {
    vi: 'Số định danh cho biết năm sinh {year}, khác ngày sinh.',
    en: 'The personal number says birth year {year}, unlike the birth date.',
  },
  idUnknownProvince: {
    vi: 'Ba số đầu {code} của số định danh không có trong bảng mã tỉnh (sinh ở nước ngoài?).',
    en: 'The first digits {code} are no known province (born abroad?).',
  },
  noId: { vi: 'Chưa có số định danh.', en: 'There is no personal number yet.' },
  noSex: { vi: 'Không có giới tính.', en: 'The sex is missing.' },
  unknownSex: { vi: 'Không hiểu giới tính “{text}”.', en: 'The sex “{text}” is not understood.' },
  sexBothMarked: { vi: 'Đánh dấu cả cột Nam và cột Nữ.', en: 'Both the male and the female column are marked.' },
  nameOdd: {
    vi: 'Họ tên có chữ số hoặc ký tự lạ; giữ nguyên như đã ghi.',
    en: 'The name holds digits or odd characters; kept as typed.',
  },
  nameAside: {
    vi: 'Họ tên có phần ghi thêm “{text}”; đã chuyển vào ghi chú.',
    en: 'Something stands beside the name: “{text}”; moved to the notes.',
  },
  legacyFont: {
    vi: 'Họ tên gõ bằng phông chữ cũ; đọc là “{name}”, hãy xem lại.',
    en: 'The name was typed in an old font; read as “{name}”, please check.',
  },
  noVillage: { vi: 'Không có thôn/bản.', en: 'The village is missing.' },
  unknownVillage: {
    vi: 'Thôn “{text}” chưa có trong danh mục của xã; đề nghị thêm hoặc chọn lại.',
    en: 'The village “{text}” is not in the commune’s table; add it or choose another.',
  },
  formula: {
    vi: 'Ô “{column}” có công thức; chỉ giữ chữ hoặc giá trị tính lần cuối, không chạy.',
    en: 'The cell “{column}” holds a formula; its text or last value is kept, it is never run.',
  },
  html: {
    vi: 'Ô “{column}” có mã HTML; giữ làm chữ thường, không chạy.',
    en: 'The cell “{column}” holds HTML; kept as plain text, never run.',
  },
  long: { vi: 'Ô rất dài ({chars} ký tự).', en: 'A very long cell ({chars} characters).' },
  cellError: {
    vi: 'Ô “{column}” báo lỗi bảng tính; coi như trống.',
    en: 'The cell “{column}” shows a spreadsheet error; taken as empty.',
  },
  textDate: { vi: 'Ngày sinh gõ dạng chữ; hiểu là {date}.', en: 'The birth date is typed as text; read as {date}.' },
  serialDate: {
    vi: 'Ngày sinh là số của bảng tính; hiểu là ngày.',
    en: 'The birth date is a spreadsheet number; read as a date.',
  },
  idAsNumber: {
    vi: 'Số định danh lưu dạng số, mất số 0 đầu; đã khôi phục.',
    en: 'The personal number was stored as a number and lost its leading zero; restored.',
  },
  sexWord: { vi: 'Giới tính ghi “{text}”; đã hiểu.', en: 'The sex was written “{text}”; understood.' },
  sexFromId: { vi: 'Giới tính lấy từ số định danh.', en: 'The sex is taken from the personal number.' },
  nfd: {
    vi: 'Dấu tiếng Việt gõ dạng tổ hợp; đã chuẩn hóa.',
    en: 'The marks were typed apart from the letters; composed.',
  },
  spaces: { vi: 'Họ tên thừa dấu cách; đã bỏ.', en: 'The name had extra spaces; removed.' },
  upper: {
    vi: 'Họ tên viết hoa toàn bộ; đổi thành “{name}”.',
    en: 'The name was all in capitals; turned into “{name}”.',
  },
  lower: {
    vi: 'Họ tên viết thường toàn bộ; đổi thành “{name}”.',
    en: 'The name was all in small letters; turned into “{name}”.',
  },
  oneWord: { vi: 'Họ tên chỉ có một từ; giữ nguyên như đã ghi.', en: 'The name is one word; kept as typed.' },
  nameTitle: {
    vi: 'Đã bỏ “{text}” trước họ tên.',
    en: '“{text}” before the name was left out.',
  },
  villageTypo: {
    vi: 'Thôn ghi “{text}”; hiểu là “{name}”.',
    en: 'The village was written “{text}”; read as “{name}”.',
  },
  villageOldName: { vi: '“{text}” là tên cũ của “{name}”.', en: '“{text}” is the old name of “{name}”.' },
  villageCarried: {
    vi: 'Ô thôn để trống; lấy “{name}” ở dòng trên.',
    en: 'The village cell is empty; “{name}” is taken from above.',
  },
};

/** The sentence of every reason why two children may be one. */
export const REASON_SENTENCES: Readonly<Record<LikenessReason, Sentence>> = {
  sameId: { vi: 'trùng số định danh', en: 'same personal number' },
  oneDigitOff: { vi: 'số định danh lệch một chữ số', en: 'personal numbers one digit apart' },
  otherId: { vi: 'số định danh khác nhau', en: 'different personal numbers' },
  sameName: { vi: 'trùng họ tên', en: 'same name' },
  sameNameOtherMarks: { vi: 'họ tên chỉ khác dấu', en: 'names differ in marks only' },
  nameReordered: { vi: 'họ tên đảo thứ tự', en: 'name in another order' },
  nameSlip: { vi: 'họ tên lệch một chữ', en: 'names one letter apart' },
  nameDiffers: { vi: 'họ tên khác nhau', en: 'different names' },
  sameBirth: { vi: 'trùng ngày sinh', en: 'same birth date' },
  dayMonthSwapped: { vi: 'ngày và tháng sinh đảo nhau', en: 'day and month swapped' },
  dayApart: { vi: 'ngày sinh lệch một ngày', en: 'births one day apart' },
  birthCoarser: { vi: 'một bên chỉ có năm sinh', en: 'one of the two has only the year' },
  yearApart: { vi: 'năm sinh lệch một năm', en: 'births one year apart' },
  birthDiffers: { vi: 'ngày sinh khác nhau', en: 'different births' },
  sameMother: { vi: 'cùng mẹ', en: 'same mother' },
  motherSimilar: { vi: 'tên mẹ gần giống', en: 'mother’s name nearly the same' },
  motherDiffers: { vi: 'tên mẹ khác nhau', en: 'different mothers' },
  sameFather: { vi: 'cùng cha', en: 'same father' },
  sexDiffers: { vi: 'giới tính ghi khác nhau', en: 'different sexes' },
  sameVillage: { vi: 'cùng thôn', en: 'same village' },
  movedVillage: { vi: 'khác thôn (có thể đã chuyển)', en: 'another village (may have moved)' },
};

/** The sentence of every reason why a row is nobody's. */
export const SKIP_SENTENCES: Readonly<Record<SkipReason, Sentence>> = {
  title: { vi: 'Dòng tiêu đề', en: 'Title row' },
  header: { vi: 'Dòng tên cột', en: 'Header row' },
  repeatedHeader: { vi: 'Dòng tên cột lặp lại', en: 'Repeated header row' },
  columnNumbers: { vi: 'Dòng đánh số cột', en: 'Row of column numbers' },
  village: { vi: 'Dòng tên thôn', en: 'Village row' },
  subtitle: { vi: 'Dòng tiêu đề phụ', en: 'Subtitle row' },
  total: { vi: 'Dòng tổng cộng', en: 'Totals row' },
  signature: { vi: 'Phần ký tên', en: 'Signatures' },
  continuation: { vi: 'Dòng tiếp của trẻ ở trên', en: 'Further line of the child above' },
};

/** The sentence of every refusal of a whole file. */
export const ERROR_SENTENCES: Readonly<Record<RosterErrorCode, Sentence>> = {
  empty: { vi: 'Tệp trống.', en: 'The file is empty.' },
  tooLarge: {
    vi: 'Tệp quá lớn (trên 20 MB hoặc 50.000 dòng). Hãy chia thành nhiều tệp, mỗi thôn một tệp.',
    en: 'The file is too large (over 20 MB or 50,000 rows). Split it, a file a village.',
  },
  encrypted: {
    vi: 'Tệp có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu rồi lưu lại.',
    en: 'The file has a password. Open it in Excel, remove it and save again.',
  },
  oldExcel: {
    vi: 'Đây là tệp Excel kiểu cũ (.xls). Hãy mở bằng Excel rồi lưu thành .xlsx.',
    en: 'This is an old Excel file (.xls). Open it in Excel and save it as .xlsx.',
  },
  notASheet: {
    vi: 'Đây không phải bảng tính .xlsx, .xlsm hay .csv. Hãy mở bằng Excel rồi lưu thành .xlsx.',
    en: 'This is no .xlsx, .xlsm or .csv spreadsheet. Open it in Excel and save it as .xlsx.',
  },
  webPage: {
    vi: 'Đây là trang web (HTML) mang tên bảng tính. Hãy mở bằng Excel rồi lưu thành .xlsx.',
    en: 'This is a web page (HTML) named like a spreadsheet. Open it in Excel and save it as .xlsx.',
  },
  plainText: {
    vi: 'Đây là tệp văn bản (CSV) mang tên khác. Hãy đổi đuôi tệp thành .csv, hoặc mở bằng Excel rồi lưu thành .xlsx.',
    en: 'This is a text file (CSV) under another name. Rename it to .csv, or open it in Excel and save it as .xlsx.',
  },
  notUnicode: {
    vi: 'Chữ trong tệp không phải Unicode (UTF-8). Hãy mở bằng Excel rồi lưu thành “CSV UTF-8” hoặc .xlsx.',
    en: 'The text of the file is not Unicode (UTF-8). Open it in Excel and save it as “CSV UTF-8” or .xlsx.',
  },
  damaged: {
    vi: 'Tệp bị hỏng hoặc chưa tải xong, không đọc được. Hãy lấy lại tệp gốc, hoặc mở bằng Excel rồi lưu lại.',
    en: 'The file is damaged or not wholly downloaded. Fetch it again, or open it in Excel and save it again.',
  },
  zipBomb: {
    vi: 'Tệp giải nén ra quá lớn nên không được mở. Hãy xóa các dòng trống có định dạng ở cuối bảng rồi lưu lại.',
    en: 'The file would unpack to far too much; it was not opened. Delete the empty formatted rows at its end and save it again.',
  },
  noRows: { vi: 'Không có dòng trẻ nào dưới tên cột.', en: 'There is no child below the header.' },
  noHeader: {
    vi: 'Không tìm thấy dòng tên cột (họ tên, ngày sinh, …).',
    en: 'No header row was found (name, birth date, …).',
  },
  noSuchSheet: { vi: 'Không có trang tính tên này.', en: 'There is no sheet of that name.' },
};

/** The sentence of every remark on the whole sheet. */
export const NOTE_SENTENCES: Readonly<Record<RosterNoteCode, Sentence>> = {
  noIdColumn: { vi: 'Không có cột số định danh.', en: 'There is no column of personal numbers.' },
  noSexColumn: { vi: 'Không có cột giới tính.', en: 'There is no column of the sex.' },
  noVillageColumn: {
    vi: 'Không có cột thôn và không có dòng tên thôn.',
    en: 'There is neither a village column nor village rows.',
  },
  noMotherColumn: {
    vi: 'Không có cột họ tên mẹ; dò trùng kém chắc chắn hơn.',
    en: 'There is no column of mothers; duplicates are found less surely.',
  },
  villageFromTitle: {
    vi: 'Thôn “{name}” lấy từ tiêu đề hoặc tên trang tính.',
    en: 'The village “{name}” is taken from the title or the sheet’s name.',
  },
  dayMonthDoubt: {
    vi: 'Bảng tính có thể đã đảo ngày và tháng ở các ô ngày.',
    en: 'The spreadsheet may have swapped day and month in its date cells.',
  },
  legacyFont: {
    vi: 'Bảng gõ bằng phông chữ cũ ({name}); đã chuyển sang Unicode.',
    en: 'The sheet was typed in an old font ({name}); turned into Unicode.',
  },
  otherSheets: { vi: 'Tệp còn trang tính khác có danh sách: {name}.', en: 'Other sheets hold lists too: {name}.' },
};

/** Returns the sentence in that language with its parameters filled in; a missing one shows as a dash. */
export function say(
  sentence: Sentence,
  language: RosterLanguage,
  params: Readonly<Record<string, string>> = {},
): string {
  return sentence[language].replace(/\{(\w+)\}/gu, (_, name: string) => params[name] ?? '–');
}
