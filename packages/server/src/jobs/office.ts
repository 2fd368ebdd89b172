/** What may be asked of a Hub's office: by the command line, which works on the data directory itself or through the Hub that does, and over sessions. Rule CLI-2. */
import {
  changeAsk,
  confirmNamingAsk,
  inviteAsk,
  memberAsk,
  nameDeviceAsk,
  revokeAsk,
  suspendAsk,
} from '@chungtay/core/wire/office';
import type {
  ChangeAsk,
  ConfirmNamingAsk,
  InviteAsk,
  MemberAsk,
  NameDeviceAsk,
  OfficeProblem,
  RevokeAsk,
  SuspendAsk,
} from '@chungtay/core/wire/office';
import * as z from 'zod/mini';

const text = z.string();

/** Adds villages and schools, by name. */
export const placeAddAsk = z.object({ villages: z.array(text), schools: z.array(text) });
/** Renames the place of this id or name. */
export const placeRenameAsk = z.object({ place: text, name: text });
/** Imports a roster, or one sheet of it; `file` is base64. */
export const importAsk = z.object({
  fileName: text,
  file: text,
  isDryRun: z.boolean(),
  member: z.nullable(z.int()),
  sheet: z.optional(text),
});

/** See `placeAddAsk`. */
export type PlaceAddAsk = z.infer<typeof placeAddAsk>;
/** See `placeRenameAsk`. */
export type PlaceRenameAsk = z.infer<typeof placeRenameAsk>;
/** See `importAsk`. */
export type ImportAsk = z.infer<typeof importAsk>;

/** The answer to a verb: JSON. A `problem` is a no. */
export type OfficeAnswer = Record<string, unknown>;

/** Returns the answer that is a no. */
export function no(problem: OfficeProblem): { readonly problem: OfficeProblem } {
  return { problem };
}

/** The verbs. */
export interface Office {
  invite(ask: InviteAsk): Promise<OfficeAnswer>;
  people(): Promise<OfficeAnswer>;
  inviteAgain(ask: MemberAsk): Promise<OfficeAnswer>;
  change(ask: ChangeAsk): Promise<OfficeAnswer>;
  suspend(ask: SuspendAsk): Promise<OfficeAnswer>;
  places(): Promise<OfficeAnswer>;
  addPlaces(ask: PlaceAddAsk): Promise<OfficeAnswer>;
  renamePlace(ask: PlaceRenameAsk): Promise<OfficeAnswer>;
  revoke(ask: RevokeAsk): Promise<OfficeAnswer>;
  nameDevice(ask: NameDeviceAsk): Promise<OfficeAnswer>;
  namings(): Promise<OfficeAnswer>;
  confirmNaming(ask: ConfirmNamingAsk): Promise<OfficeAnswer>;
  verify(): Promise<OfficeAnswer>;
  rotateKey(): Promise<OfficeAnswer>;
  import(ask: ImportAsk): Promise<OfficeAnswer>;
}

/** A verb's name. */
export type OfficeVerb = keyof Office;

/** Returns a function that reads what was asked of a verb and has it done; an unknown or malformed one is a no. */
export function performOn(office: Office): (verb: string, ask: unknown) => Promise<OfficeAnswer> {
  const verbs: Readonly<Record<OfficeVerb, (ask: unknown) => Promise<OfficeAnswer>>> = {
    invite: (ask) => whenRead(inviteAsk, ask, (read) => office.invite(read)),
    people: () => office.people(),
    inviteAgain: (ask) => whenRead(memberAsk, ask, (read) => office.inviteAgain(read)),
    change: (ask) => whenRead(changeAsk, ask, (read) => office.change(read)),
    suspend: (ask) => whenRead(suspendAsk, ask, (read) => office.suspend(read)),
    places: () => office.places(),
    addPlaces: (ask) => whenRead(placeAddAsk, ask, (read) => office.addPlaces(read)),
    renamePlace: (ask) => whenRead(placeRenameAsk, ask, (read) => office.renamePlace(read)),
    revoke: (ask) => whenRead(revokeAsk, ask, (read) => office.revoke(read)),
    nameDevice: (ask) => whenRead(nameDeviceAsk, ask, (read) => office.nameDevice(read)),
    namings: () => office.namings(),
    confirmNaming: (ask) => whenRead(confirmNamingAsk, ask, (read) => office.confirmNaming(read)),
    verify: () => office.verify(),
    rotateKey: () => office.rotateKey(),
    import: (ask) => whenRead(importAsk, ask, (read) => office.import(read)),
  };
  return (verb, ask) => {
    const perform = Object.hasOwn(verbs, verb) ? verbs[verb as OfficeVerb] : undefined;
    return perform ? perform(ask) : Promise.resolve(no({ code: 'unknown-verb' }));
  };
}

function whenRead<T>(
  shape: z.ZodMiniType<T>,
  ask: unknown,
  perform: (read: T) => Promise<OfficeAnswer>,
): Promise<OfficeAnswer> {
  const read = shape.safeParse(ask);
  return read.success ? perform(read.data) : Promise.resolve(no({ code: 'malformed' }));
}
