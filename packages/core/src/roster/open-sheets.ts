import { strFromU8 } from 'fflate';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { readCsv } from './csv.ts';
import { rosterError } from './errors.ts';
import type { RosterError, RosterErrorCode } from './errors.ts';
import type { Sheet } from './sheet.ts';
import { readDateStyles, readRelations, readSharedStrings, readWorkbook } from './xlsx-parts.ts';
import { readSheetPart } from './xlsx-sheet.ts';
import type { SheetContext } from './xlsx-sheet.ts';
import { readZip, ZIP_LIMITS } from './zip.ts';
import type { ZipLimits } from './zip.ts';

/** A roster of 6,000 children with every column is about 1 MB; nothing legitimate comes near this. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** The only parts looked at: pictures, charts and pivot caches may be as large as they like. */
const PART =
  /(?:^|\/)(?:_rels\/[^/]*\.rels|workbook[^/]*\.xml|sharedStrings\.xml|styles\.xml|worksheets\/[^/]*\.xml)$/iu;
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ZIP = [0x50, 0x4b, 0x03, 0x04];

/**
 * Returns the sheets of an .xlsx, .xlsm or .csv, told apart by their bytes and never by the name alone [IMP-1].
 * Errors: `empty`, `tooLarge`, `encrypted` (a password), `oldExcel` (.xls), `notASheet`, `damaged`, `zipBomb`.
 */
export function openSheets(
  bytes: Uint8Array,
  fileName: string,
  limits: ZipLimits = ZIP_LIMITS,
): Result<Sheet[], RosterError> {
  if (bytes.length === 0) return err(rosterError('empty'));
  if (bytes.length > MAX_FILE_BYTES) return err(rosterError('tooLarge'));
  if (startsWith(bytes, OLE)) return err(rosterError(compoundFault(bytes)));
  if (startsWith(bytes, ZIP)) return openWorkbook(bytes, limits);
  return openText(bytes, fileName);
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** Stream names of a compound file are UTF-16. */
function holdsName(bytes: Uint8Array, name: string): boolean {
  const wide = [...name].flatMap((char) => [char.charCodeAt(0), 0]);
  for (let at = bytes.indexOf(wide[0] ?? 0); at >= 0; at = bytes.indexOf(wide[0] ?? 0, at + 1)) {
    if (wide.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}

function compoundFault(bytes: Uint8Array): RosterErrorCode {
  if (holdsName(bytes, 'EncryptedPackage')) return 'encrypted';
  return holdsName(bytes, 'WordDocument') ? 'notASheet' : 'oldExcel';
}

const WEB_PAGE = /^\s*(?:<!doctype html|<(?:html|head|body|table|meta|style)\b)/iu;
const OLD_XML = /^\s*<\?xml[^>]*>\s*<\?mso-application progid="Excel/iu;

function openText(bytes: Uint8Array, fileName: string): Result<Sheet[], RosterError> {
  const text = textOf(bytes);
  if (text === null) return err(rosterError('notASheet'));
  if (WEB_PAGE.test(text)) return err(rosterError('webPage'));
  if (OLD_XML.test(text)) return err(rosterError('oldExcel'));
  if (!/\.(?:csv|tsv|txt)$/iu.test(fileName)) {
    const looksLikeTable =
      /^[^\n]*[,;\t][^\n]*[,;\t]/u.test(text) && !text.startsWith('%PDF') && !text.startsWith('{\\rtf');
    return err(rosterError(looksLikeTable ? 'plainText' : 'notASheet'));
  }
  if (text.includes('\ufffd')) return err(rosterError('notUnicode'));
  if (text.trim() === '') return err(rosterError('empty'));
  const sheet = readCsv(text);
  return sheet ? ok([sheet]) : err(rosterError('damaged'));
}

/** Returns text of UTF-8 or, as spreadsheets save it under “Unicode text”, UTF-16; null for anything else. */
function textOf(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (!isWide) return bytes.includes(0) ? null : strFromU8(bytes).replace(/^\ufeff/u, '');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 2; at + 1 < bytes.length; at += 2) parts.push(String.fromCharCode(view.getUint16(at, first === 0xff)));
  return parts.join('');
}

function openWorkbook(bytes: Uint8Array, limits: ZipLimits): Result<Sheet[], RosterError> {
  const parts = readZip(bytes, (name) => PART.test(name), limits);
  if (!parts.ok) return parts;
  const texts = new Map([...parts.value].map(([name, part]) => [name.toLowerCase(), part]));
  const partOf = (name: string) => {
    const part = texts.get(name.toLowerCase());
    return part ? strFromU8(part) : null;
  };
  const root = readRelations(partOf('_rels/.rels') ?? '', '');
  const workbookName =
    [...(root?.values() ?? [])].find((name) => /workbook[^/]*\.xml$/iu.test(name)) ?? 'xl/workbook.xml';
  const workbookXml = partOf(workbookName);
  if (workbookXml === null) return err(rosterError('notASheet'));
  const sheets = readSheets(workbookXml, workbookName, partOf);
  return sheets ? ok(sheets) : err(rosterError('damaged'));
}

function readSheets(
  workbookXml: string,
  workbookName: string,
  partOf: (name: string) => string | null,
): Sheet[] | null {
  const folder = workbookName.slice(0, workbookName.lastIndexOf('/'));
  const file = workbookName.slice(workbookName.lastIndexOf('/') + 1);
  const workbook = readWorkbook(workbookXml);
  const targets = readRelations(partOf(`${folder}/_rels/${file}.rels`) ?? '', folder);
  if (!workbook || !targets) return null;
  const context = readContext(targets, workbook.is1904, partOf);
  if (!context) return null;
  const sheets: Sheet[] = [];
  for (const { name, relation, isHidden } of workbook.sheets) {
    const target = targets.get(relation);
    if (target === undefined || !/worksheets\//iu.test(target)) continue;
    const body = readSheetPart(partOf(target) ?? '', context);
    if (!body) return null;
    sheets.push({ name, isHidden, rows: body.rows, blankRows: body.blankRows, merges: body.merges });
  }
  return sheets;
}

function readContext(
  targets: ReadonlyMap<string, string>,
  is1904: boolean,
  partOf: (name: string) => string | null,
): SheetContext | null {
  const named = (pattern: RegExp) => partOf([...targets.values()].find((name) => pattern.test(name)) ?? '');
  const stringsXml = named(/sharedStrings\.xml$/iu);
  const stylesXml = named(/styles\.xml$/iu);
  const strings = stringsXml === null ? [] : readSharedStrings(stringsXml);
  const dateStyles = stylesXml === null ? [] : readDateStyles(stylesXml);
  return strings && dateStyles ? { strings, dateStyles, is1904 } : null;
}
