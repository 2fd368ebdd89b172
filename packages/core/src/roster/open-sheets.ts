import { strFromU8 } from 'fflate';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { readCsv } from './csv.ts';
import { rosterError } from './errors.ts';
import type { RosterError } from './errors.ts';
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
  if (startsWith(bytes, OLE)) return err(rosterError(holdsName(bytes, 'EncryptedPackage') ? 'encrypted' : 'oldExcel'));
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

function openText(bytes: Uint8Array, fileName: string): Result<Sheet[], RosterError> {
  const isText = /\.(?:csv|tsv|txt)$/iu.test(fileName);
  if (!isText || bytes.includes(0)) return err(rosterError('notASheet'));
  const text = strFromU8(bytes).replace(/^\ufeff/u, '');
  if (text.includes('\ufffd')) return err(rosterError('damaged'));
  if (text.trim() === '') return err(rosterError('empty'));
  const sheet = readCsv(text);
  return sheet ? ok([sheet]) : err(rosterError('damaged'));
}

function openWorkbook(bytes: Uint8Array, limits: ZipLimits): Result<Sheet[], RosterError> {
  const parts = readZip(bytes, (name) => PART.test(name), limits);
  if (!parts.ok) return parts;
  const texts = new Map([...parts.value].map(([name, part]) => [name.toLowerCase(), part]));
  const textOf = (name: string) => {
    const part = texts.get(name.toLowerCase());
    return part ? strFromU8(part) : null;
  };
  const root = readRelations(textOf('_rels/.rels') ?? '', '');
  const workbookName =
    [...(root?.values() ?? [])].find((name) => /workbook[^/]*\.xml$/iu.test(name)) ?? 'xl/workbook.xml';
  const workbookXml = textOf(workbookName);
  if (workbookXml === null) return err(rosterError(root ? 'notASheet' : 'damaged'));
  const sheets = readSheets(workbookXml, workbookName, textOf);
  return sheets ? ok(sheets) : err(rosterError('damaged'));
}

function readSheets(
  workbookXml: string,
  workbookName: string,
  textOf: (name: string) => string | null,
): Sheet[] | null {
  const folder = workbookName.slice(0, workbookName.lastIndexOf('/'));
  const file = workbookName.slice(workbookName.lastIndexOf('/') + 1);
  const workbook = readWorkbook(workbookXml);
  const targets = readRelations(textOf(`${folder}/_rels/${file}.rels`) ?? '', folder);
  if (!workbook || !targets) return null;
  const context = readContext(targets, workbook.is1904, textOf);
  if (!context) return null;
  const sheets: Sheet[] = [];
  for (const { name, relation, isHidden } of workbook.sheets) {
    const target = targets.get(relation);
    if (target === undefined || !/worksheets\//iu.test(target)) continue;
    const body = readSheetPart(textOf(target) ?? '', context);
    if (!body) return null;
    sheets.push({ name, isHidden, rows: body.rows, blankRows: body.blankRows, merges: body.merges });
  }
  return sheets;
}

function readContext(
  targets: ReadonlyMap<string, string>,
  is1904: boolean,
  textOf: (name: string) => string | null,
): SheetContext | null {
  const named = (pattern: RegExp) => textOf([...targets.values()].find((name) => pattern.test(name)) ?? '');
  const stringsXml = named(/sharedStrings\.xml$/iu);
  const stylesXml = named(/styles\.xml$/iu);
  const strings = stringsXml === null ? [] : readSharedStrings(stringsXml);
  const dateStyles = stylesXml === null ? [] : readDateStyles(stylesXml);
  return strings && dateStyles ? { strings, dateStyles, is1904 } : null;
}
