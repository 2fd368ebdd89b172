/** Compiles the preload with the machine's own C compiler. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOURCES = ['disk.c', 'hooks.c'].map((name) => join(import.meta.dirname, name));
const FLAGS = ['-O2', '-Wall', '-Wno-format-truncation', '-shared', '-fPIC'];

let built: string | null = null;

/** Returns the path of the library, compiled once a process. Throws when the machine has no `cc`. */
export function buildPreload(): string {
  if (built !== null) return built;
  const library = join(mkdtempSync(join(tmpdir(), 'ct-preload-')), 'disk.so');
  execFileSync('cc', [...FLAGS, '-o', library, ...SOURCES, '-lpthread'], { stdio: ['ignore', 2, 2] });
  built = library;
  return library;
}
