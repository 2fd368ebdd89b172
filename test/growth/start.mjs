#!/usr/bin/env node
// npm run growth -- --children N --cases N --devices N --days N: plain Node ≥ 20, which may not run TypeScript.
import { become } from '../../packages/server/bin/become.mjs';
import { ensureInstalled } from '../../packages/server/bin/ensure.mjs';

ensureInstalled();
become('test/growth/main.ts', process.argv.slice(2));
