import { newDirectory } from '@chungtay/core/model/directory';
import { EVERYWHERE } from '@chungtay/core/model/principal';
import type { Role } from '@chungtay/core/model/role';
import { makeFirstSecret } from '../auth/key-ring.ts';
import type { Config } from '../config.ts';
import { readName } from '../jobs/name.ts';
import type { OfficeAnswer } from '../jobs/office.ts';
import { openHub } from '../jobs/open-hub.ts';
import { DirectoryUnusable, createCommuneFolder, isEmptyDirectory } from '../ops/commune-folder.ts';
import type { Log } from '../ops/log.ts';
import { makeOwnerFolder } from '../ops/owner-only.ts';

/** A commune to be set up. */
export interface NewCommune {
  readonly name: string;
  readonly province: string | null;
  readonly administrator: string;
  readonly lead: string;
}

/** Makes a commune: key file, data directory, the directory's first content, and invitations for its first two people. */
export async function initCommune(
  config: Config,
  log: Log,
  asked: NewCommune,
): Promise<readonly { readonly name: string; readonly invited: OfficeAnswer }[]> {
  const [name, administrator, lead] = [asked.name, asked.administrator, asked.lead].map(readName);
  const province = asked.province === null ? null : readName(asked.province);
  if (!name || !administrator || !lead || (asked.province !== null && !province))
    throw new DirectoryUnusable('Every name needs 1 to 120 characters.');
  // nothing is left behind where no commune can be made
  if (isEmptyDirectory(config.dataDirectory)) makeOwnerFolder(config.dataDirectory);
  const { secret, keepIn } = await makeFirstSecret(config);
  createCommuneFolder(config.dataDirectory, { name, isDemo: false }, secret);
  keepIn(config.dataDirectory);
  const open = await openHub(config, log);
  try {
    await open.directory.write(newDirectory({ name, ...(province === null ? {} : { province }) }));
    const invite = async (person: string, role: Role): Promise<{ name: string; invited: OfficeAnswer }> => {
      const places = role === 'lead' ? [EVERYWHERE] : [];
      const appointment = { name: person, role, villages: places, schools: places, namedFor: [], untilMs: null };
      return { name: person, invited: { ...(await open.hub.invite(appointment, { by: 'command-line' })) } };
    };
    return [await invite(administrator, 'administrator'), await invite(lead, 'lead')];
  } finally {
    await open.close();
  }
}
