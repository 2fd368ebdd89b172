import { readFileSync } from 'node:fs';
import { MAX_LIVE_BYTES } from '@chungtay/core/doc/gate';
import { MAX_DELETE_CLIENTS, MAX_ITEMS, MAX_LIVE_PER_FIELD, MAX_UPDATE_BYTES } from '@chungtay/core/doc/update';
import { MAX_ENVELOPE_BYTES, MAX_GROUP } from '@chungtay/core/sync/envelope';
import { FRAME_LIMITS } from '@chungtay/core/wire/frames';
import { PACK_LIMITS } from '@chungtay/core/wire/pack';
import { HOLDS, REFUSALS } from '@chungtay/core/wire/refusal';
import { PROTOCOL } from '@chungtay/core/wire/version';
import { describe, expect, it } from 'vitest';
import { kindsPage } from './kinds-page.ts';

const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8').replaceAll(/\s+/gu, ' ');
const KIB = 1024;

describe('docs/protocol.md', () => {
  it.each([
    ['version', `Version **${PROTOCOL}**`],
    [
      'frames',
      `frame ${FRAME_LIMITS.maxFrameBytes / KIB} KiB, inflated ${FRAME_LIMITS.maxInflatedBytes / KIB / KIB} MiB`,
    ],
    ['envelopes', `envelope ${MAX_ENVELOPE_BYTES / KIB} KiB`],
    ['hello', `hello ${FRAME_LIMITS.maxHelloBytes / KIB} KiB and ${FRAME_LIMITS.helloWaitMs / 1000} s`],
    ['deflate', `used above ${FRAME_LIMITS.deflateAboveBytes / KIB} KiB`],
    ['groups', `at most ${MAX_GROUP}`],
    [
      'documents',
      `${MAX_ITEMS} items, ${MAX_UPDATE_BYTES.toLocaleString('en')} bytes, deletes of ${MAX_DELETE_CLIENTS} clients, ${MAX_LIVE_PER_FIELD} values of one field, ${MAX_LIVE_BYTES / KIB} KiB of live values`,
    ],
    ['packs', `at most ${PACK_LIMITS.maxDocuments} documents`],
    ['refusals', REFUSALS.map((code, number) => `${number}. \`${code}\``).join(' ')],
    ['holds', HOLDS.map((code) => `\`${code}\``).join(', ')],
  ])('[WIR-8] says the %s as the program has them', (_what, words) => {
    expect(page).toContain(words);
  });

  it('[WIR-8] leads to a page of every kind and field', async () => {
    await expect(kindsPage()).toMatchFileSnapshot('../../docs/kinds.md');
  });
});
