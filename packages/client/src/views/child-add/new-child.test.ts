import type { ChildRow } from '@chungtay/core/derive/child-row';
import type { FolderId } from '@chungtay/core/model/ids';
import { describe, expect, it } from 'vitest';
import { candidatesAmong, newChildEdits, withNumberOf } from './new-child.ts';

const FOLDER = '01K9ZZZZZZZZZZZZZZZZZZZZZZ' as FolderId;

function childOf(folder: string, name: string, birth: string | null, motherName: string | null): ChildRow {
  const row = { folder, name, birth, motherName, fatherName: null, sex: 'male', village: 'v', personalId: null };
  return row as unknown as ChildRow;
}

describe('candidatesAmong', () => {
  const rows = [
    childOf('other', 'Lò Văn Sơn', '2011-01-01', 'Lò Thị Pó'),
    childOf('typo', 'Nguyễn Văn Mính', '2016-12-03', 'Trần Thị Hoa'),
    childOf('same', 'Nguyễn Văn Minh', '2016-12-03', 'Trần Thị Hoa'),
  ];
  const asked = { name: 'nguyễn văn minh', birth: '2016-12-03', motherName: 'Trần Thị Hoa' };

  it('[UX-21] lists the likeliest first, leaves out strangers, and says only what speaks for it', () => {
    const found = candidatesAmong(rows, asked);
    expect(found.map(({ row }) => row.folder)).toEqual(['same', 'typo']);
    expect(found[0]?.reasons).toEqual(expect.arrayContaining(['sameName', 'sameBirth', 'sameMother']));
  });
});

describe('a number that somebody has', () => {
  it('[PAP-6] [UX-21] shows whose it is, whatever he is called', () => {
    const personalId = '001212621221';
    const other = { ...childOf('other', 'Lò Văn Sơn', '2011-01-01', null), personalId };
    const rows = [childOf('nobody', 'Lò Văn Sơn', '2011-01-01', null), other];
    const asked = { name: 'Y Blăm', personalId };
    expect(withNumberOf(rows, asked)).toEqual([other]);
    expect(candidatesAmong(withNumberOf(rows, asked), asked)).toMatchObject([{ row: other, reasons: ['sameId'] }]);
    expect(withNumberOf(rows, { name: 'Y Blăm' })).toEqual([]);
  });
});

describe('newChildEdits', () => {
  it('writes what was filled, nothing else, and how the number was learnt', () => {
    const child = { name: 'Lò Thị Mẩy', sex: null, village: 'ban-na-pan', carerPhone: '', personalId: '001212621221' };
    expect(newChildEdits(FOLDER, child)).toEqual([
      {
        document: `${FOLDER}/identity`,
        sets: [
          { name: 'name', value: 'Lò Thị Mẩy' },
          { name: 'village', value: 'ban-na-pan' },
          { name: 'personalId', value: '001212621221' },
          { name: 'personalIdSeen', value: 'told' },
        ],
      },
    ]);
  });
});
