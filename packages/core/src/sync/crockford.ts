/** Names made of random or hashed bytes, in the letters that ids and invitations are written in. Holds ENR-1, ENR-3. */
import { must } from '../base/assert.ts';
import { hexOf } from '../base/bytes.ts';
import type { CryptoPort, World } from '../base/world.ts';
import { documentIdOf, parseFolderId } from '../model/ids.ts';
import type { DocumentId, MemberNumber } from '../model/ids.ts';
import { entryBody } from './hub-record.ts';

const LETTERS = 16;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Returns the id of a person's document: the same on every start, since nothing else says which it is. */
export function memberDocumentOf(commune: string, member: MemberNumber, crypto: CryptoPort): DocumentId {
  const hash = crypto.sha256(entryBody({ of: 'member', commune, member }));
  return documentIdOf(
    must(parseFolderId(`0000000000${lettersOf(hash.subarray(0, LETTERS))}`), 'a folder id'),
    'member',
  );
}

/** Returns a fresh code of sixteen letters. */
export function makeInvitationCode(world: World): string {
  return lettersOf(world.randomBytes(LETTERS));
}

/** Returns what is kept of a code. */
export function codeHashOf(code: string, crypto: CryptoPort): string {
  return hexOf(crypto.sha256(entryBody({ of: 'invitation', code })));
}

function lettersOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => CROCKFORD.charAt(byte & 31)).join('');
}
