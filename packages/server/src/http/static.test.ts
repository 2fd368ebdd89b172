import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { withFolder } from '../store/samples.support.ts';
import { securityHeaders } from './headers.ts';
import { loadClientFiles } from './static.ts';
import type { ClientFiles } from './static.ts';

const PLAIN = { acceptsGzip: false, held: undefined };
const SCRIPT = 'console.log("Chung Tay");'.repeat(100);

async function withClient(use: (files: ClientFiles) => void): Promise<void> {
  await withFolder(async (folder) => {
    const dist = join(folder, 'dist');
    mkdirSync(join(dist, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    writeFileSync(join(dist, 'index.html'), '<!doctype html>');
    writeFileSync(join(dist, 'sw.js'), SCRIPT);
    writeFileSync(join(dist, '.vite.json'), '{}');
    writeFileSync(join(dist, 'assets/main-BxY12_-z.js'), SCRIPT);
    use(loadClientFiles(dist));
    await Promise.resolve();
  });
}

describe('the client files', () => {
  it('[HUB-7] hashed files are kept for ever, all others asked again each time and answered 304', async () => {
    await withClient((files) => {
      const asset = files.answer('/assets/main-BxY12_-z.js', PLAIN);
      expect(asset?.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(asset?.headers['content-type']).toBe('text/javascript; charset=utf-8');
      for (const path of ['/sw.js', '/', '/index.html']) {
        const answer = files.answer(path, PLAIN);
        expect(answer?.headers['cache-control']).toBe('no-cache');
        expect(files.answer(path, { ...PLAIN, held: String(answer?.headers['etag']) })?.status).toBe(304);
      }
    });
  });

  it('[HUB-7] text travels compressed to whoever takes it so', async () => {
    await withClient((files) => {
      const zipped = files.answer('/sw.js', { ...PLAIN, acceptsGzip: true });
      expect(zipped?.headers['content-encoding']).toBe('gzip');
      expect(gunzipSync(zipped?.body as Uint8Array).toString()).toBe(SCRIPT);
      expect(files.answer('/sw.js', PLAIN)?.headers['content-encoding']).toBeUndefined();
    });
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/.vite.json',
    '//secret.txt',
    '/assets',
    '/C:/x',
  ])('[HUB-7] %s leads nowhere', async (path) => {
    await withClient((files) => expect(files.answer(path, PLAIN)).toBeNull());
  });

  it('[HUB-7] without a build the page says what to run', async () => {
    await withFolder(async (folder) => {
      const answer = loadClientFiles(folder).page(PLAIN);
      expect(answer.status).toBe(503);
      expect(answer.body).toContain('npm start');
      await Promise.resolve();
    });
  });
});

describe('the headers', () => {
  it('[HUB-7] scripts, frames and addresses are the Hub alone', () => {
    const policy = String(securityHeaders(['https://tre-em.xa.vn'])['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).toContain("connect-src 'self' wss://tre-em.xa.vn;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types vue chungtay");
    expect(policy).not.toContain('unsafe-inline');
  });

  it('[HUB-7] browsers are told to stay on https only where it is served', () => {
    expect(securityHeaders(['https://a.vn'])['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(securityHeaders(['http://127.0.0.1:8080'])['strict-transport-security']).toBeUndefined();
  });
});
