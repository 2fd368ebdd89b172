#!/usr/bin/env node
// npm run crash -- --kills N [--seed S] [--only browser|hub|failpoints]: plain Node ≥ 20, which may not run TypeScript.
import { become } from '../../packages/server/bin/become.mjs';
import { ensureClientBuilt } from '../../packages/server/bin/client-build.mjs';
import { ensureInstalled } from '../../packages/server/bin/ensure.mjs';
import { ensureBrowser } from '../run/browser.mjs';
import { ensureCompiler } from '../run/compiler.mjs';

ensureInstalled();
if (!ensureCompiler()) {
  process.stderr.write('There is no C compiler (cc): what was not synced cannot be told. Install gcc and libc6-dev.\n');
  process.exit(1);
}
const browser = ensureBrowser();
if (browser !== null) process.env['CT_BROWSER'] = browser;
ensureClientBuilt();
become('test/crash/main.ts', process.argv.slice(2));
