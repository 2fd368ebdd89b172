/** What the command line may ask of a Hub, whether it works on the data directory itself or through the Hub that does. Rule CLI-2. */
import { ROLES } from '@chungtay/core/model/role';
import * as z from 'zod/mini';

const text = z.string();

/** Invites a new person. Places are ids or names of the directory. */
export const inviteAsk = z.object({
  name: text,
  role: z.enum(ROLES),
  villages: z.array(text),
  schools: z.array(text),
  /** Closed compartments that name him. */
  namedFor: z.optional(z.array(text)),
  /** The last day of work, YYYY-MM-DD, or `never`. */
  until: z.optional(text),
});
/** Changes what is given of an appointment. */
export const changeAsk = z.object({ member: z.int(), ...z.partial(inviteAsk).shape });
/** Invites somebody to a further device. */
export const memberAsk = z.object({ member: z.int() });
/** Suspends somebody, or gives his rights back. */
export const suspendAsk = z.object({ member: z.int(), isSuspended: z.boolean() });
/** Adds villages and schools, by name. */
export const placeAddAsk = z.object({ villages: z.array(text), schools: z.array(text) });
/** Renames the place of this id or name. */
export const placeRenameAsk = z.object({ place: text, name: text });
/** Ends a device. */
export const revokeAsk = z.object({ device: text });
/** Imports a roster, or one sheet of it; `file` is base64. */
export const importAsk = z.object({
  fileName: text,
  file: text,
  isDryRun: z.boolean(),
  member: z.nullable(z.int()),
  sheet: z.optional(text),
});

/** See `inviteAsk`. */
export type InviteAsk = z.infer<typeof inviteAsk>;
/** See `changeAsk`. */
export type ChangeAsk = z.infer<typeof changeAsk>;
/** See `memberAsk`. */
export type MemberAsk = z.infer<typeof memberAsk>;
/** See `suspendAsk`. */
export type SuspendAsk = z.infer<typeof suspendAsk>;
/** See `placeAddAsk`. */
export type PlaceAddAsk = z.infer<typeof placeAddAsk>;
/** See `placeRenameAsk`. */
export type PlaceRenameAsk = z.infer<typeof placeRenameAsk>;
/** See `revokeAsk`. */
export type RevokeAsk = z.infer<typeof revokeAsk>;
/** See `importAsk`. */
export type ImportAsk = z.infer<typeof importAsk>;

/** The answer to a verb: JSON. A `problem` is a no in words. */
export type OfficeAnswer = Record<string, unknown>;

/** The verbs. */
export interface Office {
  invite(ask: InviteAsk): Promise<OfficeAnswer>;
  members(): Promise<OfficeAnswer>;
  inviteAgain(ask: MemberAsk): Promise<OfficeAnswer>;
  change(ask: ChangeAsk): Promise<OfficeAnswer>;
  suspend(ask: SuspendAsk): Promise<OfficeAnswer>;
  places(): Promise<OfficeAnswer>;
  addPlaces(ask: PlaceAddAsk): Promise<OfficeAnswer>;
  renamePlace(ask: PlaceRenameAsk): Promise<OfficeAnswer>;
  devices(): Promise<OfficeAnswer>;
  revoke(ask: RevokeAsk): Promise<OfficeAnswer>;
  verify(): Promise<OfficeAnswer>;
  rotateKey(): Promise<OfficeAnswer>;
  import(ask: ImportAsk): Promise<OfficeAnswer>;
}

/** A verb's name. */
export type OfficeVerb = keyof Office;

/** Returns a function that reads what was asked of a verb and has it done; an unknown or malformed one is a no in words. */
export function performOn(office: Office): (verb: string, ask: unknown) => Promise<OfficeAnswer> {
  const verbs: Readonly<Record<OfficeVerb, (ask: unknown) => Promise<OfficeAnswer>>> = {
    invite: (ask) => whenRead(inviteAsk, ask, (read) => office.invite(read)),
    members: () => office.members(),
    inviteAgain: (ask) => whenRead(memberAsk, ask, (read) => office.inviteAgain(read)),
    change: (ask) => whenRead(changeAsk, ask, (read) => office.change(read)),
    suspend: (ask) => whenRead(suspendAsk, ask, (read) => office.suspend(read)),
    places: () => office.places(),
    addPlaces: (ask) => whenRead(placeAddAsk, ask, (read) => office.addPlaces(read)),
    renamePlace: (ask) => whenRead(placeRenameAsk, ask, (read) => office.renamePlace(read)),
    devices: () => office.devices(),
    revoke: (ask) => whenRead(revokeAsk, ask, (read) => office.revoke(read)),
    verify: () => office.verify(),
    rotateKey: () => office.rotateKey(),
    import: (ask) => whenRead(importAsk, ask, (read) => office.import(read)),
  };
  return (verb, ask) => {
    const perform = Object.hasOwn(verbs, verb) ? verbs[verb as OfficeVerb] : undefined;
    return perform
      ? perform(ask)
      : Promise.resolve({ problem: 'This Hub does not know that verb. Is it older than this program?' });
  };
}

function whenRead<T>(
  shape: z.ZodMiniType<T>,
  ask: unknown,
  perform: (read: T) => Promise<OfficeAnswer>,
): Promise<OfficeAnswer> {
  const read = shape.safeParse(ask);
  return read.success
    ? perform(read.data)
    : Promise.resolve({ problem: 'This Hub does not understand what was asked.' });
}
