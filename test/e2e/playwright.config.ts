import { defineConfig } from '@playwright/test';
import { findBrowser } from '../run/browser.mjs';

const executablePath = findBrowser();

/** Browser specs: one at a time on the system's Chromium, each with the Hub it starts itself. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  // a machine that does other work besides is slow, not wrong
  expect: { timeout: 15_000 },
  reporter: [
    ['line'],
    ['json', process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? {} : { outputFile: '../../test-results/report.json' }],
  ],
  use: {
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
