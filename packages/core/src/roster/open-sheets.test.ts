import { describe, expect, it } from 'vitest';
import { xlsxOf, xlsxParts } from '../../../../test/fixtures/xlsx.ts';
import type { SheetSpec } from '../../../../test/fixtures/xlsx.ts';
import { zipOf } from '../../../../test/fixtures/zip.ts';
import { openSheets } from './open-sheets.ts';
import { planImport } from './plan.ts';
import { textAt } from './sheet.ts';
import { readXml } from './xml.ts';

const SHEET: SheetSpec = {
  name: 'Danh sách',
  rows: [
    ['Họ và tên', 'Ngày sinh', 'Mẹ'],
    [{ shared: 'Giàng A Páo & <em>' }, { serial: 44_928 }, { rich: ['Sùng ', 'Thị Mỷ'] }],
    [{ formula: 'A2', value: 'Lò Văn Inh' }, 44_928, { error: '#REF!' }],
  ],
};

function opened(bytes: Uint8Array, name = 'x.xlsx') {
  const sheets = openSheets(bytes, name);
  if (!sheets.ok) throw new Error(sheets.error.code);
  return sheets.value;
}

const bytesOf = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding));
const OLE = 'd0cf11e0a1b11ae1';

describe('opening a spreadsheet', () => {
  it('[IMP-1] reads shared, inline and rich strings, dates, numbers, cached values and errors', () => {
    const [sheet] = opened(xlsxOf([SHEET]));
    const rows = sheet?.rows ?? [];
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3]);
    const second = rows[1];
    const third = rows[2];
    expect(second && [0, 1, 2].map((column) => textAt(second, column))).toEqual([
      'Giàng A Páo & <em>',
      '02/01/2023',
      'Sùng Thị Mỷ',
    ]);
    expect(third?.cells.get(0)).toMatchObject({ kind: 'text', text: 'Lò Văn Inh', isComputed: true });
    expect(third?.cells.get(1)).toMatchObject({ kind: 'number', number: 44_928 });
    expect(third?.cells.get(2)).toMatchObject({ kind: 'error' });
  });

  it('[IMP-1] counts days from 1904 where the workbook says so', () => {
    const [sheet] = opened(xlsxOf([SHEET], { is1904: true }));
    expect(sheet?.rows[1]?.cells.get(1)?.text).toBe('03/01/2027');
  });

  it.each([
    [1, '01/01/1900'],
    [59, '28/02/1900'],
    [61, '01/03/1900'],
    [43_694, '17/08/2019'],
    [43_694.99, '17/08/2019'],
  ])('[IMP-1] day %d of 1900 is %s', (serial, text) => {
    const [sheet] = opened(xlsxOf([{ name: 'x', rows: [[{ serial }]] }]));
    expect(sheet?.rows[0]?.cells.get(0)?.text).toBe(text);
  });

  it('[IMP-1] reads comma, semicolon and tab, quotes, a byte order mark and line breaks inside a cell', () => {
    for (const separator of [',', ';', '\t']) {
      const text =
        ['\ufeffHọ và tên', 'Ghi chú', 'Mẹ'].join(separator) +
        '\r\n' +
        ['"Lò ""Bé"" Inh"', '"hai\ndòng"', 'Vì Thị Lả'].join(separator);
      const [sheet] = opened(bytesOf(text), 'ds.csv');
      expect(sheet?.rows.map((row) => [0, 1, 2].map((column) => textAt(row, column)))).toEqual([
        ['Họ và tên', 'Ghi chú', 'Mẹ'],
        ['Lò "Bé" Inh', 'hai\ndòng', 'Vì Thị Lả'],
      ]);
    }
  });

  const whole = xlsxParts([SHEET]);
  const damaged = (name: string, text: string) => zipOf({ ...whole, [name]: text });
  const flipped = () => {
    const bytes = xlsxOf([SHEET]).slice();
    bytes[bytes.indexOf(0x50, 200) + 60] = (bytes[bytes.indexOf(0x50, 200) + 60] ?? 0) ^ 0xff;
    return bytes;
  };
  const refusals: [string, () => Uint8Array, string, string][] = [
    ['nothing', () => new Uint8Array(), 'x.xlsx', 'empty'],
    ['a text', () => bytesOf('xin chào'), 'x.xlsx', 'notASheet'],
    ['a picture', () => bytesOf('89504e470d0a1a0a', 'hex'), 'x.xlsx', 'notASheet'],
    ['an old .xls', () => bytesOf(OLE + '00'.repeat(600), 'hex'), 'x.xls', 'oldExcel'],
    ['an old .xls called .xlsx', () => bytesOf(OLE + '00'.repeat(600), 'hex'), 'x.xlsx', 'oldExcel'],
    [
      'one with a password',
      () => Buffer.concat([bytesOf(OLE, 'hex'), bytesOf('EncryptedPackage', 'utf16le')]),
      'x.xlsx',
      'encrypted',
    ],
    ['an encrypted zip', () => zipOf(whole, { isEncrypted: true }), 'x.xlsx', 'encrypted'],
    [
      'another kind of zip',
      () => zipOf({ '_rels/.rels': '<Relationships/>', 'word/document.xml': '<w/>' }),
      'x.docx',
      'notASheet',
    ],
    ['half of one', () => xlsxOf([SHEET]).slice(0, 900), 'x.xlsx', 'damaged'],
    ['one with a byte changed', flipped, 'x.xlsx', 'damaged'],
    ['one with a wrong checksum', () => zipOf(whole, { crc: 1 }), 'x.xlsx', 'damaged'],
    ['one with a lying size', () => zipOf(whole, { inflatedBytes: 10 }), 'x.xlsx', 'damaged'],
    [
      'unfinished XML',
      () => damaged('xl/worksheets/sheet1.xml', '<worksheet><sheetData><row r="1">'),
      'x.xlsx',
      'damaged',
    ],
    [
      'rows out of order',
      () => damaged('xl/worksheets/sheet1.xml', '<worksheet><row r="2"/><row r="1"/></worksheet>'),
      'x.xlsx',
      'damaged',
    ],
    [
      'an entity declaration',
      () => damaged('xl/sharedStrings.xml', '<!DOCTYPE a [<!ENTITY b "c">]><sst/>'),
      'x.xlsx',
      'damaged',
    ],
    [
      'a zip bomb',
      () => zipOf({ ...whole, 'xl/sharedStrings.xml': new Uint8Array(80 * 1024 * 1024) }),
      'x.xlsx',
      'zipBomb',
    ],
    ['one claiming gigabytes', () => zipOf(whole, { inflatedBytes: 0xfffffff0 }), 'x.xlsx', 'zipBomb'],
    [
      'too many parts',
      () => zipOf(Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`xl/${i}.png`, '']))),
      'x.xlsx',
      'zipBomb',
    ],
    ['too large a file', () => new Uint8Array(21 * 1024 * 1024), 'x.xlsx', 'tooLarge'],
    ['an empty csv', () => bytesOf(' \n \n'), 'x.csv', 'empty'],
    ['a csv with an open quote', () => bytesOf('a,"b'), 'x.csv', 'damaged'],
    ['a csv that is no UTF-8', () => bytesOf('48e17920c3', 'hex'), 'x.csv', 'notUnicode'],
    ['a web page', () => bytesOf('\n<html><body><table><tr><td>Họ và tên'), 'x.xlsx', 'webPage'],
    [
      'a table of XML',
      () => bytesOf('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>'),
      'x.xlsx',
      'oldExcel',
    ],
    [
      'a csv called .xlsx',
      () => bytesOf('Họ và tên,Ngày sinh,Mẹ\nLò A Páo,1/1/2020,Vì Thị Lả\n'),
      'x.xlsx',
      'plainText',
    ],
    ['a table of OpenDocument', () => zipOf({ mimetype: 'a', 'content.xml': '<a/>' }), 'x.ods', 'notASheet'],
    ['a binary workbook', () => zipOf({ 'xl/workbook.bin': 'a' }), 'x.xlsb', 'notASheet'],
    ['sheets without rows', () => xlsxOf([{ name: 'x', rows: [] }]), 'x.xlsx', 'empty'],
    [
      'a sheet that is no roster',
      () =>
        xlsxOf([
          {
            name: 'x',
            rows: [
              ['Thu', 'Chi'],
              [1, 2],
            ],
          },
        ]),
      'x.xlsx',
      'noHeader',
    ],
    ['a header alone', () => xlsxOf([{ name: 'x', rows: [['Họ và tên', 'Ngày sinh', 'Mẹ']] }]), 'x.xlsx', 'noRows'],
  ];

  it.each(refusals)('[IMP-2] refuses %s', (_, make, fileName, code) => {
    const plan = planImport({ bytes: make(), fileName, villages: [], register: [], onDate: '2026-11-22' });
    expect(plan).toEqual({ ok: false, error: { code } });
  });

  it('[IMP-2] a file with any one byte changed is read or refused, never crashed on', () => {
    const bytes = xlsxOf([SHEET]);
    const codes = new Set<string>();
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      const plan = planImport({ bytes: changed, fileName: 'x.xlsx', villages: [], register: [], onDate: '2026-11-22' });
      codes.add(plan.ok ? 'ok' : plan.error.code);
    }
    expect([...codes].filter((code) => !['ok', 'damaged', 'notASheet', 'encrypted', 'zipBomb'].includes(code))).toEqual(
      [],
    );
    expect(codes.has('damaged')).toBe(true);
  });
});

