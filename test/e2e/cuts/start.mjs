#!/usr/bin/env node
// npm run cuts -- --seeds N --seed S: plain Node ≥ 20, which may not run TypeScript.
import { parseArgs } from 'node:util';
import { become } from '../../../packages/server/bin/become.mjs';
import { ensureClientBuilt } from '../../../packages/server/bin/client-build.mjs';
import { ensureInstalled } from '../../../packages/server/bin/ensure.mjs';
import { ensureBrowser } from '../../run/browser.mjs';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
ensureInstalled();
const browser = ensureBrowser();
ensureClientBuilt();
process.env['CT_CUTS_SEEDS'] = values.seeds;
process.env['CT_CUTS_SEED'] = values.seed;
if (browser !== null) process.env['CT_BROWSER'] = browser;
const config = ['-c', 'test/e2e/playwright.config.ts', '--reporter=dot'];
become('node_modules/@playwright/test/cli.js', ['test', 'cuts.spec.ts', ...config]);
