import type { ChildRow } from '@chungtay/core/derive/child-row';
import type { FolderId } from '@chungtay/core/model/ids';
import { describe, expect, it } from 'vitest';
import { candidatesAmong, newChildEdits } from './new-child.ts';

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
