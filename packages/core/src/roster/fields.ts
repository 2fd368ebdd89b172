import { foldWords } from '../model/names.ts';

/** What a column of a roster may hold. `parents` is one column for both; `male` and `female` hold a mark, or the birth. */
export type RosterField =
  | 'ordinal'
  | 'name'
  | 'familyName'
  | 'givenName'
  | 'birth'
  | 'birthDay'
  | 'birthMonth'
  | 'birthYear'
  | 'sex'
  | 'male'
  | 'female'
  | 'ethnicity'
  | 'father'
  | 'mother'
  | 'parents'
  | 'guardian'
  | 'head'
  | 'village'
  | 'address'
  | 'personalId'
  | 'school'
  | 'class'
  | 'circumstances'
  | 'notes'
  | 'phone'
  | 'age';

/** Words of places below the commune, folded, longest first: `tổ dân phố`, `khu phố`, `thôn`, `bản`, `buôn`, `ấp` … */
export const VILLAGE_WORDS: readonly string[] = [
  'to dan pho',
  'to nhan dan',
  'khu dan cu',
  'khu pho',
  'khu vuc',
  'tieu khu',
  'thon ban',
  'ban lang',
  'tdp',
  'kdc',
  'thon',
  'ban',
  'buon',
  'bon',
  'ap',
  'lang',
  'xom',
  'khom',
  'soc',
  'phum',
  'plei',
  'ploi',
  'kp',
  'khu',
  'to',
  'doi',
  'dp',
];

const NAME =
  /^(?:ho (?:va )?ten|ho chu dem (?:va )?ten|ho dem (?:va )?ten|ho ten dem va ten|ten|ten day du|ho ten day du|full name|name)(?: (?:theo )?(?:giay )?khai sinh)?$/u;
const FAMILY = /^(?:ho|ho (?:va )?(?:chu |ten )?dem|ho (?:va )?(?:ten )?lot|ho (?:va )?ten (?:dem|lot)|ho chu lot)$/u;
/** A name whose owner is said, whatever is said of him: `Họ và tên trẻ em có hoàn cảnh đặc biệt`. */
const CHILD_NAME =
  /^(?:ho (?:va )?ten|ten)(?: cac)? (?:tre|chau|be|em|con|hoc sinh|doi tuong|nguoi duoc (?:huong|khai sinh))(?: |$)/u;
const CHILD_WORDS = /\b(?:cua )?(?:tre em|tre|em|be|chau|hoc sinh|hs|nguoi duoc khai sinh|con)\b/gu;
const VILLAGE = new RegExp(
  `^(?:ten )?(?:${VILLAGE_WORDS.join('|')})(?: (?:${VILLAGE_WORDS.join('|')}))*(?: so)?$`,
  'u',
);
const ADDRESS = /\b(?:hktt|dktt|dia chi|noi o|cho o|cu tru|thuong tru|tam tru|ho khau|que quan|dia ban)\b/u;
const PERSONAL_ID =
  /\b(?:dinh danh|cccd|can cuoc|cmnd|cmt|s?ddcn|so d danh|so cc|ma so ca nhan|dd ca nhan)\b|^(?:ma so|id|(?:so|ma|ma so) dd|so id)$/u;
const BIRTH = /\b(?:sinh|ntns|n t n s|dob|birth)\b|^(?:ngay thang nam|nam|ngay thang|ns)$/u;
const NOT_BIRTH = /\b(?:noi sinh|hoc sinh|khai sinh|con thu|sinh hoat|so con)\b/u;
const CIRCUMSTANCES =
  /\b(?:hoan canh|hcdb|doi tuong|(?<!dai )dien(?! thoai)|nhom(?! tuoi| mau)|tinh trang(?! hon nhan)|nguy co|chinh sach|dac biet|ho ngheo|can ngheo|loai ho|thuoc ho|khuyet tat|mo coi)\b/u;
const PHONE = /^lien he$|\b(?:sdt|so dt|dien thoai|di dong|phone|so may|zalo)\b/u;
/** `Cán bộ` is nobody's father. */
const FATHER = /\b(?:cha|(?<!can )bo|ba|father)\b/u;
const MOTHER = /\b(?:me|mother)\b/u;
const GUARDIAN = /\b(?:giam ho|bao ho|nguoi dai dien|cham soc|nuoi duong|nguoi nuoi|do dau|phu huynh)\b/u;
const OTHERS_OF_PARENT =
  /\b(?:sinh|nam|nghe|tuoi|sdt|dien thoai|cccd|cmnd|dinh danh|can cuoc|dan toc|trinh do|so|dia chi|tinh trang|que|quan he)\b/u;

/** Numbers of households and people of the village's own: none of the child's. */
const FOREIGN =
  /^(?:so|ma|so so)(?: so)? ho\b|\b(?:truong (?:thon|ban|ap|buon|xom|khu|to)|ong ba|giao vien|nguoi lap)\b/u;
/** `Con ông, bà`. */
const CHILD_OF = /^con (?:cua )?ong(?: va)? ba$/u;

/** A header's words: all of it with parentheses, all without, and its lowest cell alone. */
interface HeaderWords {
  readonly full: string;
  readonly words: string;
  readonly own: string;
}

