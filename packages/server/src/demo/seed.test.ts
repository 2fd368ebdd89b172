import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openHub } from '../jobs/open-hub.ts';
import type { OpenHub } from '../jobs/open-hub.ts';
import { verifyFeed } from '../jobs/verify.ts';
import { createCommuneFolder } from '../ops/commune-folder.ts';
import { createLog } from '../ops/log.ts';
import { makeKeyFile, readKeyFile } from '../ops/secret.ts';
import { communeName, seedDemo, whoToBe } from './seed.ts';

const home = mkdtempSync(join(tmpdir(), 'ct-demo-'));
const place = { dataDirectory: join(home, 'hub'), keyFile: join(home, 'hub.key') };
const faults: string[] = [];
const log = createLog((line) => faults.push(line), Date.now);
let open: OpenHub;

beforeAll(async () => {
  makeKeyFile(place.keyFile);
  createCommuneFolder(place.dataDirectory, { name: communeName, isDemo: true }, readKeyFile(place.keyFile));
  await seedDemo(place, log);
  open = await openHub(place, log);
}, 180_000);

afterAll(async () => {
  await open.close();
  rmSync(home, { recursive: true, force: true });
});

it('[DEMO-1] writes a living commune whose Feed verifies, document by document', async () => {
  const counts = Map.groupBy((await open.feed.load()).documents, ({ document }) => document.split('/')[1]);
  const countOf = (kind: string): number => counts.get(kind)?.length ?? 0;
  expect(countOf('identity')).toBe(6_000);
  expect(countOf('case')).toBe(40);
  expect(countOf('intake')).toBe(41);
  expect(countOf('contact-note')).toBe(80);
  expect(['hiv', 'offence', 'carer', 'adult', 'gift', 'proposal'].map(countOf)).toEqual([2, 2, 2, 1, 1, 1]);
  expect(['access-health', 'access-identity', 'consent'].map(countOf)).toEqual([3, 1, 2]);
  expect(countOf('held-identity') + countOf('held')).toBe(1);
  expect(await verifyFeed(open.feed, open.world.crypto)).toMatchObject({ damages: [] });
  expect(faults).toEqual([]);
}, 120_000);

it('[DEMO-2] names everyone with a code that enrols, again and again', async () => {
  const table = await whoToBe(open.hub, 'http://127.0.0.1:8080/');
  const codes = [...table.matchAll(/#i=([0-9A-Z]{16})/gu)].map((match) => match[1] ?? '');
  expect(codes).toHaveLength(22);
  for (const key of [1, 2]) {
    const [signKey, sealKey] = [new Uint8Array(32).fill(key), new Uint8Array(32).fill(key + 8)];
    expect((await open.hub.enrol({ code: codes[0] ?? '', signKey, sealKey })).ok).toBe(true);
  }
});
