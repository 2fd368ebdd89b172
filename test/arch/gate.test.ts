import { describe, expect, it } from 'vitest';
import { countOne, countPlaywright, countVitest } from '../run/count.mjs';

const loaded = { status: 'passed', assertionResults: [{ status: 'passed' }] };
const failing = { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] };
const unloadable = { status: 'failed', assertionResults: [] };

function vitestReport(testResults: object[], numPassedTests: number, numFailedTests: number): string {
  return JSON.stringify({ testResults, numPassedTests, numFailedTests, numPendingTests: 1, numTodoTests: 1 });
}

function playwrightReport(expected: number, unexpected: number, flaky: number): string {
  return JSON.stringify({ stats: { expected, unexpected, flaky, skipped: 0 } });
}

const crashed = { passed: 0, failed: 1, skipped: 0 };

describe('[ARC-9] the gate counts', () => {
  it.each([
    [0, { passed: 1, failed: 0, skipped: 0 }],
    [1, crashed],
    [137, crashed],
  ])('a single runner that exits with %i', (code, count) => {
    expect(countOne(code)).toEqual(count);
  });

  it.each([
    ['all passed', vitestReport([loaded], 5, 0), 0, { passed: 5, failed: 0, skipped: 2 }],
    ['some failed', vitestReport([loaded, failing], 5, 2), 1, { passed: 5, failed: 2, skipped: 2 }],
    ['a file that does not load', vitestReport([loaded, unloadable], 5, 0), 1, { passed: 5, failed: 1, skipped: 2 }],
    ['a fault outside any test', vitestReport([loaded], 5, 0), 1, { passed: 5, failed: 1, skipped: 2 }],
    ['no report', null, 0, crashed],
    ['half a report', '{"testResults":[', 1, crashed],
  ])('vitest with %s', (_, report, code, count) => {
    expect(countVitest(report, code)).toEqual(count);
  });

  it.each([
    ['all passed', playwrightReport(3, 0, 0), 0, { passed: 3, failed: 0, skipped: 0 }],
    ['one that passed when repeated', playwrightReport(2, 0, 1), 0, { passed: 2, failed: 1, skipped: 0 }],
    ['no spec found', playwrightReport(0, 0, 0), 1, crashed],
    ['no report', null, 1, crashed],
  ])('Playwright with %s', (_, report, code, count) => {
    expect(countPlaywright(report, code)).toEqual(count);
  });
});