describe('XML', () => {
  const heard = (xml: string) => {
    const told: string[] = [];
    const isSound = readXml(xml, {
      open: (name, attributes) =>
        told.push(`<${name}${[...attributes].map(([key, value]) => ` ${key}=${value}`).join('')}`),
      text: (text) => told.push(text),
      close: (name) => told.push(`/${name}`),
    });
    return isSound ? told : null;
  };

  it('[IMP-2] tells elements, attributes, entities and CDATA', () => {
    expect(
      heard(`<?xml version="1.0"?><x:a b='1&#x41;' c="&quot;>"><d/>&lt;&#7897;<!-- - --><![CDATA[<&]]></x:a>`),
    ).toEqual(['<a b=1A c=">', '<d', '/d', '<ộ', '<&', '/a']);
  });

  it.each([
    '',
    'a',
    '<a>',
    '<a></b>',
    '<a><b></a></b>',
    '<a/><b/>',
    '<a b=1/>',
    '<a b="1" b/>',
    '<a>&x;</a>',
    '<a>&amp</a>',
    '<a',
    '<!DOCTYPE a><a/>',
    '<a/>x',
    '<a><!-- </a>',
    '<a>&#x110000;</a>',
    '<1/>',
  ])('[IMP-2] refuses %j', (xml) => {
    expect(heard(xml)).toBeNull();
  });
});
