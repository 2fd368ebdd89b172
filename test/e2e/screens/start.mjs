#!/usr/bin/env node
// npm run screens: plain Node ≥ 20, which may not run TypeScript.
import { become } from '../../../packages/server/bin/become.mjs';
import { ensureClientBuilt } from '../../../packages/server/bin/client-build.mjs';
import { ensureInstalled } from '../../../packages/server/bin/ensure.mjs';
import { ensureBrowser } from '../../run/browser.mjs';

ensureInstalled();
ensureBrowser();
ensureClientBuilt();
become('test/e2e/screens/main.ts', process.argv.slice(2));
