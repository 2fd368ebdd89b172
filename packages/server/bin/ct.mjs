#!/usr/bin/env node
// npm run -s ct -- <verb>: stdout carries nothing but the verb's own output.
import { become } from './become.mjs';
import { ensureInstalled } from './ensure.mjs';

ensureInstalled();
become('packages/server/src/cli/main.ts', process.argv.slice(2));
