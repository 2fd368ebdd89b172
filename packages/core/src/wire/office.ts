/** What is asked of the office and answered by it: over a session, from the command line, alike. Rules ENR-10, CLI-2. */
import * as z from 'zod/mini';
import { COMPARTMENTS } from '../model/compartment.ts';
import { ROLES } from '../model/role.ts';

const text = z.string().check(z.maxLength(300));
const texts = z.array(text).check(z.maxLength(300));
const member = z.int();

/** Invites a new person. Places are ids or names of the directory. */
export const inviteAsk = z.object({
  name: text,
  role: z.enum(ROLES),
  villages: texts,
  schools: texts,
  /** Closed compartments that name him; over a session a proposal, until a second person confirms it. */
  namedFor: z.optional(texts),
  /** The last day of work, YYYY-MM-DD, or `never`. */
  until: z.optional(text),
  /** What he is called in the office; empty for nothing. */
  title: z.optional(text),
});
/** Changes what is given of an appointment. */
export const changeAsk = z.object({ member, ...z.partial(inviteAsk).shape });
/** Invites somebody to a further device. */
export const memberAsk = z.object({ member });
/** Suspends somebody, or gives his rights back. */
export const suspendAsk = z.object({ member, isSuspended: z.boolean() });
/** Ends a device. */
export const revokeAsk = z.object({ device: text });
/** Gives a device the name that the office calls it by; empty for none. */
export const nameDeviceAsk = z.object({ device: text, label: text });
/** Confirms that somebody is named for a closed compartment, or declines it. */
export const confirmNamingAsk = z.object({ member, compartment: z.enum(COMPARTMENTS), isConfirmed: z.boolean() });

/** See `inviteAsk`. */
export type InviteAsk = z.infer<typeof inviteAsk>;
/** See `changeAsk`. */
export type ChangeAsk = z.infer<typeof changeAsk>;
/** See `memberAsk`. */
export type MemberAsk = z.infer<typeof memberAsk>;
/** See `suspendAsk`. */
export type SuspendAsk = z.infer<typeof suspendAsk>;
/** See `revokeAsk`. */
export type RevokeAsk = z.infer<typeof revokeAsk>;
/** See `nameDeviceAsk`. */
export type NameDeviceAsk = z.infer<typeof nameDeviceAsk>;
/** See `confirmNamingAsk`. */
export type ConfirmNamingAsk = z.infer<typeof confirmNamingAsk>;

/** Every no of the office: a screen and the command line each have their words for it. */
export const OFFICE_PROBLEMS = [
  'not-allowed',
  'too-fast',
  'other-deed',
  'too-large',
  'unknown-verb',
  'malformed',
  'name',
  'title',
  'label',
  'unknown-places',
  'unknown-compartments',
  'needs-places',
  'until',
  'nobody',
  'suspended',
  'ended',
  'last-lead',
  'no-device',
  'yourself',
  'not-yours',
  'no-naming',
  'no-place',
  'place-unknown',
  'place-name',
  'place-taken',
  'no-lead',
  'no-recovery',
  'no-share',
  'approved-already',
  'said',
] as const;

/** One of OFFICE_PROBLEMS. */
export type OfficeProblemCode = (typeof OFFICE_PROBLEMS)[number];

/** A no, and what it is about. */
export const officeProblem = z.object({
  code: z.enum(OFFICE_PROBLEMS),
  member: z.optional(z.int()),
  name: z.optional(z.string()),
  role: z.optional(z.enum(ROLES)),
  texts: z.optional(z.array(z.string())),
});
/** See `officeProblem`. */
export type OfficeProblem = z.infer<typeof officeProblem>;

const orderer = z.nullable(z.object({ member: z.int(), name: z.nullable(z.string()) }));
/** Whom somebody proposed for a closed compartment; `by` null = the command line. */
const namingLine = z.object({ compartment: z.enum(COMPARTMENTS), by: orderer, atMs: z.int() });

/** One person of the office's list. `until` = the last day of work. */
export const memberLine = z.object({
  member: z.int(),
  name: z.string(),
  title: z.string(),
  role: z.enum(ROLES),
  villages: z.array(z.string()),
  schools: z.array(z.string()),
  namedFor: z.array(z.string()),
  proposed: z.array(namingLine),
  until: z.nullable(z.string()),
  isSuspended: z.boolean(),
  hasEnded: z.boolean(),
  /** The newest invitation, where it was not used. */
  invitation: z.nullable(z.object({ expiresAtMs: z.int(), hasExpired: z.boolean() })),
});
/** See `memberLine`. */
export type MemberLine = z.infer<typeof memberLine>;

/** One device of the office's list. `report` = what it said last of itself, `atMs` by the Hub's clock. */
export const deviceLine = z.object({
  device: z.string(),
  member: z.int(),
  label: z.string(),
  protocol: z.nullable(z.int()),
  lastContactMs: z.number(),
  isRevoked: z.boolean(),
  report: z.nullable(
    z.object({
      app: z.string(),
      unsent: z.int(),
      usedBytes: z.nullable(z.number()),
      quotaBytes: z.nullable(z.number()),
      isPersisted: z.boolean(),
      storage: z.enum(['ok', 'full', 'blocked', 'lost']),
      atMs: z.number(),
    }),
  ),
  /** Absent of a device that nobody ordered to erase what it holds. */
  erasure: z.optional(z.object({ orderedAtMs: z.number(), erasedAtMs: z.nullable(z.number()) })),
});
/** See `deviceLine`. */
export type DeviceLine = z.infer<typeof deviceLine>;

/** What most verbs answer: everybody and every device, as of now. */
export const peopleAnswer = z.object({ members: z.array(memberLine), devices: z.array(deviceLine), nowMs: z.number() });
/** See `peopleAnswer`. */
export type PeopleAnswer = z.infer<typeof peopleAnswer>;

/** An invitation: the code is said once and kept nowhere. */
export const invitedAnswer = z.object({ member: z.int(), code: z.string(), expiresAtMs: z.number() });
/** See `invitedAnswer`. */
export type InvitedAnswer = z.infer<typeof invitedAnswer>;

/** Namings that wait for a second person. */
export const namingsAnswer = z.object({
  namings: z.array(
    z.object({ member: z.int(), name: z.string(), role: z.enum(ROLES), isMine: z.boolean(), ...namingLine.shape }),
  ),
});
/** See `namingsAnswer`. */
export type NamingsAnswer = z.infer<typeof namingsAnswer>;
