import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { charactersOfWoff2 } from './woff2-characters.support.ts';

const read = (name: string) => readFileSync(fileURLToPath(new URL(name, import.meta.url)));

/** Names and words that have gone wrong with other fonts. */
const WORDS = [
  'Nguyễn Thị Thuỷ Thủy Ngọc Quỳnh Đặng Hữu Ước',
  'H’Mai Ê̆ban · HʼBơ̆n Niê Kdăm · Y Wŭt Ƀuôn Yă',
  'Rơ Čăm Hwiŭ · Ksor Ƀơ̆r · Siu Hrĭt · Ŏng Đĭnh Ñap',
  'Đinh Bơlŏ · A Ƀlơ̆i · Y Kʼrĕng · Đê̆h · Ô̆i · Ư̆ng',
  '1.500.000 ₫ · 86,1% · “Sổ trẻ em” – 39 °C … §12 × ½',
];

function needed(): number[] {
  const codes: number[] = [];
  for (const line of read('unicodes.txt').toString('utf8').split('\n')) {
    const range = /^U\+([0-9A-F]+)(?:-([0-9A-F]+))?/u.exec(line);
    if (!range) continue;
    const first = Number.parseInt(range[1] ?? '', 16);
    const last = Number.parseInt(range[2] ?? range[1] ?? '', 16);
    for (let code = first; code <= last; code += 1) codes.push(code);
  }
  return codes;
}

describe.each(['noto-sans-400.woff2', 'noto-sans-600.woff2'])('%s', (name) => {
  const file = read(name);
  const present = charactersOfWoff2(file);

  it('[FNT-1] carries every listed letter', () => {
    const missing = needed().filter((code) => !present.has(code));
    expect(missing.map((code) => `U+${code.toString(16)}`)).toEqual([]);
    expect(needed().length).toBeGreaterThan(340);
  });

  it.each(WORDS)('[FNT-1] can write: %s', (words) => {
    const letters = [...words.normalize('NFC')];
    expect(letters.filter((letter) => !present.has(letter.codePointAt(0) ?? 0))).toEqual([]);
  });

  it('does not claim letters it lacks', () => {
    expect(present.has(0x4e2d)).toBe(false);
  });

  it('[FNT-2] weighs at most 40 KB', () => {
    expect(file.byteLength).toBeLessThanOrEqual(40 * 1024);
  });
});
