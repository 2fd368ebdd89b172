/** A real Hub under attack: a process of its own with its own database, an honest worker who writes on, and accounts for the attackers. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { askControl, findControl } from '@chungtay/server/http/control';
import { type HubProcess, makeHub } from '../../e2e/support/hub-process.ts';
import { Device } from '../../protocol/device.ts';
import { type Account, enrolAccount } from './account.ts';
import type { Target } from './raw-line.ts';

/** What an attack did to everybody else. */
export interface Toll {
  /** Edits of the honest worker that were acknowledged meanwhile. */
  readonly edits: number;
  readonly worstAckMs: number;
  /** The longest that the Hub's health door kept somebody waiting: how long its event loop stood still. */
  readonly worstHealthMs: number;
  readonly grownMb: number;
  /** The longest that an edit took before the attack and after it: what this machine is worth just now. */
  readonly quietMs: number;
}

/** The people of the commune, and the words that may never be in a log. */
const PEOPLE = ['--name', 'Xã Ea Wy', '--administrator', 'Lò Văn Pản', '--lead', 'Nguyễn Thị Hạnh'];
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const WARM_EDITS = 50;
const QUIET_EDITS = 5;
const SAMPLED_EVERY_MS = 25;
const EDITS_AT_LEAST = 3;

/** What nobody may suffer from an attack: half a second more than he waits on this machine when there is none, many times over. */
const WAITED = { moreMs: 500, times: 10 } as const;
const GROWN_MB = 150;

/** For tests that look at a toll: up to five runs, the least harm counts. A busy moment passes; an attack that works does so each time. */
export const REPEATED = { retry: 4 } as const;

/** Returns what of the toll is more than anybody may suffer; nothing, when all is well. `grownMb` = what the Hub may grow by meanwhile. */
export function harmIn(toll: Toll, grownMb = GROWN_MB): Partial<Toll> {
  const mostMs = WAITED.moreMs + WAITED.times * toll.quietMs;
  return {
    ...(toll.edits < EDITS_AT_LEAST ? { edits: toll.edits } : {}),
    ...(toll.worstAckMs > mostMs ? { worstAckMs: toll.worstAckMs, quietMs: toll.quietMs } : {}),
    ...(toll.worstHealthMs > mostMs ? { worstHealthMs: toll.worstHealthMs, quietMs: toll.quietMs } : {}),
    ...(toll.grownMb > grownMb ? { grownMb: toll.grownMb } : {}),
  };
}

/** Returns an id as a device makes one. */
export function newUlid(): string {
  return `0${[...randomBytes(25)].map((byte) => CROCKFORD.charAt(byte & 31)).join('')}`;
}

/** See the file's head. */
export class Commune {
  readonly hub: HubProcess;
  readonly #codes: readonly string[];
  readonly honest: { readonly administratorCode: string; readonly lead: Device };
  readonly #child = `${newUlid()}/identity`;
  #told: string[] = [];

  private constructor(hub: HubProcess, codes: readonly string[], lead: Device) {
    this.hub = hub;
    this.#codes = codes;
    this.honest = { administratorCode: codes[0] ?? '', lead };
    this.keepSecret('Lò Văn', 'Nguyễn Thị', 'Ea Wy', 'Vừ A', ...codes);
  }

