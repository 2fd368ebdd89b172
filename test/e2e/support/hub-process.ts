import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE, ROOT } from '../../../packages/server/bin/ensure.mjs';

/** A real Hub process on a data directory of its own. */
export interface HubProcess {
  readonly dataDirectory: string;
  /** The port it listens on now. */
  port(): number;
  /** The operating system's number of the process; 0 while none runs. */
  pid(): number;
  start(): Promise<void>;
  /** Says whether its process lives. */
  isRunning(): boolean;
  /** kill -9, at once. */
  kill(): Promise<void>;
  /** SIGTERM: the graceful way; resolves to the exit code. */
  stop(): Promise<number | null>;
  /** Runs `ct <verb>` on the same data directory; returns its stdout. Throws with its stderr when it fails. */
  ct(...words: readonly string[]): string;
  /** Everything it printed, both streams. */
  log(): string;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** Returns a Hub that is not started yet; `env` adds settings, or says them of the folder in which the Hub keeps everything. */
export function makeHub(env: Environment | ((home: string) => Environment) = {}): HubProcess {
  const home = mkdtempSync(join(tmpdir(), 'ct-e2e-'));
  const dataDirectory = join(home, 'hub');
  // the tests have settings of their own (CT_BROWSER), which a Hub rightly refuses
  const surroundings = Object.entries(process.env).filter(([name]) => !name.startsWith('CT_'));
  const settings = {
    ...Object.fromEntries(surroundings),
    CT_DATA_DIR: dataDirectory,
    ...(typeof env === 'function' ? env(home) : env),
  };
  let child: ChildProcess | null = null;
  let port = 0;
  let log = '';

  const ended = (running: ChildProcess): Promise<number | null> =>
    running.exitCode !== null || running.signalCode !== null
      ? Promise.resolve(running.exitCode)
      : new Promise((resolve) => running.once('exit', (code) => resolve(code)));

  const start = async (): Promise<void> => {
    const running = spawn(NODE, [join(ROOT, 'packages/server/src/main.ts')], {
      env: { ...settings, CT_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = running;
    for (const stream of [running.stdout, running.stderr])
      stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const seen = log.length;
    for (let waitedMs = 0; waitedMs < 90_000; waitedMs += 50) {
      if (running.exitCode !== null) throw new Error(`the Hub ended at start:\n${log.slice(seen)}`);
      const told = /http:\/\/127\.0\.0\.1:(\d+)/u.exec(log.slice(seen));
      if (told && (await isHealthy(Number(told[1])))) {
        port = Number(told[1]);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the Hub did not start:\n${log.slice(seen)}`);
  };

  const halt = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!child) return null;
    child.kill(signal);
    const code = await ended(child);
    child = null;
    return code;
  };

  return {
    dataDirectory,
    port: () => port,
    pid: () => child?.pid ?? 0,
    start,
    isRunning: () => child !== null && child.exitCode === null && child.signalCode === null,
    kill: async () => void (await halt('SIGKILL')),
    stop: () => halt('SIGTERM'),
    ct(...words) {
      const done = spawnSync(NODE, [join(ROOT, 'packages/server/src/cli/main.ts'), ...words], {
        env: settings,
        encoding: 'utf8',
      });
      if (done.status !== 0) throw new Error(`ct ${words[0]} ended with ${done.status}:\n${done.stderr}`);
      return done.stdout;
    },
    log: () => log,
    async remove() {
      await halt('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health`)).ok;
  } catch {
    return false;
  }
}
