#!/usr/bin/env node
// npm run -s bench -- <scenario>: plain Node ≥ 20, which may not run TypeScript.
import { become } from '../../packages/server/bin/become.mjs';
import { ensureInstalled } from '../../packages/server/bin/ensure.mjs';

ensureInstalled();
const [scenario = '', ...rest] = process.argv.slice(2);
if (scenario === 'browser') become('test/bench/browser/main.ts', rest);
else become('test/bench/main.ts', process.argv.slice(2));