/** The first that says yes names the column: whose thing it is comes before what it is. */
const RULES: readonly (readonly [RosterField, (header: HeaderWords) => boolean])[] = [
  ['ordinal', ({ words }) => /^(?:stt|tt|s t t|s tt|so tt|so thu tu|thu tu|no|so)$/u.test(words)],
  ['phone', ({ words }) => PHONE.test(words)],
  ['circumstances', ({ words }) => CIRCUMSTANCES.test(words)],
  ['notes', ({ words }) => /\b(?:ghi chu|g chu|chu thich|ghi chep|luu y|notes?|remarks?)\b/u.test(words)],
  ['father', ({ own, words }) => own !== words && isOnly(own, FATHER, MOTHER)],
  ['mother', ({ own, words }) => own !== words && isOnly(own, MOTHER, FATHER)],
  ['guardian', ({ words }) => GUARDIAN.test(words) && !isAboutParent(words)],
  ['parents', ({ full }) => FATHER.test(full) && MOTHER.test(full) && !isAboutParent(full)],
  ['father', ({ words }) => isOnly(words, FATHER, MOTHER)],
  ['mother', ({ words }) => isOnly(words, MOTHER, FATHER)],
  ['head', ({ words }) => /\bchu ho\b/u.test(words) && !isAboutParent(words)],
];

const CHILD_RULES: readonly (readonly [RosterField, (header: HeaderWords) => boolean])[] = [
  ['personalId', ({ words }) => PERSONAL_ID.test(words)],
  ['sex', ({ full }) => /^nam nu$|^(?:gioi tinh|gt|phai) nam nu$/u.test(full)],
  ['male', ({ own, words }) => /^(?:nam|trai)$/u.test(own) || /^(?:gioi tinh|gt|phai) (?:nam|trai)$/u.test(words)],
  ['female', ({ own, words }) => /^(?:nu|gai)$/u.test(own) || /^(?:gioi tinh|gt|phai) (?:nu|gai)$/u.test(words)],
  [
    'sex',
    ({ words }) =>
      /\b(?:gioi tinh|phai|sex|gender)\b|^(?:gioi|gt|g tinh|gtinh|nam nu|nam hay nu|trai gai)$/u.test(words),
  ],
  ['ethnicity', ({ words }) => /\b(?:dan toc|ethnicity)\b|^dt$|^d toc$/u.test(words)],
  ['birthDay', ({ own }) => own === 'ngay'],
  ['birthMonth', ({ own }) => own === 'thang'],
  ['birth', ({ words }) => BIRTH.test(words) && !NOT_BIRTH.test(words)],
  ['age', ({ words }) => /\btuoi\b/u.test(words)],
  ['class', ({ words }) => /^(?:(?:dang|hien) )?(?:hoc )?lop(?: hoc| may| dang hoc)?$|^khoi(?: lop)?$/u.test(words)],
  ['school', ({ words }) => /\b(?:truong|lop|noi hoc|co so giao duc|hoc van|school)\b/u.test(words)],
  [
    'village',
    ({ words, full }) =>
      VILLAGE.test(words) || VILLAGE.test(full.replace(/^(?:dia ban|noi o|dia chi|don vi|thuoc) | cu tru$/gu, '')),
  ],
  ['address', ({ words }) => ADDRESS.test(words)],
  ['familyName', ({ own }) => FAMILY.test(own)],
  ['givenName', ({ own }) => own === 'ten'],
  ['name', ({ words, own }) => NAME.test(words) || NAME.test(own)],
];

/**
 * Returns what a column holds, of its header cells from the top one down, or null when it is none of the known. Written
 * with marks, without, in capitals, abbreviated or decomposed: all the same [IMP-3].
 */
export function fieldOf(header: readonly string[]): RosterField | null {
  const full = header.map((text) => foldWords(text).join(' ')).join(' ');
  const whole = header.map(withoutParentheses).filter(Boolean).join(' ');
  const words = whole.replace(CHILD_WORDS, ' ').replace(/\s+/gu, ' ').trim();
  const own = withoutParentheses(header.at(-1) ?? '');
  if (words === '') return whole === '' ? null : 'name';
  if (CHILD_NAME.test(foldWords(header.at(-1) ?? '').join(' '))) return 'name';
  if (isPhone(header)) return 'phone';
  if (CHILD_OF.test(full)) return 'parents';
  if (FOREIGN.test(words)) return null;
  if (isYear(header)) return header.length > 1 ? 'birthYear' : 'birth';
  const found = RULES.find(([, says]) => says({ full, words, own }));
  if (found) return found[0];
  if (FATHER.test(words) || MOTHER.test(words) || GUARDIAN.test(words) || /\bchu ho\b/u.test(words)) return null;
  return CHILD_RULES.find(([, says]) => says({ full, words, own }))?.[0] ?? null;
}

/** `Năm` (year) and `Nam` (male) fold alike: the breve decides. */
function isYear(header: readonly string[]): boolean {
  return /^năm$/u.test((header.at(-1) ?? '').normalize('NFC').trim().toLowerCase());
}

/** `ĐT` (telephone) and `DT` (people) fold alike: the stroke decides. */
function isPhone(header: readonly string[]): boolean {
  return /^(?:số )?đt$/u.test((header.at(-1) ?? '').normalize('NFC').trim().toLowerCase());
}

function isOnly(words: string, mine: RegExp, other: RegExp): boolean {
  return mine.test(words) && !other.test(words) && !isAboutParent(words);
}

/** Whether a parent's column holds something else of the parent than the name. */
function isAboutParent(words: string): boolean {
  return OTHERS_OF_PARENT.test(words);
}

function withoutParentheses(text: string): string {
  return foldWords(text.replace(/\([^)]*\)/gu, ' ')).join(' ') || foldWords(text).join(' ');
}
