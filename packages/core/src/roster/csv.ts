import { textCell } from './sheet.ts';
import type { Cell, Sheet, SheetRow } from './sheet.ts';

const SEPARATORS = [';', ',', '\t'] as const;

/** Returns the one sheet of a text with comma, semicolon or tab between its cells (RFC 4180 quoting); null when a quote is never closed. */
export function readCsv(text: string): Sheet | null {
  const separator = separatorOf(text);
  const rows: SheetRow[] = [];
  let blankRows = 0;
  const records = splitRecords(text, separator);
  if (!records) return null;
  for (const [index, fields] of records.entries()) {
    const cells = new Map<number, Cell>();
    for (const [column, field] of fields.entries()) if (field.trim() !== '') cells.set(column, textCell(field));
    if (cells.size === 0) blankRows += 1;
    else rows.push({ number: index + 1, cells });
  }
  return { name: '', isHidden: false, rows, blankRows, merges: [] };
}

/** The separator that stands most often outside quotes in the first lines. */
function separatorOf(text: string): string {
  const sample = text.slice(0, 20_000).replace(/"[^"]*"/gu, '');
  const counts = SEPARATORS.map((separator) => sample.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Records are numbered as a spreadsheet would number them: a quoted line break does not start a new one. */
function splitRecords(text: string, separator: string): string[][] | null {
  const records: string[][] = [];
  let fields: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const field = text[at] === '"' ? quotedField(text, at) : bareField(text, at, separator);
    if (!field) return null;
    fields.push(field.text);
    at = field.end;
    if (text[at] === separator) {
      at += 1;
      continue;
    }
    if (at < text.length || fields.length > 1 || fields[0] !== '') records.push(fields);
    fields = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }
  return records;
}

function bareField(text: string, from: number, separator: string): { text: string; end: number } {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { text: text.slice(from, end), end };
}

function quotedField(text: string, from: number): { text: string; end: number } | null {
  let value = '';
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return null;
    value += text.slice(at, quote);
    at = quote + 1;
    if (text[at] !== '"') break;
    value += '"';
    at += 1;
  }
  let end = at;
  while (
    end < text.length &&
    !SEPARATORS.some((separator) => text[end] === separator) &&
    text[end] !== '\n' &&
    text[end] !== '\r'
  )
    end += 1;
  return { text: value + text.slice(at, end), end };
}
