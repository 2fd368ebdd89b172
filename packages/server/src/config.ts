import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { err, ok } from '@chungtay/core/base/result';
import type { Result } from '@chungtay/core/base/result';

/** One setting: how it is named, read, explained. A parser returns null for what it cannot read. */
interface Option<T> {
  readonly env: string;
  readonly parse: (text: string) => T | null;
  readonly fallback: string;
  /** What a good value looks like, for the list of problems. */
  readonly form: string;
  readonly about: string;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const OPTIONS = {
  dataDirectory: option(
    'CT_DATA_DIR',
    pathOf,
    '.data/demo',
    'a folder',
    'Where the Hub keeps everything. The default is a demo commune.',
  ),
  demo: option(
    'CT_DEMO',
    demoOf,
    '',
    '0 or 1',
    'Whether an empty CT_DATA_DIR becomes the demo commune. Default: yes while CT_DATA_DIR is not given.',
  ),
  keyFile: option(
    'CT_KEY_FILE',
    (text) => (text === '' ? '' : pathOf(text)),
    '',
    'a file',
    'Secret that opens the data directory; keep it elsewhere. Default: <CT_DATA_DIR>.key',
  ),
  keyCommand: option(
    'CT_KEY_COMMAND',
    (text) => (text === '' ? '' : pathOf(text)),
    '',
    'a program',
    'Wraps and unwraps the secret instead of a key file, as `PROGRAM wrap` and `PROGRAM unwrap`, base64 in and out: the way to a KMS.',
  ),
  headsFile: option(
    'CT_HEADS_FILE',
    (text) => (text === '' ? '' : pathOf(text)),
    '',
    'a file',
    'Where heads of the audit chain are noted each hour; best on another disk. Default: <CT_DATA_DIR>.heads',
  ),
  verifyAfterMs: option(
    'CT_VERIFY_AFTER_MS',
    numberIn(0, 86_400_000),
    '900000',
    'milliseconds 0–86400000',
    'How long after the start the Hub first verifies all it holds; then each night.',
  ),
  clientFolder: option('CT_CLIENT_DIR', pathOf, 'packages/client/dist', 'a folder', 'The built client that is served.'),
  host: option('CT_HOST', wordOf, '127.0.0.1', 'an address of this machine', 'Address to listen on.'),
  port: option('CT_PORT', numberIn(0, 65_535), '8080', 'a number 0–65535', 'Port to listen on; 0 takes a free one.'),
  publicUrls: option(
    'CT_PUBLIC_URL',
    originsOf,
    '',
    'origins such as https://tre-em.xa.vn, parted by commas',
    'Where browsers find the Hub; pages from elsewhere are refused. The loopback is always allowed when listening there.',
  ),
  isBehindProxy: option(
    'CT_BEHIND_PROXY',
    flagOf,
    '0',
    '0 or 1',
    'A reverse proxy in front sets X-Forwarded-For; its last address is the caller.',
  ),
  maxConnections: option(
    'CT_MAX_CONNECTIONS',
    numberIn(1, 100_000),
    '4096',
    'a number 1–100000',
    'Open sockets in all.',
  ),
  maxConnectionsPerIp: option(
    'CT_MAX_CONNECTIONS_PER_IP',
    numberIn(1, 100_000),
    '1024',
    'a number 1–100000',
    'Open sockets of one address: a whole commune may share one.',
  ),
  enrolmentsPerMinute: option(
    'CT_ENROLMENTS_PER_MINUTE',
    numberIn(1, 100_000),
    '60',
    'a number 1–100000',
    'Tries to enrol per minute and address; five times as many in all.',
  ),
  pingEveryMs: option(
    'CT_PING_EVERY_MS',
    numberIn(100, 600_000),
    '30000',
    'milliseconds 100–600000',
    'How often a silent socket is asked whether it lives.',
  ),
} as const;

/** The settings of the Hub, read once at the start and passed down. */
export type Config = {
  readonly [Name in keyof typeof OPTIONS]: (typeof OPTIONS)[Name] extends Option<infer T> ? T : never;
} & {
  /** Whether an empty data directory is seeded with the demo commune. */
  readonly isDemoWanted: boolean;
};

/**
 * Returns the settings in `env`, or every problem at once, in words. An unknown CT_… name is a problem: a typing error must not
 * silently leave a default in force. Rule HUB-1.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Result<Config, readonly string[]> {
  const options = Object.entries(OPTIONS) as [keyof typeof OPTIONS, Option<unknown>][];
  const known = new Set(options.map(([, { env: name }]) => name));
  const problems = Object.keys(env)
    .filter((name) => name.startsWith('CT_') && !known.has(name))
    .map((name) => `${name} is not a setting. --help lists them.`);
  const values = options.map(([name, { env: variable, parse, fallback, form }]) => {
    const value = parse(env[variable] ?? fallback);
    if (value === null) problems.push(`${variable} should be ${form}.`);
    return [name, value] as const;
  });
  const given = Object.fromEntries(values) as Omit<Config, 'isDemoWanted'>;
  const config: Config = {
    ...given,
    keyFile: given.keyFile === '' ? `${given.dataDirectory}.key` : given.keyFile,
    headsFile: given.headsFile === '' ? `${given.dataDirectory}.heads` : given.headsFile,
    isDemoWanted: given.demo === 'default' ? env[OPTIONS.dataDirectory.env] === undefined : given.demo === 'yes',
  };
  if (problems.length === 0) problems.push(...contradictionsOf(config));
  return problems.length > 0 ? err(problems) : ok(config);
}

/** Says whether an address is this machine alone. */
export function isLoopback(host: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/u.test(host);
}

function contradictionsOf(config: Config): readonly string[] {
  const problems: string[] = [];
  if (config.keyFile.startsWith(config.dataDirectory + sep)) {
    problems.push('CT_KEY_FILE should lie outside CT_DATA_DIR: whoever copies one must not get the other.');
  }
  if (config.keyCommand.startsWith(config.dataDirectory + sep)) {
    problems.push('CT_KEY_COMMAND should lie outside CT_DATA_DIR: whoever copies one must not get the other.');
  }
  if (config.headsFile.startsWith(config.dataDirectory + sep)) {
    problems.push('CT_HEADS_FILE should lie outside CT_DATA_DIR: whoever changes one must not reach the other.');
  }
  if (!isLoopback(config.host) && config.publicUrls.length === 0) {
    problems.push('CT_PUBLIC_URL is needed when CT_HOST is not the loopback: browsers send where a page came from.');
  }
  if (!isLoopback(config.host) && config.isDemoWanted) {
    problems.push(
      'CT_DATA_DIR is needed when CT_HOST is not the loopback, and no CT_DEMO=1: the demo commune stays on this machine.',
    );
  }
  return problems;
}

/** Returns the explanation of every setting, for `--help` and the operator's manual. */
export function describeConfig(): string {
  const lines = Object.values(OPTIONS).map(
    ({ env, fallback, form, about }) =>
      `  ${env}\n      ${about}\n      ${form}; default: ${fallback === '' ? 'none' : fallback}`,
  );
  return `Settings, from the environment:\n\n${lines.join('\n\n')}\n`;
}

function option<T>(
  env: string,
  parse: (text: string) => T | null,
  fallback: string,
  form: string,
  about: string,
): Option<T> {
  return { env, parse, fallback, form, about };
}

/** Paths count from the repository's folder, so that a command means the same wherever it is typed. */
function pathOf(text: string): string | null {
  return text === '' ? null : resolve(ROOT, text);
}

function wordOf(text: string): string | null {
  return /^[\w.:-]+$/u.test(text) ? text : null;
}

function flagOf(text: string): boolean | null {
  return text === '1' ? true : text === '0' ? false : null;
}

function demoOf(text: string): 'default' | 'yes' | 'no' | null {
  if (text === '') return 'default';
  return text === '1' ? 'yes' : text === '0' ? 'no' : null;
}

function numberIn(least: number, most: number): (text: string) => number | null {
  return (text) => {
    const value = /^\d{1,9}$/u.test(text) ? Number(text) : -1;
    return value >= least && value <= most ? value : null;
  };
}

function originsOf(text: string): readonly string[] | null {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const origins = parts.map((part) => {
    const url = URL.parse(part);
    return url && /^https?:$/u.test(url.protocol) && url.pathname === '/' && url.search === '' ? url.origin : null;
  });
  return origins.every((origin) => origin !== null) ? origins : null;
}
