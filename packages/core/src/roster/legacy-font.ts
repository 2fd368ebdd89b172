import { fieldOf } from './fields.ts';
import { textCell } from './sheet.ts';
import type { Cell, Sheet } from './sheet.ts';

/** TCVN3 (fonts named .Vn…): one byte a letter, shown here as the Latin letters that Unicode takes the bytes for. */
const TCVN3_FROM = '¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô­øõö÷ùýúûüþ¡¢§£¤¥¦';
const TCVN3_TO = 'áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ';

/** VNI: the tone or the hat is a letter of its own after the vowel. */
const VNI_PAIRS: Readonly<Record<string, string>> = {
  aù: 'á',
  aø: 'à',
  aû: 'ả',
  aõ: 'ã',
  aï: 'ạ',
  aâ: 'â',
  aá: 'ấ',
  aà: 'ầ',
  aå: 'ẩ',
  aã: 'ẫ',
  aä: 'ậ',
  aê: 'ă',
  aé: 'ắ',
  aè: 'ằ',
  aú: 'ẳ',
  aü: 'ẵ',
  aë: 'ặ',
  eù: 'é',
  eø: 'è',
  eû: 'ẻ',
  eõ: 'ẽ',
  eï: 'ẹ',
  eâ: 'ê',
  eá: 'ế',
  eà: 'ề',
  eå: 'ể',
  eã: 'ễ',
  eä: 'ệ',
  où: 'ó',
  oø: 'ò',
  oû: 'ỏ',
  oõ: 'õ',
  oï: 'ọ',
  oâ: 'ô',
  oá: 'ố',
  oà: 'ồ',
  oå: 'ổ',
  oã: 'ỗ',
  oä: 'ộ',
  ôù: 'ớ',
  ôø: 'ờ',
  ôû: 'ở',
  ôõ: 'ỡ',
  ôï: 'ợ',
  uù: 'ú',
  uø: 'ù',
  uû: 'ủ',
  uõ: 'ũ',
  uï: 'ụ',
  öù: 'ứ',
  öø: 'ừ',
  öû: 'ử',
  öõ: 'ữ',
  öï: 'ự',
  yù: 'ý',
  yø: 'ỳ',
  yû: 'ỷ',
  yõ: 'ỹ',
};
const VNI_SINGLE: Readonly<Record<string, string>> = {
  ô: 'ơ',
  ö: 'ư',
  ñ: 'đ',
  æ: 'ỉ',
  ó: 'ĩ',
  ò: 'ị',
  î: 'ỵ',
  í: 'í',
  ì: 'ì',
};

const TCVN3 = new Map(Array.from(TCVN3_FROM, (from, index) => [from, TCVN3_TO.charAt(index)]));

/** Returns text typed in a TCVN3 font as Unicode. */
function fromTcvn3(text: string): string {
  return [...text.normalize('NFC')].map((char) => TCVN3.get(char) ?? char).join('');
}

/** Returns text typed in a VNI font as Unicode. */
function fromVni(text: string): string {
  const pair = (letters: string) => VNI_PAIRS[letters] ?? null;
  return text.normalize('NFC').replace(/([aeouyôö])([^a-z\s\d])|[ôöñæóòîíì]/giu, (found: string) => {
    const lower = found.toLowerCase();
    const read =
      lower.length === 2
        ? (pair(lower) ??
          (VNI_SINGLE[lower.charAt(0)] ?? lower.charAt(0)) + (VNI_SINGLE[lower.charAt(1)] ?? lower.charAt(1)))
        : (VNI_SINGLE[lower] ?? lower);
    return found.charAt(0) === lower.charAt(0) ? read : read.charAt(0).toUpperCase() + read.slice(1);
  });
}

