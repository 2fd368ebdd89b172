import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSigner } from '../auth/keys.ts';
import { createSealer } from '../auth/sealer.ts';
import { noteHead, readHeads, sealedHeadLine } from './heads-file.ts';
import { createNodeWorld } from './world.ts';

const { crypto } = createNodeWorld();
const hub = createSigner(new Uint8Array(32).fill(1));
const other = createSigner(new Uint8Array(32).fill(2));
const cursors = createSealer(new Uint8Array(32).fill(3));
const head = (seq: number) => ({ seq, hash: new Uint8Array(32).fill(seq) });
let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chungtay-'));
  path = join(folder, 'hub.heads');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the file of noted heads', () => {
  it('[AUD-3] gives back what was noted, in a file of the owner alone; without a file nothing was', async () => {
    expect(await readHeads(path, hub.publicKey, crypto, cursors)).toEqual({ noted: new Map(), strange: 0 });
    await noteHead(path, head(3), 1_772_413_200_000, hub);
    await noteHead(path, head(9), 1_772_416_800_000, hub);
    const read = await readHeads(path, hub.publicKey, crypto, cursors);
    expect([...read.noted]).toEqual([
      [3, head(3).hash],
      [9, head(9).hash],
    ]);
    expect(read.strange).toBe(0);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('[AUD-3] counts lines that this Hub did not sign, changed or from elsewhere, and believes the others', async () => {
    await noteHead(path, head(3), 1_772_413_200_000, hub);
    const [line = ''] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, '');
    for (const bad of [line.replace('"seq":3', '"seq":4'), line.replace('0303', '0304'), 'null', '{', '[]'])
      appendFileSync(path, `${bad}\n`);
    await noteHead(path, head(5), 1_772_413_200_000, other);
    await noteHead(path, head(7), 1_772_413_200_000, hub);
    const read = await readHeads(path, hub.publicKey, crypto, cursors);
    expect([[...read.noted.keys()], read.strange]).toEqual([[7], 6]);
  });

  it('[AUD-18] takes a mark from paper back, of this Hub alone, and the mark says neither the entry nor how many there are', async () => {
    const atMs = 1_772_413_200_000;
    const mark = await sealedHeadLine(head(3), atMs, hub, cursors);
    const late = await sealedHeadLine({ ...head(9), seq: 9_000_000 }, atMs, hub, cursors);
    expect(late).toHaveLength(mark.length);
    expect(await sealedHeadLine(head(3), atMs, hub, cursors)).not.toBe(mark);
    const forged = await sealedHeadLine(head(5), atMs, other, cursors);
    const foreign = await sealedHeadLine(head(5), atMs, hub, createSealer(new Uint8Array(32).fill(4)));
    writeFileSync(path, `${[mark, forged, foreign, mark.replace(`${atMs}`, `${atMs + 1}`)].join('\n')}\n`);
    const { noted, strange } = await readHeads(path, hub.publicKey, crypto, cursors);
    expect([[...noted], strange]).toEqual([[[3, head(3).hash]], 3]);
  });

  it('[AUD-3] a line that a power cut tore was never noted, and spoils none after it', async () => {
    await noteHead(path, head(3), 1_772_413_200_000, hub);
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, whole + whole.slice(0, 40));
    expect(await readHeads(path, hub.publicKey, crypto, cursors)).toMatchObject({ strange: 0 });
    await noteHead(path, head(5), 1_772_413_200_000, hub);
    const read = await readHeads(path, hub.publicKey, crypto, cursors);
    expect([[...read.noted.keys()], read.strange]).toEqual([[3, 5], 0]);
  });
});
