/** People and places for the tests of the policy: invented. */
import { kindOf } from '../kinds/registry.ts';
import type { Compartment } from '../model/compartment.ts';
import { type DocumentId, type FolderId, type MemberNumber, documentIdOf, parseUlid } from '../model/ids.ts';
import { type DocumentLabel, EMPTY_SCOPE, type FolderScope, type Principal } from '../model/principal.ts';
import type { Role } from '../model/role.ts';

/** A moment: 2026-11-02 09:00 in Việt Nam. */
export const NOW_MS = Date.UTC(2026, 10, 2, 2);
/** The person under test. */
export const ME = 7 as MemberNumber;
/** Someone else. */
export const OTHER = 8 as MemberNumber;
/** A folder. */
export const FOLDER = '01J9ZZZZZZZZZZZZZZZZZZZZZZ' as FolderId;

const OWN = parseUlid('01J9ZZZZZZZZZZZZZZZZZZZZZY');

/** Returns the id of a document of this kind in FOLDER. */
export function documentOfKind(kind: string): DocumentId {
  return documentIdOf(FOLDER, kind, kindOf(kind)?.singleton ? null : OWN);
}

/** Returns a person who works in Nà Pàn and at its primary school. */
export function personOf(role: Role, more: Partial<Principal> = {}): Principal {
  return { member: ME, role, villages: ['na-pan'], schools: ['th-na-pan'], namedFor: [], untilMs: null, ...more };
}

/** Returns the label of a document of this kind, by default nowhere and somebody else's. */
export function labelOf(
  kind: string,
  more: { owner?: MemberNumber; scope?: Partial<FolderScope>; compartment?: Compartment } = {},
): DocumentLabel {
  return {
    document: documentOfKind(kind),
    kind,
    compartment: more.compartment ?? kindOf(kind)?.compartment ?? 'office',
    folder: FOLDER,
    owner: more.owner ?? OTHER,
    scope: { ...EMPTY_SCOPE, ...more.scope },
  };
}
