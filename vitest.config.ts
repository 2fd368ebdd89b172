import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const setupFiles = [fileURLToPath(new URL('test/setup/silent-console.ts', import.meta.url))];
const acrossPackages = [
  'contracts',
  'sim',
  'growth',
  'bench',
  'attacks',
  'journeys',
  'rosters',
  'arch',
  'leaks',
  'protocol',
  'e2e',
];

/** Units sit beside their source; what crosses packages sits under test/. Browser specs belong to Playwright (test/e2e). */
export default defineConfig({
  test: {
    allowOnly: false,
    projects: [
      { test: { name: 'core', include: ['packages/core/src/**/*.test.ts'], setupFiles } },
      { test: { name: 'server', include: ['packages/server/src/**/*.test.ts'], setupFiles } },
      // knows Vue and the build's constants; files that need a page say so in their first line
      {
        extends: './packages/client/vitest.config.ts',
        root: './packages/client',
        test: { name: 'client', setupFiles },
      },
      ...acrossPackages.map((name) => ({
        test: { name, include: [`test/${name}/**/*.test.ts`], setupFiles, testTimeout: 60_000 },
      })),
    ],
  },
});
