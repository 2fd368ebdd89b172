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
import { walk } from './tour.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { small: { type: 'boolean' }, only: { type: 'string' } },
});
const [folder = 'test-results/screens'] = positionals;
const executablePath = findBrowser();
let barriers = 0;

mkdirSync(folder, { recursive: true });
const commune = await openCommune(values.small ? 'small' : 'whole');
const browser = await chromium.launch({
  ...(executablePath === null ? {} : { executablePath }),
  args: ['--no-sandbox'],
});
const found = (barrier: string): void => {
  barriers += 1;
  process.stdout.write(`${barrier}\n`);
};
const screens = await walk(browser, { commune, folder, found }, values.only);
await browser.close();
await commune.hub.remove();
process.stdout.write(`${screens} screens in ${folder}, ${barriers} barriers found\n`);
process.exit(barriers === 0 ? 0 : 1);
