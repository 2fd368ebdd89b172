// Prints what a first visit fetches (script and style, gzip -9) and every lazy chunk; fails above the budget.
// Run after `vite build`: pnpm --filter @chungtay/client sizes
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const FIRST_LOAD_BYTES = 180 * 1024;
const LAZY_BYTES = 40 * 1024;
const dist = new URL('../dist/', import.meta.url);
const chunks = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const gzBytes = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).byteLength;

/** Returns the files one chunk needs at once: itself, its static imports and their styles. */
function filesOf(key, found = new Set()) {
  const { file, css = [], imports = [] } = chunks[key];
  if (found.has(file)) return found;
  found.add(file);
  for (const style of css) found.add(style);
  for (const next of imports) filesOf(next, found);
  return found;
}

const sumBytes = (files) => files.reduce((sum, file) => sum + gzBytes(file), 0);
const kb = (bytes) => `${(bytes / 1024).toFixed(1).padStart(7)} KB`;
const first = filesOf(Object.keys(chunks).find((key) => chunks[key].isEntry));
const firstBytes = sumBytes([...first]);
const isTooLarge = [firstBytes > FIRST_LOAD_BYTES];
process.stdout.write(`first load ${kb(firstBytes)} of ${kb(FIRST_LOAD_BYTES)}\n`);
for (const key of Object.keys(chunks).filter((name) => chunks[name].isDynamicEntry)) {
  const bytes = sumBytes([...filesOf(key)].filter((file) => !first.has(file)));
  isTooLarge.push(bytes > LAZY_BYTES);
  process.stdout.write(`  ${kb(bytes)}  ${key}${bytes > LAZY_BYTES ? '  over 40 KB' : ''}\n`);
}
if (isTooLarge.includes(true)) process.exitCode = 1;
