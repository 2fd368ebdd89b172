/** What a seed does to the world against its will. */
const FAULTS = [
  'usurpations',
  'disconnects',
  'halfOpens',
  'duplicates',
  'reorders',
  'delays',
  'lostVerdicts',
  'lostFeeds',
  'deviceKills',
  'deviceKillsBefore',
  'deviceKillsAfter',
  'deviceOutages',
  'fullStorages',
  'hubKills',
  'hubKillsBefore',
  'hubKillsAfter',
  'hubOutagesBefore',
  'hubOutagesAfter',
  'rightsOnTheWay',
  'restores',
  'suspensions',
  'revokedDevices',
  'revokedWithWork',
  'lostTablets',
  'lostStorages',
  'clones',
  'forks',
  'readmittedDevices',
  'clockJumps',
  'hubClockJumps',
  'absences',
  'upgrades',
  'unknownFields',
  'unknownFieldsRefused',
  'hostileApprovals',
  'hostileEnvelopes',
  'hostileStored',
  'hostileRefused',
] as const;

/** What must really have happened over a run of seeds, or the run proves nothing. */
export const HAPPENINGS = [
  'edits',
  'groups',
  'intakes',
  'visits',
  'visitsSigned',
  'casesOpened',
  'stages',
  'approvals',
  'closings',
  'reopenings',
  'editsOfClosed',
  'lockedHeld',
  'undone',
  'conflicts',
  'choices',
  'moves',
  'appointments',
  'stored',
  'refused',
  'held',
  'reapplied',
  'dismissed',
  'folds',
  'closed',
  'states',
  'updates',
  'extracts',
  'packs',
  'filed',
  'receipts',
  'backups',
  'forgottenByTheHub',
  'signatures',
  'answeredStored',
  'deadlines',
  'valuesTraced',
  'skewsShown',
  'requests',
  'accessApprovals',
  'accessRefusals',
  'accessEnds',
  'lengthened',
  'emergencies',
  'consents',
  'withdrawals',
  'sealedReports',
  'longWaits',
  'grantsOpen',
  'grantsOver',
  'readByGrant',
  ...FAULTS,
] as const;

/** One of HAPPENINGS. */
export type Happening = (typeof HAPPENINGS)[number];

/** Counts of what happened. */
export class Counters {
  readonly counts = new Map<Happening, number>(HAPPENINGS.map((name) => [name, 0]));

  /** Counts one more, or `by` more. */
  add(name: Happening, by = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }

  /** Adds what another run counted. */
  merge(other: Counters): void {
    for (const [name, count] of other.counts) this.add(name, count);
  }

  /** Returns what never happened. */
  missing(): readonly Happening[] {
    return HAPPENINGS.filter((name) => (this.counts.get(name) ?? 0) === 0);
  }

  /** Returns how many faults were injected. */
  get faults(): number {
    return FAULTS.reduce((sum, name) => sum + (this.counts.get(name) ?? 0), 0);
  }
}
