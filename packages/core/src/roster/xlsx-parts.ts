import { isDateFormat } from './serial-date.ts';
import { readXml } from './xml.ts';

/** What the workbook part says: its sheets in order, and which of the two day counts it uses. */
export interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly relation: string; readonly isHidden: boolean }[];
  readonly is1904: boolean;
}

const ESCAPED = /_x([0-9A-Fa-f]{4})_/gu;

/** Returns a spreadsheet's text with its `_x000D_` escapes read. */
export function plainText(text: string): string {
  return text.includes('_x')
    ? text.replace(ESCAPED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}

/** Returns the workbook part, or null when it is damaged. */
export function readWorkbook(xml: string): Workbook | null {
  const sheets: { name: string; relation: string; isHidden: boolean }[] = [];
  let is1904 = false;
  const isSound = readXml(xml, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.get('date1904') ?? '');
      if (name !== 'sheet') return;
      const relation = [...attributes].find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      const state = attributes.get('state') ?? 'visible';
      sheets.push({ name: attributes.get('name') ?? '', relation, isHidden: state !== 'visible' });
    },
    text() {},
    close() {},
  });
  return isSound ? { sheets, is1904 } : null;
}

/** Returns target by relation id, or null when the part is damaged. `base` is the folder the targets start from. */
export function readRelations(xml: string, base: string): Map<string, string> | null {
  const targets = new Map<string, string>();
  const isSound = readXml(xml, {
    open(name, attributes) {
      const target = attributes.get('Target');
      if (name !== 'Relationship' || target === undefined) return;
      targets.set(attributes.get('Id') ?? '', resolve(base, target));
    },
    text() {},
    close() {},
  });
  return isSound ? targets : null;
}

function resolve(base: string, target: string): string {
  const parts = target.startsWith('/') ? [] : base.split('/').filter(Boolean);
  for (const step of target.split('/').filter((part) => part && part !== '.')) {
    if (step === '..') parts.pop();
    else parts.push(step);
  }
  return parts.join('/');
}

/** Returns the shared strings in order, rich runs joined and phonetic guides left out, or null when the part is damaged. */
export function readSharedStrings(xml: string): string[] | null {
  const strings: string[] = [];
  let text = '';
  let isText = false;
  let guides = 0;
  const isSound = readXml(xml, {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') guides += 1;
      isText = name === 't' && guides === 0;
    },
    text(part) {
      if (isText) text += part;
    },
    close(name) {
      if (name === 'si') strings.push(plainText(text));
      if (name === 'rPh') guides -= 1;
      isText = false;
    },
  });
  return isSound ? strings : null;
}

/** Returns, for each cell style, whether its numbers are dates, or null when the part is damaged. */
export function readDateStyles(xml: string): boolean[] | null {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let isCellStyles = false;
  const isSound = readXml(xml, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.get('numFmtId')), attributes.get('formatCode') ?? '');
      if (name === 'cellXfs') isCellStyles = true;
      if (name !== 'xf' || !isCellStyles) return;
      const id = Number(attributes.get('numFmtId') ?? 0);
      styles.push(isDateFormat(id, codes.get(id)));
    },
    text() {},
    close(name) {
      if (name === 'cellXfs') isCellStyles = false;
    },
  });
  return isSound ? styles : null;
}
