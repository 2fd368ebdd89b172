import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

const CLIENT = join(import.meta.dirname, '../../../packages/client');
/** What the Hub will send with the app; the gallery must live under it too. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
  "require-trusted-types-for 'script'; trusted-types vue chungtay";
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The components' gallery, built as the product is and served under a strict policy. */
export interface Gallery {
  readonly url: string;
  close(): void;
}

/** Builds the gallery into a folder of its own and serves it on a free port. */
export async function serveGallery(): Promise<Gallery> {
  const folder = mkdtempSync(join(tmpdir(), 'ct-gallery-'));
  const vite = join(CLIENT, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build', 'gallery', '-c', 'gallery/vite.config.ts', '--outDir', folder], {
    cwd: CLIENT,
    stdio: 'pipe',
  });
  const server = createServer((request, response) => {
    const asked = join(folder, new URL(request.url ?? '/', 'http://gallery').pathname);
    const file = existsSync(asked) && statSync(asked).isFile() ? asked : join(folder, 'index.html');
    response.setHeader('content-security-policy', POLICY);
    response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain');
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
