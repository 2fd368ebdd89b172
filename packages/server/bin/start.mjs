#!/usr/bin/env node
// npm start: the Hub with the client it serves.
import { become } from './become.mjs';
import { ensureClientBuilt } from './client-build.mjs';
import { ensureInstalled } from './ensure.mjs';
import { HUB_ALLOCATOR, HUB_MEMORY } from './hub-memory.mjs';

ensureInstalled();
ensureClientBuilt();
become('packages/server/src/main.ts', process.argv.slice(2), HUB_MEMORY, HUB_ALLOCATOR);
