import { fold, foldWords, nameKey, tidyText } from '../model/names.ts';
import { VILLAGE_WORDS } from './fields.ts';

const TOTAL =
  /^(?:(?:ấn định )?danh sách (?:này )?(?:gồm )?có|ấn định danh sách|tổng cộng|tổng số|tổng|cộng|tong cong|tong so|total|sum)(?=[\s:.,\d(]|$)/u;
const SIGNATURE = new RegExp(
  '^(?:nguoi (?:lap|tong hop|ra soat|dieu tra|khao sat|kiem tra)|ky |ky ten|tm |kt |ubnd|uy ban|chu tich|pho chu tich|' +
    'truong (?:thon|ban|khu|ap|buon|xom|tram|to)|can bo|cong chuc|cong tac vien|xac nhan|noi nhan|lap bang|thu truong|duyet|' +
    'ngay thang|ngay \\d|.* ngay .*thang .*nam)',
  'u',
);
const MARKED_VILLAGE =
  /^(?:(?:[ivxlc]+|[a-z]|\d{1,2})\s*[.)/:-]\s*)?(?:tổ dân phố|tổ nhân dân|khu dân cư|khu phố|tiểu khu|thôn|bản|buôn|bon|ấp|làng|xóm|khóm|sóc|phum|plei|tdp|kp|khu|tổ)(?=[\s:.]|\d)/iu;
/** Marks before an item of a list. */
const BULLET = /^[*•·+#>–-]+\s*/u;
const BARE_VILLAGE = new RegExp(`^(?:[ivxlc]+ |[a-z] |\\d{1,2} )?(?:${VILLAGE_WORDS.join('|')}) ?\\S`, 'u');
const NUMBERING = /^(?:[ivxlc]+|[a-z]|\d+)[.)]?$/iu;
const NO_VILLAGE = /^(?:lop|truong|khoi|ho|dien|nhom|doi tuong|tre|danh sach|bieu|phu luc|trang|page)\b/u;
const COUNT = /^\(?\d+\s*(?:trẻ|tre|em|cháu|người|hộ)?(?: em)?\)?$/iu;

/** Says whether a text begins a row of sums: `Cộng`, `Tổng số: 45`, `Danh sách này có 45 trẻ`. */
export function isTotalText(text: string): boolean {
  return TOTAL.test(tidyText(text).toLowerCase());
}

/** Says whether a text stands where a list is signed: `Người lập biểu`, `TM. UBND`, `…, ngày 5 tháng 10 năm 2026`. */
export function isSignatureText(text: string): boolean {
  return SIGNATURE.test(`${nameKey(text)} `);
}

/** Says whether a text only numbers what stands beside it: `IV`, `a)`, `12.`. */
export function isNumbering(text: string): boolean {
  return NUMBERING.test(text);
}

/** Says whether a text only counts: `45`, `(45 trẻ)`. */
export function isCount(text: string): boolean {
  return COUNT.test(text);
}

/** Says whether a text alone in its row may be a village whose kind is not said: short, no number, nothing else that lists are divided by. */
export function mayBeVillage(text: string): boolean {
  return !/\d{3}/u.test(text) && text.length <= 40 && !NO_VILLAGE.test(nameKey(text));
}

/** Says whether a text on its own reads as the name of a village: `Bản Nà Pàn`, `II. Thôn 6`, but not `Bàn Văn An`. */
export function looksLikeVillage(text: string): boolean {
  const tidy = tidyText(text).toLowerCase().replace(BULLET, '');
  if (tidy.length > 60) return false;
  return MARKED_VILLAGE.test(tidy) || (tidy === fold(tidy) && BARE_VILLAGE.test(foldWords(tidy).join(' ')));
}

/** Returns the village of a subtitle: without its numbering and without the count behind it. */
export function villageOfSubtitle(text: string): string {
  return tidyText(text)
    .replace(BULLET, '')
    .replace(/^(?:[ivxlc]+|[a-z]|\d{1,2})\s*[.)/:-]\s*/iu, '')
    .replace(/\s*[:(].*$|\s+[-–].*$/u, '')
    .trim();
}

const PHRASE =
  /(?:^|\s)((?:tổ dân phố|khu dân cư|khu phố|tiểu khu|thôn|bản|buôn|ấp|làng|xóm|khóm|sóc|phum)\s+.+?)(?=\s+(?:xã|phường|thị trấn|huyện|tỉnh|năm|tháng|quý|có|dưới|từ)(?:\s|$)|\s*[,;(\-–:.]|$)/iu;

/** Returns the village that a title speaks of, without what follows it, or null: `DANH SÁCH TRẺ EM THÔN ĐÔNG HẠ NĂM 2026`. */
export function villagePhrase(title: string): string | null {
  const phrase = PHRASE.exec(tidyText(title))?.[1];
  return phrase === undefined ? null : tidyText(phrase);
}

/** Says whether a text is the title of a list, which may name its village. */
export function isListTitle(title: string): boolean {
  return /^(?:danh sach|tre em|tre thuoc|thuoc|dia ban)\b/u.test(nameKey(title));
}
