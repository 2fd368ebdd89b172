/** Somebody with everything that lies on a Hub's disk, but not its key: he looks for words he would know again. */
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KINDS } from '@chungtay/core/kinds/registry';
import { Needles } from '../../fixtures/needles.ts';
import type { Device } from '../../protocol/device.ts';

const TEXTS = ['text', 'longText', 'name'];
/** Kinds of a child's folder and of a case that a lead founds by himself; what he may not write the Hub refuses, and keeps the verdict. */
const FOUNDED = ['identity', 'education', 'support', 'household', 'case', 'intake', 'contact-note', 'sealed-intake'];

/** See the file's head. */
export class DiskThief {
  readonly #needles = new Needles<string>();
  readonly words: string[] = [];

  /** Returns a word that is nowhere else, and that he looks for. */
  word(): string {
    const word = `Thẩm${String(this.words.length).padStart(4, '0')}Vàng`;
    this.looksFor(word);
    return word;
  }

  /** Names a text that he looks for, in every form in which it may lie on a disk. */
  looksFor(text: string): void {
    this.words.push(text);
    this.#needles.addText(text, text);
  }

  /** Names bytes that he looks for: themselves, in hexadecimal and in base64. */
  looksForBytes(bytes: Uint8Array, name: string): void {
    this.#needles.add(bytes, name);
    for (const form of ['hex', 'base64', 'base64url'] as const)
      this.#needles.add(Buffer.from(Buffer.from(bytes).toString(form)), name);
  }

  /** Returns what he finds in some bytes. */
  findIn(bytes: Uint8Array): readonly string[] {
    return [...this.#needles.findIn(bytes)];
  }

  /** Returns what he finds in a folder, each with the file. */
  findUnder(folder: string): readonly string[] {
    return filesUnder(folder).flatMap((path) => this.findIn(readFileSync(path)).map((word) => `${path}: ${word}`));
  }

  /** Has somebody write words of his into every text of every kind that he may found; returns how many of them the Hub took. */
  async plant(device: Device, newUlid: () => string): Promise<number> {
    let taken = 0;
    for (const { id, singleton, fields } of KINDS.filter((kind) => FOUNDED.includes(kind.id))) {
      const texts = Object.entries(fields).filter(
        ([, { type, input }]) => type === 'register' && TEXTS.includes(input.as),
      );
      const place = id === 'identity' || id === 'household' ? { village: 'thon-1' } : {};
      const values = Object.fromEntries(texts.map(([name]) => [name, this.word()]));
      const { verdict } = await device.write(`${newUlid()}/${id}${singleton ? '' : `/${newUlid()}`}`, {
        ...place,
        ...values,
      });
      if (verdict === 'stored') taken += texts.length;
    }
    return taken;
  }
}

/** Takes a copy of a folder, as a backup or a thief does. Returns where it lies. */
export function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'ct-copy-'));
  cpSync(folder, join(copy, 'hub'), { recursive: true });
  return join(copy, 'hub');
}

/** Removes a copy that `copyOf` took. */
export function removeCopy(copy: string): void {
  rmSync(join(copy, '..'), { recursive: true, force: true });
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
