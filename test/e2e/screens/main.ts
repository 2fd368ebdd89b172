/**
 * `npm run screens [FOLDER]`: opens every screen of the demo commune as its people see it, saves a picture of each as on a 10-inch tablet
 * and on a phone, and looks for barriers. Exits 1 when it finds one, or when a screen never appears. `--small` takes a small commune,
 * `--only NAME` one person's screens.
 */
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../run/browser.mjs';
import { openCommune } from './commune.ts';
import { TOUR } from './tour.ts';
import { visit } from './visit.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { small: { type: 'boolean' }, only: { type: 'string' } },
});
const [folder = 'test-results/screens'] = positionals;
const executablePath = findBrowser();
const barriers: string[] = [];
const found = (barrier: string): void => {
  barriers.push(barrier);
  process.stdout.write(`${barrier}\n`);
};

mkdirSync(folder, { recursive: true });
const commune = await openCommune(values.small ? 'small' : 'whole');
const browser = await chromium.launch({
  ...(executablePath === null ? {} : { executablePath }),
  args: ['--no-sandbox'],
});
for (const stop of TOUR.filter(({ person }) => values.only === undefined || person === values.only)) {
  const startedMs = performance.now();
  await visit(browser, { ...stop, commune, folder, found }).catch((error: unknown) => {
    found(`${String(error)}: ${error instanceof Error ? String(error.cause) : ''}`);
  });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  process.stdout.write(`${stop.person}: ${stop.screens.length + (stop.door?.length ?? 0)} screens, ${seconds} s\n`);
}
await browser.close();
await commune.hub.remove();
process.stdout.write(`pictures in ${folder}, ${barriers.length} barriers found\n`);
process.exit(barriers.length === 0 ? 0 : 1);
