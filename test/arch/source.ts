import { readFileSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One file of the repository: its path from the root, with `/`, and what it holds. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const skipped = new Set(['node_modules', 'dist', 'test-results', 'playwright-report', '.cache']);
const isSource = /\.(?:ts|mjs|vue)$/u;
const imported =
  /\b(?:import|export)\s(?:[\w*{][^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gu;

/** Returns every source file of the product: units beside their source included. */
export function productFiles(): SourceFile[] {
  return ['core', 'client', 'server'].flatMap((name) => filesUnder(`packages/${name}`));
}

/** Returns every source file under `test/`. */
export function testFiles(): SourceFile[] {
  return filesUnder('test');
}

/** Returns one file of the repository as text. */
export function textOf(path: string): string {
  return readFileSync(posix.join(root, path), 'utf8');
}

/** Says whether the path names a test, or what supports tests, beside its source. */
export function isTest(path: string): boolean {
  return /\.(?:test|spec|support)\.ts$|^test\/contracts\//u.test(path);
}

/**
 * Returns what the file imports, types included: a path from the root for the repository's own modules
 * (`@chungtay/core/doc/read` becomes `packages/core/src/doc/read`), the bare name for packages.
 */
export function importsOf(file: SourceFile): string[] {
  return [...withoutComments(file.text).matchAll(imported)].map((match) => {
    const name = match[1] ?? match[2] ?? '';
    if (name.startsWith('.')) return posix.join(posix.dirname(file.path), name);
    return name.replace(/^@chungtay\/(core|client|server)\//u, 'packages/$1/src/');
  });
}

/** Returns the text with block comments and whole-line comments blanked, lines kept. */
export function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*.*?\*\//gsu, (comment) => comment.replaceAll(/[^\n]/gu, ' '))
    .replaceAll(/^\s*\/\/.*$/gmu, '');
}

function filesUnder(folder: string): SourceFile[] {
  return readdirSync(posix.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (skipped.has(entry.name)) return [];
    if (entry.isDirectory()) return filesUnder(path);
    return isSource.test(entry.name) ? [{ path, text: textOf(path) }] : [];
  });
}
