// Reads what the test runners report as JSON. A runner that ended badly without naming a failed test counts as one failure.

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * Returns the count of a runner that is one test by itself.
 * @param {number} code its exit code
 * @returns {Count}
 */
export function countOne(code) {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * Returns vitest's count; a file that could not even be loaded is one failure.
 * @param {string | null} report what the JSON reporter wrote, null when it wrote nothing
 * @param {number} code
 * @returns {Count}
 */
export function countVitest(report, code) {
  const told = parsed(report);
  if (told === null) return countOne(1);
  /** @type {readonly { status: string, assertionResults: readonly { status: string }[] }[]} */
  const files = told.testResults;
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((result) => result.status === 'failed'),
  );
  return blamed(
    {
      passed: told.numPassedTests,
      failed: told.numFailedTests + broken.length,
      skipped: told.numPendingTests + told.numTodoTests,
    },
    code,
  );
}

/**
 * Returns Playwright's count; a test that passed only when repeated has failed.
 * @param {string | null} report
 * @param {number} code
 * @returns {Count}
 */
export function countPlaywright(report, code) {
  const told = parsed(report);
  if (told === null) return countOne(1);
  const { expected, unexpected, flaky, skipped } = told.stats;
  return blamed({ passed: expected, failed: unexpected + flaky, skipped }, code);
}

/** @param {Count} count @param {number} code @returns {Count} */
function blamed(count, code) {
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/** @param {string | null} report */
function parsed(report) {
  try {
    return JSON.parse(report ?? '');
  } catch {
    return null;
  }
}
