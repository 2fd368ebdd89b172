import { describe, expect, it } from 'vitest';
import { fromTelex, fromVniKeys, soundOf } from './name-search-words.ts';
import { createNameIndex } from './name-search.ts';

const PEOPLE = {
  an: {
    name: 'Nguyễn Văn An',
    mother: 'Trần Thị Hòa',
    village: 'Thôn 6',
    personalId: '001215000123',
    birth: '2015-03-04',
  },
  ân: { name: 'Nguyễn Văn Ân', mother: 'Lê Thị Thủy', village: 'Thôn 6', personalId: '001315004567', birth: '2016' },
  anh: { name: 'Trần Quốc Anh', father: 'Trần Văn An', village: 'Khu phố 3', phone: '0912 345 678' },
  thủy: { name: 'Lý Thuỷ', mother: 'Vàng Thị Dở', village: 'Bản Nà Pàn' },
  quỳnh: { name: 'Lò Thị Quỳnh', carer: 'Quàng Văn Inh', village: 'Bản Pa Ủ' },
  giang: { name: 'Giàng A Páo', otherNames: ['Tí'], village: 'Bản Tả Phìn' },
  mai: { name: 'H’Mai Êban', village: 'Buôn Ea Tul' },
  ybla: { name: 'Y Ƀlă Niê', village: 'Buôn Ea Tul' },
  trang: { name: 'Đỗ Huyền Trang', village: 'Thôn Đông Hạ' },
  páo: { name: 'Páo', mother: 'Sùng Thị Mỷ', village: 'Bản Tả Phìn' },
  viet: { name: 'Nguyễn Việt Minh', village: 'Thôn Ninh Xá' },
} as const;

const ASKED: readonly (readonly [string, keyof typeof PEOPLE | null])[] = [
  ['Nguyễn Văn Ân', 'ân'],
  ['nguyễn văn an', 'an'],
  ['nguyen van an 2015', 'an'],
  ['lý thủy', 'thủy'],
  ['ly thuy', 'thủy'],
  ['lí thuỷ', 'thủy'],
  ['anh tran', 'anh'],
  ['5678', 'anh'],
  ['0123', 'an'],
  ['001315', 'ân'],
  ['nvm', 'viet'],
  ['nguyenvietminh', 'viet'],
  ['nguyeenx vieetj minh', 'viet'],
  ['Nguye6n4 Vie65t Minh', 'viet'],
  ['quin', 'quỳnh'],
  ['no thi quynh', 'quỳnh'],
  ['quynh', 'quỳnh'],
  ['quàng văn inh', 'quỳnh'],
  ['dang a pao', 'giang'],
  ['rang a pao', 'giang'],
  ['tí', 'giang'],
  ['hmai', 'mai'],
  ["h'mai eban", 'mai'],
  ['y bla', 'ybla'],
  ['huyen chang', 'trang'],
  ['do huyen tramg', 'trang'],
  ['do hueyn trang', 'trang'],
  ['pao', 'páo'],
  ['sung thi my', 'páo'],
  ['dong ha', 'trang'],
  ['trang dong ha', 'trang'],
  ['zzzz', null],
  ['', null],
  ['  ,; ', null],
  ['99999', null],
];

describe('name search', () => {
  const index = createNameIndex();
  for (const [id, person] of Object.entries(PEOPLE)) index.set(id, person);

  it.each(ASKED)('[SRC-2] %j finds %s first', (query, id) => {
    expect(index.search(query)[0]?.id ?? null).toBe(id);
  });

  it('[SRC-2] forgives only after what is typed, and says so', () => {
    const hits = index.search('quynk');
    expect(hits[0]).toMatchObject({ id: 'quỳnh', approximate: true });
    const all = index.search('minh').map(({ approximate }) => Number(approximate));
    expect(all).toEqual(all.toSorted((a, b) => a - b));
    expect(new Set(all)).toEqual(new Set([0, 1]));
    expect(index.search('an', 1)).toHaveLength(1);
  });

  it('[SRC-4] three digits find the beginning of a number, four its end; fewer find none', () => {
    expect(
      index
        .search('001')
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['an', 'ân']);
    expect(index.search('567').map(({ id }) => id)).toEqual([]);
    expect(index.search('4567').map(({ id }) => id)).toEqual(['ân']);
  });

  it.each([
    ['nguyeenx', 'nguyen'],
    ['tieesn', 'tien'],
    ['ddoox', 'do'],
    ['dduwowngf', 'duong'],
    ['sungf', 'sung'],
    ['traanf', 'tran'],
    ['xuaan', 'xuan'],
  ])('[SRC-3] raw Telex %s is %s', (typed, word) => {
    expect(fromTelex(typed)).toBe(word);
  });

  it('[SRC-3] raw VNI loses its digits, a number does not', () => {
    expect(fromVniKeys('nguye6n4')).toBe('nguyen');
    expect(fromVniKeys('0123')).toBe('0123');
  });

  it.each([
    ['sang', 'xang'],
    ['lan', 'nan'],
    ['trang', 'chang'],
    ['giang', 'dang'],
    ['rang', 'dang'],
    ['quynh', 'quin'],
    ['ly', 'li'],
  ])('[SRC-3] %s and %s sound alike', (a, b) => {
    expect(soundOf(a)).toBe(soundOf(b));
  });
});
