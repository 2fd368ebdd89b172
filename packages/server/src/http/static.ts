import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Answer } from './answer.ts';
import { inWords } from './answer.ts';

/** The built client, held in memory: a path that is not among its files cannot be asked for, however it is spelled. */
export interface ClientFiles {
  /** Returns the answer to a GET of `path`, or null when there is no such file. */
  answer(path: string, ask: FileAsk): Answer | null;
  /** Returns the page for a path that the client itself routes. */
  page(ask: FileAsk): Answer;
}

/** What a request says about the copy it wants. */
export interface FileAsk {
  readonly acceptsGzip: boolean;
  /** The ETag that the browser holds. */
  readonly held: string | undefined;
}

interface ClientFile {
  readonly type: string;
  readonly caching: string;
  readonly etag: string;
  readonly bytes: Uint8Array;
  /** null when it does not shrink. */
  readonly gzip: Uint8Array | null;
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.wasm', 'application/wasm'],
  ['.txt', 'text/plain; charset=utf-8'],
]);
const COMPRESSIBLE = /^(?:text|application\/(?:json|manifest|wasm)|image\/svg)/u;
const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/u;
const FOR_EVER = 'public, max-age=31536000, immutable';
// asked again each time, answered 304: a new build must be found at once
const ASK_AGAIN = 'no-cache';
const GZIP_ABOVE_BYTES = 512;

/** Returns the files of a built client, read once. An absent or unfinished build is answered in words. Rule HUB-7. */
export function loadClientFiles(folder: string): ClientFiles {
  const files = new Map<string, ClientFile>();
  if (existsSync(join(folder, 'index.html'))) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const type = TYPES.get(extname(entry.name));
      const url = path.slice(folder.length).replaceAll('\\', '/');
      if (entry.isFile() && type !== undefined && !url.includes('/.')) files.set(url, readClientFile(path, url, type));
    }
  }
  const page = files.get('/index.html');
  return {
    answer(path, ask) {
      const file = files.get(path === '/' ? '/index.html' : path);
      return file ? answerOf(file, ask) : null;
    },
    page: (ask) =>
      page
        ? answerOf(page, ask)
        : inWords(503, 'Ứng dụng chưa được dựng. Chạy: npm start\nThe client is not built yet. Run: npm start'),
  };
}

function readClientFile(path: string, url: string, type: string): ClientFile {
  const bytes = readFileSync(path);
  const zipped = COMPRESSIBLE.test(type) && bytes.length > GZIP_ABOVE_BYTES ? gzipSync(bytes, { level: 9 }) : null;
  return {
    type,
    caching: HASHED.test(url) ? FOR_EVER : ASK_AGAIN,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    bytes,
    gzip: zipped && zipped.length < bytes.length ? zipped : null,
  };
}

function answerOf(file: ClientFile, { acceptsGzip, held }: FileAsk): Answer {
  const headers = {
    'content-type': file.type,
    'cache-control': file.caching,
    etag: file.etag,
    vary: 'accept-encoding',
  };
  if (held === file.etag) return { status: 304, headers, body: '' };
  if (!acceptsGzip || !file.gzip) return { status: 200, headers, body: file.bytes };
  return { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: file.gzip };
}
