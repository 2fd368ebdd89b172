import { afterAll, afterEach } from 'vitest';

const methods = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;
const said: string[] = [];

// A line on the console is a warning nobody reads, or a case that leaks into a log: it fails the test that wrote it.
// A test that means to see one puts its own spy on the method and asserts on it.
for (const method of methods) {
  console[method] = (...words: unknown[]) => {
    said.push(`console.${method}: ${words.map(String).join(' ')}`);
  };
}

function failIfSaid(): void {
  const lines = said.splice(0);
  if (lines.length > 0) throw new Error(`the console must stay silent in tests\n${lines.join('\n')}`);
}

afterEach(failIfSaid);
afterAll(failIfSaid);
