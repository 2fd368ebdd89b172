import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, makeKeyFile, readKeyFile } from '../ops/secret.ts';
import { withFolder } from '../store/samples.support.ts';
import { makeFirstSecret, openKeyRing, retireOlder, turnKeyRing } from './key-ring.ts';
import type { KeyPlace } from './key-ring.ts';

/** A KMS for tests: AES by openssl under a key that lies in the script. What an operator writes looks like it. */
const KMS = `#!/bin/sh
case "$1" in
  wrap) openssl enc -aes-256-cbc -a -A -pbkdf2 -pass pass:muoi-dinh-cua-tinh ;;
  unwrap) openssl enc -d -aes-256-cbc -a -A -pbkdf2 -pass pass:muoi-dinh-cua-tinh ;;
  *) exit 64 ;;
esac
`;

function placeIn(folder: string): KeyPlace {
  const place = { dataDirectory: join(folder, 'hub'), keyFile: join(folder, 'hub.key') };
  mkdirSync(place.dataDirectory);
  return place;
}

function program(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, 0o700);
  return path;
}

describe('the key file', () => {
  it('[HUB-12] turned, the directory opens with the new one and with both secrets until the old one is let go', () =>
    withFolder(async (folder) => {
      const place = placeIn(folder);
      makeKeyFile(place.keyFile);
      const first = readKeyFile(place.keyFile);
      const madeWith = fingerprintOf(first);
      const opened = await openKeyRing(place, madeWith);
      expect(opened).toEqual([first]);
      const turned = await turnKeyRing(place, opened);
      expect(readKeyFile(place.keyFile)).toEqual(turned[0]);
      expect(turned[1]).toEqual(first);
      expect(await openKeyRing(place, madeWith)).toEqual(turned);
      // kept for backups made before
      expect(readKeyFile(`${place.keyFile}.old-${madeWith}`)).toEqual(first);
      retireOlder(place.dataDirectory, turned);
      expect(await openKeyRing(place, madeWith)).toEqual([turned[0]]);
      renameSync(`${place.keyFile}.old-${madeWith}`, place.keyFile);
      await expect(openKeyRing(place, madeWith)).rejects.toThrow('is not the one');
    }));

  it('[HUB-12] a change of key files broken off at any step is ended at the next start, or was never begun', () =>
    withFolder(async (folder) => {
      const place = placeIn(folder);
      makeKeyFile(place.keyFile);
      const [first, oldText] = [readKeyFile(place.keyFile), readFileSync(place.keyFile, 'utf8')];
      const madeWith = fingerprintOf(first);
      // before the ring says so: the old one is still the one
      makeKeyFile(`${place.keyFile}.next`);
      expect(await openKeyRing(place, madeWith)).toEqual([first]);
      const turned = await turnKeyRing(place, [first]);
      const old = `${place.keyFile}.old-${madeWith}`;
      // after it: the old one lies aside, the new one still waits
      renameSync(place.keyFile, `${place.keyFile}.next`);
      expect(await openKeyRing(place, madeWith)).toEqual(turned);
      // after it: neither was moved yet
      renameSync(place.keyFile, `${place.keyFile}.next`);
      rmSync(old);
      writeFileSync(place.keyFile, oldText);
      expect(await openKeyRing(place, madeWith)).toEqual(turned);
      expect(readdirSync(folder).toSorted()).toEqual(['hub', 'hub.key', `hub.key.old-${madeWith}`]);
    }));

  it('[HUB-12] where no new one can be written nothing is changed', () =>
    withFolder(async (folder) => {
      const place = placeIn(folder);
      makeKeyFile(place.keyFile);
      const first = readKeyFile(place.keyFile);
      mkdirSync(join(place.dataDirectory, 'key-ring.json.new', 'in-the-way'), { recursive: true });
      await expect(turnKeyRing(place, [first])).rejects.toThrow('directory');
      expect(await openKeyRing(place, fingerprintOf(first))).toEqual([first]);
    }));

  it('[HUB-12] where the key file cannot be moved aside nothing is changed: the directory still opens, and turns later', () =>
    withFolder(async (folder) => {
      const place = placeIn(folder);
      makeKeyFile(place.keyFile);
      const first = readKeyFile(place.keyFile);
      const madeWith = fingerprintOf(first);
      const inTheWay = `${place.keyFile}.old-${madeWith}`;
      mkdirSync(inTheWay);
      await expect(turnKeyRing(place, [first])).rejects.toThrow('EISDIR');
      // what waits beside a key file in a container is lost with it
      rmSync(`${place.keyFile}.next`, { force: true });
      expect(await openKeyRing(place, madeWith)).toEqual([first]);
      rmSync(inTheWay, { recursive: true });
      const turned = await turnKeyRing(place, [first]);
      retireOlder(place.dataDirectory, turned);
      mkdirSync(`${place.keyFile}.old-${fingerprintOf(turned[0])}`);
      await expect(turnKeyRing(place, [turned[0]])).rejects.toThrow('EISDIR');
      rmSync(`${place.keyFile}.next`, { force: true });
      expect(await openKeyRing(place, madeWith)).toEqual([turned[0]]);
    }));
});