/** Letters of TCVN3 and of VNI that Unicode's Vietnamese does not have: one of them tells the font. */
const TCVN3_ALONE = /[¸µ¶·¹¨¾»¼½Æ©ÇË®ÐÎÏÑªÖ×ØÜÞßä«åæç¬ëîïñ\u00adøöûüþ¡¢§£¤¥¦]/u;
const VNI_ALONE = /[aeouyôö][ùøûõïâáàåãäêéèúüë]|[æîö]/iu;
const VIETNAMESE = /^[\p{Script=Latin}\s'’.-]+$/u;

/**
 * Returns a name typed in a font from before Unicode as it was meant, or null when it was not: it must hold a letter that only
 * the old font explains, and be wholly Vietnamese afterwards.
 */
export function fromLegacyFont(text: string): string | null {
  const fonts = [
    [VNI_ALONE, fromVni],
    [TCVN3_ALONE, fromTcvn3],
  ] as const;
  for (const [alone, read] of fonts) {
    if (!alone.test(text)) continue;
    const meant = capitalised(read(text));
    if (VIETNAMESE.test(meant) && isVietnamese(meant) && !isVietnamese(text)) return meant;
  }
  return null;
}

/** Says whether every syllable has at most one tone, and marked letters that Vietnamese has, side by side as it writes them. */
function isVietnamese(text: string): boolean {
  return text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{S}\p{P}\p{N}\u00ad]+/u)
    .every((word) => SYLLABLE.test(word.replace(/['’.-]/gu, '')));
}

const SYLLABLE = vietnameseSyllable();

function vietnameseSyllable(): RegExp {
  const marked = (letters: string) =>
    [...letters].flatMap((letter) =>
      ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map((tone) => (letter + tone).normalize('NFC')),
    );
  const vowels = [...new Set(marked('aăâeêioôơuưy'))].join('');
  const plain = 'aeiouy';
  // one run of vowels, at most one of them with a mark besides the pair ươ
  const marks = [...vowels].filter((letter) => !plain.includes(letter)).join('');
  return new RegExp(
    `^[bcdđfghjklmnpqrstvwxz]*(?:[${plain}]*[${marks}]?[${plain}]*|ư[${marks}][${plain}]?)[cghmnpt]*$`,
    'u',
  );
}

/** In the old fonts a capital with a tone was a small letter in a font of capitals. */
function capitalised(text: string): string {
  const words = text.split(' ');
  const hasCapitals = words.filter((word) => /^\p{Lu}/u.test(word)).length * 2 > words.length;
  return hasCapitals ? words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ') : text;
}

/** Returns the sheets read as one of the fonts used before Unicode, when only so a header can be understood; else null. */
export function toUnicodeSheets(sheets: readonly Sheet[]): { font: string; sheets: Sheet[] } | null {
  const fonts = [
    ['TCVN3', fromTcvn3],
    ['VNI', fromVni],
  ] as const;
  const scores = fonts.map(([, read]) => countFields(sheets, read));
  const best = scores.indexOf(Math.max(...scores));
  const [font, read] = fonts[best] ?? fonts[0];
  if ((scores[best] ?? 0) < 3) return null;
  return { font, sheets: sheets.map((sheet) => ({ ...sheet, name: sheet.name, rows: readRowsAs(sheet, read) })) };
}

function countFields(sheets: readonly Sheet[], read: (text: string) => string): number {
  const counts = sheets
    .flatMap(({ rows }) => rows.slice(0, 40))
    .map(({ cells }) => {
      const fields = [...cells.values()].flatMap((cell) =>
        cell.kind === 'text' ? (fieldOf([read(cell.text)]) ?? []) : [],
      );
      return new Set(fields).size;
    });
  return Math.max(0, ...counts);
}

function readRowsAs({ rows }: Sheet, read: (text: string) => string): Sheet['rows'] {
  const reread = (cell: Cell) => (cell.kind === 'text' ? textCell(read(cell.text), cell.isComputed) : cell);
  return rows.map((row) => ({
    ...row,
    cells: new Map([...row.cells].map(([column, cell]) => [column, reread(cell)])),
  }));
}
