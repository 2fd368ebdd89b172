/** A process of its own: each server and each device, so that what one uses is not counted for the other. */
import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Usage } from './answer.ts';

interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** How a child is started. */
export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
  /** Where it leaves its CPU profile when it ends; null = it writes none. */
  readonly profileFolder?: string | null;
  readonly words?: readonly string[];
}

const NODE_OPTIONS = ['--max-old-space-size=4096', '--expose-gc', '--disable-warning=ExperimentalWarning'];
const PATIENCE_MS = 10_000;

/** A running child that answers calls. */
export class Child {
  readonly #fork: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #said = '';

  constructor(module: string, { env = {}, nodeOptions = [], profileFolder = null, words = [] }: ChildOptions = {}) {
    this.#fork = fork(module, words, {
      env: { ...process.env, ...env },
      execArgv: [...NODE_OPTIONS, ...nodeOptions, ...profileOptions(profileFolder)],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#fork.on('message', (reply) => this.#settle(reply as Reply));
    this.#fork.on('exit', (code, signal) => this.#abandon(`${module} ended with ${code ?? signal}\n${this.#said}`));
    this.#fork.stdout?.on('data', (bytes) => this.#remember(String(bytes)));
    this.#fork.stderr?.on('data', (bytes) => this.#remember(String(bytes)));
  }

  /** Returns what the child answered; rejects when it failed or ended first. */
  call<T>(name: string, argument: unknown = null): Promise<T> {
    const id = (this.#lastId += 1);
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#fork.send({ id, name, argument }, (error) => error && reject(error));
    });
  }

  /** Returns what the child has used since it began. */
  usage(): Promise<Usage> {
    return this.call<Usage>('usage');
  }

  /** Returns the first match of `pattern` in what the child has written, as soon as it is there. */
  async said(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#said);
      if (match) return match;
      if (this.#hasEnded) throw new Error(`ended without saying ${pattern}\n${this.#said}`);
      // the end of the process closes its output too, so this never waits for ever
      await Promise.race([once(this.#fork.stdout!, 'data'), once(this.#fork, 'exit')]);
    }
  }

  /** Returns the same once its garbage is collected. */
  collected(): Promise<Usage> {
    return this.call<Usage>('collected');
  }

  /** Keeps the child and all its threads on one core; where the machine cannot, it says so and goes on. */
  pinToOneCore(): void {
    const { status } = spawnSync('taskset', ['-a', '-p', '-c', '0', String(this.#fork.pid)]);
    if (status !== 0) console.error('taskset is not here: more than one core was used');
  }

  /** Kills the child and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.#hasEnded) return;
    const gone = once(this.#fork, 'exit');
    this.#fork.kill('SIGKILL');
    await gone;
  }

  /** Ends the child and waits until it is gone: asked by `signal`, or by hanging up, and killed when it does not listen. */
  async stop(signal: 'SIGTERM' | null = null): Promise<void> {
    if (this.#hasEnded) return;
    const gone = once(this.#fork, 'exit');
    if (signal) this.#fork.kill(signal);
    else this.#fork.disconnect();
    const impatient = setTimeout(() => this.#fork.kill('SIGKILL'), PATIENCE_MS);
    await gone;
    clearTimeout(impatient);
  }

  get #hasEnded(): boolean {
    return this.#fork.exitCode !== null || this.#fork.signalCode !== null;
  }

  #remember(text: string): void {
    this.#said = (this.#said + text).slice(-4_000);
  }

  #settle({ id, result, error }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result as never);
    else waiting?.reject(new Error(error));
  }

  #abandon(why: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }
}

function profileOptions(folder: string | null): readonly string[] {
  return folder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}