  /** Founds it, starts its Hub and lets the lead work for a while. */
  static async found(env: Readonly<Record<string, string>> = {}): Promise<Commune> {
    const hub = makeHub({ CT_MAX_CONNECTIONS_PER_IP: '600', ...env });
    const codes = [...hub.ct('init', ...PEOPLE).matchAll(/#i=([0-9A-Z]{16})/gu)].map(([, code]) => code ?? '');
    await hub.start();
    const lead = await Device.enrol(`http://127.0.0.1:${hub.port()}`, codes[1] ?? '');
    await lead.connect();
    const commune = new Commune(hub, codes, lead);
    for (let at = 0; at < WARM_EDITS; at += 1) await commune.work();
    return commune;
  }

  /** Where the Hub is. */
  get url(): string {
    return `http://127.0.0.1:${this.hub.port()}`;
  }

  /** Returns the Hub as a target, from another address of this machine when one is named. */
  target(from?: string): Target {
    return { port: this.hub.port(), ...(from === undefined ? {} : { from }) };
  }

  /** Has a verb of the command line done by the Hub. */
  async office(verb: string, ask: unknown): Promise<Record<string, unknown>> {
    const control = findControl(this.hub.dataDirectory);
    if (!control) throw new Error('the Hub left no word for the command line');
    return askControl(control, verb, ask);
  }

  /** Appoints a collaborator and returns the code. */
  async invite(role = 'collaborator'): Promise<string> {
    const places = role === 'teacher' ? { villages: [], schools: ['*'] } : { villages: ['*'], schools: [] };
    const { code, problem } = await this.office('invite', { name: 'Vừ A Sùng', role, ...places });
    if (typeof code !== 'string') throw new Error(`no invitation: ${JSON.stringify(problem)}`);
    this.keepSecret(code);
    return code;
  }

  /** Appoints somebody and enrols his device. */
  async account(role?: string): Promise<Account> {
    const account = await enrolAccount(this.url, await this.invite(role));
    this.keepSecret(account.self.device);
    return account;
  }

  /** Enrols the administrator's device. */
  administrator(): Promise<Account> {
    return enrolAccount(this.url, this.#codes[0] ?? '');
  }

  /** Names words that may not be in the Hub's log. */
  keepSecret(...words: readonly string[]): void {
    this.#told.push(...words);
  }

  /** Returns those of the secret words that are in the Hub's log, and every line of it that tells of a fault. */
  leaks(): readonly string[] {
    const log = this.hub.log();
    // its first lines name the commune to whoever started it
    const lines = log.split('\n').filter((line) => line.startsWith('{'));
    const faults = lines.filter((line) => line.includes('"fault"'));
    return [...faults, ...this.#told.filter((word) => lines.some((line) => line.includes(word)))];
  }

  /** One honest edit, acknowledged; returns how long that took. */
  async work(): Promise<number> {
    const startedAtMs = performance.now();
    const { verdict } = await this.honest.lead.write(this.#child, { village: 'thon-1', name: `Vừ A ${newUlid()}` });
    if (verdict !== 'stored') throw new Error(`an honest edit was ${verdict}`);
    return performance.now() - startedAtMs;
  }

  /** What the Hub's process occupies, in megabytes. */
  residentMb(): number {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${this.hub.pid()}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1024;
  }

  /** Runs an attack while the honest worker works, and returns what that cost him and the Hub. */
  async under(attack: () => Promise<unknown>): Promise<Toll> {
    const quietBeforeMs = await this.#quietMs();
    const before = this.residentMb();
    let most = before;
    const sampling = setInterval(() => (most = Math.max(most, this.residentMb())), SAMPLED_EVERY_MS);
    let isOver = false;
    const acks = this.#again(
      EDITS_AT_LEAST,
      () => isOver,
      () => this.work(),
    );
    const waits = this.#again(
      EDITS_AT_LEAST,
      () => isOver,
      () => this.#knock(),
    );
    try {
      await attack();
    } finally {
      isOver = true;
      clearInterval(sampling);
    }
    const [acked, waited] = await Promise.all([acks, waits]);
    most = Math.max(most, this.residentMb());
    return {
      edits: acked.length,
      worstAckMs: Math.max(...acked),
      worstHealthMs: Math.max(...waited),
      grownMb: most - before,
      quietMs: Math.max(quietBeforeMs, await this.#quietMs()),
    };
  }

  /** Ends it, with everything it kept. */
  async end(): Promise<void> {
    await this.honest.lead.leave();
    await this.hub.remove();
  }

  async #quietMs(): Promise<number> {
    const took: number[] = [];
    for (let at = 0; at < QUIET_EDITS; at += 1) took.push(await this.work());
    return Math.max(...took);
  }

  async #knock(): Promise<number> {
    const startedAtMs = performance.now();
    const answer = await fetch(`${this.url}/health`);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`the Hub is unwell: ${answer.status}`);
    return performance.now() - startedAtMs;
  }

  async #again(atLeast: number, isOver: () => boolean, once: () => Promise<number>): Promise<readonly number[]> {
    const took: number[] = [];
    while (!isOver() || took.length < atLeast) took.push(await once());
    return took;
  }
}
