/** The Hub's process: settings, data directory, doors; then the address. SIGINT and SIGTERM drain it. */
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { exit, env, argv, stderr, stdout } from 'node:process';
import type { Hub } from '@chungtay/core/sync/hub';
import { describeConfig, isLoopback, parseConfig } from './config.ts';
import type { Config } from './config.ts';
import { openControl } from './http/control.ts';
import { openDoors } from './http/doors.ts';
import { startCheckups } from './jobs/checkups.ts';
import { performOn } from './jobs/office.ts';
import { openHub } from './jobs/open-hub.ts';
import type { HubPlace, OpenHub } from './jobs/open-hub.ts';
import { createOffice } from './jobs/run-office.ts';
import { DirectoryUnusable, createCommuneFolder, isEmptyDirectory } from './ops/commune-folder.ts';
import { wordsOf } from './ops/failure-words.ts';
import { lockDirectory } from './ops/lock.ts';
import { createLog } from './ops/log.ts';
import type { Log } from './ops/log.ts';
import { makeKeyFile, readKeyFile } from './ops/secret.ts';

/** How the process ends. */
const EXIT = { drained: 0, failed: 1, misused: 2, broken: 70 } as const;
const STOP_WITHIN_MS = 5_000;
const DOORS_WITHIN_MS = 2_000;
const DEMO = new URL('demo/seed.ts', import.meta.url).href;

/** What `demo/seed.ts` offers. */
interface Demo {
  readonly communeName: string;
  /** Writes the invented commune into an empty data directory, through real admission; opens and closes the Hub itself. */
  seedDemo(place: HubPlace, log: Log): Promise<void>;
  /** Returns the table of who to sign in as, with reusable codes made just now. */
  whoToBe(hub: Hub, url: string): Promise<string>;
}

const log = createLog((line) => stderr.write(line), Date.now);

async function run(config: Config): Promise<void> {
  if (config.isDemoWanted && isEmptyDirectory(config.dataDirectory)) await makeDemo(config);
  const open = await openHub(config, log);
  refuseOpenDemo(open, config);
  const checkups = startCheckups(open, config.verifyAfterMs, log);
  const doors = await openDoors(open, config, log, { version: version(), soundness: checkups.soundness });
  const closeControl = await openControl(config.dataDirectory, performOn(createOffice(open)));
  const stop = once(async () => {
    log.note('draining');
    setTimeout(() => exit(EXIT.failed), STOP_WITHIN_MS).unref();
    closeControl();
    checkups.stop();
    // sessions first: what they sent is committed and answered before the doors are shut
    await open.hub.drain();
    await doors.close(DOORS_WITHIN_MS);
    await open.noteHead().catch((error: unknown) => log.fault(error));
    await open.close();
    exit(EXIT.drained);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop().catch(fail));
  stdout.write(`Chung Tay: ${open.commune.name}\n${doors.urls.map((url) => `  ${url}\n`).join('')}`);
  if (open.commune.isDemo) stdout.write(await (await loadDemo()).whoToBe(open.hub, doors.urls[0] ?? ''));
}

/** Makes the demo commune aside and puts it in place whole: one that was interrupted is begun again. */
async function makeDemo({ dataDirectory, keyFile, headsFile }: Config): Promise<void> {
  const demo = await loadDemo();
  const aside = `${dataDirectory}.new`;
  // another process may be at it
  if (existsSync(aside)) lockDirectory(aside).release();
  rmSync(aside, { recursive: true, force: true });
  makeKeyFile(keyFile);
  createCommuneFolder(aside, { name: demo.communeName, isDemo: true }, readKeyFile(keyFile));
  stderr.write('Making the demo commune …\n');
  await demo.seedDemo({ dataDirectory: aside, keyFile }, log);
  // those of the demo before it
  rmSync(headsFile, { force: true });
  rmSync(dataDirectory, { recursive: true, force: true });
  renameSync(aside, dataDirectory);
}

/** Demo invitations can be used again and again: nobody but this machine may reach them. */
function refuseOpenDemo({ commune }: OpenHub, config: Config): void {
  if (commune.isDemo && (!isLoopback(config.host) || config.isBehindProxy || config.publicUrls.length > 0)) {
    throw new DirectoryUnusable(`${config.dataDirectory} holds a demo commune: it is served to this machine alone.`);
  }
}

/** Loaded for a demo commune alone: a Hub at work never reads it. */
async function loadDemo(): Promise<Demo> {
  return (await import(DEMO)) as Demo;
}

function version(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}

function once(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => (running ??= task());
}

/** Says in words why the Hub is not running: what an operator can do something about has a name of its own. */
function fail(error: unknown): never {
  stderr.write(`${wordsOf(error)}\n`);
  exit(EXIT.failed);
}

/** A Fault that nobody caught: memory cannot be trusted any more, and everything acknowledged is on disk. */
function breakDown(logger: Log): (error: unknown) => void {
  return (error) => {
    logger.fault(error);
    exit(EXIT.broken);
  };
}

process.umask(0o077);
process.on('uncaughtException', breakDown(log));
process.on('unhandledRejection', breakDown(log));

if (argv.includes('--help')) {
  stdout.write(describeConfig());
} else if (argv.length > 2) {
  stderr.write(
    `“${argv.slice(2).join(' ')}” is not understood. Settings come from the environment: --help lists them.\n`,
  );
  exit(EXIT.misused);
} else {
  const config = parseConfig(env);
  if (config.ok) run(config.value).catch(fail);
  else {
    stderr.write(`${config.error.join('\n')}\n`);
    exit(EXIT.misused);
  }
}
