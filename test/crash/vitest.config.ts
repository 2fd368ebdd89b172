import { defineConfig } from 'vitest/config';

/** Real processes killed and cut off: a runner of its own, with its own time. */
export default defineConfig({
  test: {
    name: 'crash',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    allowOnly: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
