import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCommuneFolder } from '../ops/commune-folder.ts';
import { makeKeyFile, readKeyFile } from '../ops/secret.ts';
import type { HubPlace } from './open-hub.ts';

/** A commune's data directory and key on this machine's temporary disk. */
export interface CommuneHome {
  /** Where both lie. */
  readonly folder: string;
  readonly place: HubPlace;
  remove(): void;
}

/** Makes the data directory of a commune in which nothing has happened. */
export function makeCommuneHome(): CommuneHome {
  const folder = mkdtempSync(join(tmpdir(), 'chungtay-'));
  const place = { dataDirectory: join(folder, 'hub'), keyFile: join(folder, 'hub.key') };
  makeKeyFile(place.keyFile);
  createCommuneFolder(place.dataDirectory, { name: 'Xã Tân Thành', isDemo: false }, readKeyFile(place.keyFile));
  return { folder, place, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
