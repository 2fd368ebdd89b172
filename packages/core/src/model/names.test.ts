import { describe, expect, it } from 'vitest';
import {
  compareNames,
  fold,
  foldWords,
  isOneWord,
  isUnmarked,
  isUpperCase,
  sameSpelling,
  tidyText,
  titleCase,
} from './names.ts';

describe('folding', () => {
  it.each([
    ['Nguyễn Thị Thuỷ', 'nguyen thi thuy'],
    ['Nguyễn Thị Thủy'.normalize('NFD'), 'nguyen thi thuy'],
    ['ĐỖ ĐỨC ĐẠT', 'do duc dat'],
    ['H’Mai', 'hmai'],
    ["K'Brới", 'kbroi'],
    ['Y Ƀlă Ayŭn', 'y bla ayun'],
  ])('[SRC-1] %s folds to %s', (name, folded) => {
    expect(fold(name)).toBe(folded);
  });

  it('[SRC-1] words are letters and digits alone', () => {
    expect(foldWords(' Lò-Văn  Inh (Tý) 2 ')).toEqual(['lo', 'van', 'inh', 'ty', '2']);
  });

  it.each([
    ['Hòa', 'Hoà', true],
    ['Thuý', 'Thúy'.normalize('NFD'), true],
    ['An', 'Ân', false],
    ['Thúy', 'Thùy', false],
    ['LÒ VĂN', 'lò văn', true],
  ])('[SRC-1] %s and %s are spelt alike: %s', (a, b, isAlike) => {
    expect(sameSpelling(a, b)).toBe(isAlike);
  });
});

describe('tidying', () => {
  it('[IMP-6] composes, drops what cannot be seen and keeps single spaces', () => {
    expect(tidyText('  Nguyễn\u00a0\u200b  Văn\nAn '.normalize('NFD'))).toBe('Nguyễn Văn An');
  });

  it.each([
    ['NGUYỄN THỊ ÁNH', 'Nguyễn Thị Ánh'],
    ['H’MAI ÊBAN', 'H’Mai Êban'],
    ["K'BRỚI", "K'Brới"],
    ['Y THIÊN NIÊ-KDĂM', 'Y Thiên Niê-Kdăm'],
    ['giàng a páo', 'Giàng A Páo'],
  ])('[IMP-6] %s becomes %s', (typed, name) => {
    expect(titleCase(typed)).toBe(name);
  });

  it.each([
    ['Y', false],
    ['Y THIÊN', true],
    ['Y Thiên', false],
    ['LÒ'.normalize('NFD'), true],
  ])('[IMP-6] %s is in capitals: %s', (name, isUpper) => {
    expect(isUpperCase(name)).toBe(isUpper);
  });

  it.each([
    ['Páo', true],
    ['Y Thiên', true],
    ['H’Mai', true],
    ['Ka Điệp', true],
    ['H’Mai Êban', false],
    ['Hồ An', false],
    ['Giàng A Páo', false],
    ['', false],
  ])('[IMP-6] %s is one word: %s', (name, isOne) => {
    expect(isOneWord(name)).toBe(isOne);
  });

  it('[SRC-1] a name without any mark is known as such', () => {
    expect(['Nguyen Van An', 'K’Tim', 'Nguyen Văn An', 'Do', 'Đo'].map(isUnmarked)).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('order', () => {
  it('[SRC-7] by given name, then the rest, letters before tones', () => {
    const names = [
      'Lò Thị Ân',
      'Vũ Văn An',
      'Đỗ Thị Ánh',
      'Đỗ Văn Án',
      'Páo',
      'Đỗ Văn An',
      'Lê Đức',
      'Lê Dũng',
      'Lê Ăn',
      'Đỗ Văn Ạn',
      'Đỗ Văn Àn',
      'Dương Văn An',
    ];
    expect(names.toSorted(compareNames)).toEqual([
      'Dương Văn An',
      'Đỗ Văn An',
      'Vũ Văn An',
      'Đỗ Văn Àn',
      'Đỗ Văn Án',
      'Đỗ Văn Ạn',
      'Đỗ Thị Ánh',
      'Lê Ăn',
      'Lò Thị Ân',
      'Lê Dũng',
      'Lê Đức',
      'Páo',
    ]);
  });

  it('[SRC-7] a particle is no given name, and neither is the clan behind it', () => {
    const names = [
      'Y Thiên Niê',
      'H’Bia Adrơng',
      'Ka Điệp Kơ Să',
      "K'Brới Cil",
      'Siu H’Lan',
      'Y Blưk',
      'H’ Mai Êban',
      'Trần Thị Mai',
      'Lê Thị Như Y',
    ];
    expect(names.toSorted(compareNames)).toEqual([
      'H’Bia Adrơng',
      'Y Blưk',
      "K'Brới Cil",
      'Ka Điệp Kơ Să',
      'Siu H’Lan',
      'H’ Mai Êban',
      'Trần Thị Mai',
      'Y Thiên Niê',
      'Lê Thị Như Y',
    ]);
  });
});
