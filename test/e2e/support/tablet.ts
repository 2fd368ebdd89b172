import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../run/browser.mjs';

/** One person's tablet: a real Chromium with a profile of its own, that can be killed -9 and started again. */
export interface Tablet {
  readonly profile: string;
  /** The page of the app. */
  page(): Page;
  /** Starts the browser on the profile and opens `url`. */
  open(url: string): Promise<Page>;
  /** SIGKILL to the browser and all its processes. */
  kill(): Promise<void>;
  /** Ends the browser and removes the profile. */
  remove(): Promise<void>;
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=vi-VN',
  '--remote-debugging-port=0',
];

/** How a tablet's browser is started besides. */
interface TabletOptions {
  readonly flags?: readonly string[];
  /** Returns what the browser's environment has besides. */
  readonly env?: (profile: string) => Readonly<Record<string, string>>;
}

/** Returns a tablet with an empty profile, switched off. */
export function makeTablet(
  size: { readonly width: number; readonly height: number },
  { flags = [], env = () => ({}) }: TabletOptions = {},
): Tablet {
  const profile = mkdtempSync(join(tmpdir(), 'ct-tablet-'));
  const surroundings = env(profile);
  let child: ChildProcess | null = null;
  let browser: Browser | null = null;
  let page: Page | null = null;

  const kill = async (): Promise<void> => {
    const running = child;
    child = null;
    page = null;
    if (!running?.pid || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => running.once('exit', () => resolve()));
    // the browser leads its own process group: renderer, GPU and network service die with it
    process.kill(-running.pid, 'SIGKILL');
    await gone;
    await browser?.close().catch(() => undefined);
    browser = null;
  };

  return {
    profile,
    page() {
      if (!page) throw new Error('the tablet is switched off');
      return page;
    },
    async open(url) {
      const portFile = join(profile, 'DevToolsActivePort');
      rmSync(portFile, { force: true });
      const executable = findBrowser();
      if (!executable) throw new Error('no browser found');
      child = spawn(
        executable,
        [...FLAGS, ...flags, `--user-data-dir=${profile}`, `--window-size=${size.width},${size.height}`, 'about:blank'],
        {
          stdio: 'ignore',
          detached: true,
          env: { ...process.env, ...surroundings },
        },
      );
      browser = await chromium.connectOverCDP(`http://127.0.0.1:${await devToolsPort(portFile)}`);
      const context = browser.contexts()[0];
      page = context?.pages()[0] ?? null;
      if (!page) throw new Error('the browser opened no page');
      await page.setViewportSize(size);
      await page.goto(url);
      return page;
    },
    kill,
    async remove() {
      await kill();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function devToolsPort(file: string): Promise<number> {
  for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 50) {
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
    if (port > 0) return port;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the browser did not say where it listens');
}