describe('the key command', () => {
  it('[HUB-12] holds the secret of a new directory, and of one that had a key file from its next rotation on', () =>
    withFolder(async (folder) => {
      const place = { ...placeIn(folder), keyCommand: program(folder, 'kms.sh', KMS) };
      const { secret, keepIn } = await makeFirstSecret(place);
      keepIn(place.dataDirectory);
      expect(await openKeyRing(place, '')).toEqual([secret]);
      expect(existsSync(place.keyFile)).toBe(false);
      const turned = await turnKeyRing(place, [secret]);
      expect(await openKeyRing(place, '')).toEqual(turned);
      for (const held of turned) expectAbsent(place.dataDirectory, held);
      await expect(openKeyRing({ ...place, keyCommand: '' }, '')).rejects.toThrow('CT_KEY_COMMAND');
    }));

  it('[HUB-12] moves a directory from its key file into the keeping of the command', () =>
    withFolder(async (folder) => {
      const place = placeIn(folder);
      makeKeyFile(place.keyFile);
      const first = readKeyFile(place.keyFile);
      const withCommand = { ...place, keyCommand: program(folder, 'kms.sh', KMS) };
      const turned = await turnKeyRing(withCommand, await openKeyRing(withCommand, fingerprintOf(first)));
      rmSync(place.keyFile);
      expect(await openKeyRing(withCommand, fingerprintOf(first))).toEqual(turned);
    }));

  it('[HUB-12] one that fails, is not there, answers nonsense, or does not wrap is refused in words', () =>
    withFolder(async (folder) => {
      const place = placeIn(folder);
      const words: readonly [name: string, text: string | null, said: string][] = [
        ['none.sh', null, 'failed (ENOENT)'],
        ['no.sh', '#!/bin/sh\nexit 3\n', 'failed (3)'],
        ['words.sh', '#!/bin/sh\necho "không mở được!"\n', 'no base64'],
        ['plain.sh', '#!/bin/sh\ncat\n', 'does not wrap'],
        ['other.sh', '#!/bin/sh\necho AAAA\n', 'does not unwrap'],
      ];
      for (const [name, text, said] of words) {
        const keyCommand = text === null ? join(folder, name) : program(folder, name, text);
        await expect(makeFirstSecret({ ...place, keyCommand })).rejects.toThrow(said);
      }
    }));
});

function expectAbsent(directory: string, secret: Uint8Array): void {
  for (const name of readdirSync(directory)) {
    const bytes = readFileSync(join(directory, name));
    for (const form of ['base64url', 'base64', 'hex'] as const)
      expect(bytes.includes(Buffer.from(secret).toString(form))).toBe(false);
  }
}
