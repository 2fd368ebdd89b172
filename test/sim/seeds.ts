/** Seeds that once failed, with what was wrong: each is run for ever. A change of the steps changes what a seed does; the unit tests named stay. */
export const SEEDS: readonly { readonly seed: number; readonly why: string }[] = [
  {
    seed: 51,
    why: 'the Hub’s clock was put back, and a later edit became the first that was received: deadlines of 2016 (first-receipt.test.ts)',
  },
  { seed: 52, why: 'the same, by ten years, on every tablet that heard of it' },
  {
    seed: 29,
    why: 'what a dismissed tablet had not handed in stayed on it for ever, refused at the door (enrolment.test.ts)',
  },
  {
    seed: 115,
    why: 'a tablet enrolled since the backup is a stranger to the Hub that was put back: it says so, and keeps its work',
  },
  {
    seed: 4_120,
    why: 'words that a restored Hub had forgotten were kept by a tablet that it then dismissed, and handed in by nobody',
  },
  {
    seed: 1_047,
    why: 'a child made during the full download of its maker, and moved away before its turn came, was never closed to him (feed-written.test.ts)',
  },
  {
    seed: 3_042,
    why: 'what was refused before a Hub was restored was shown again while it was handed in again, and new work leant on it (replica-kept.test.ts)',
  },
  {
    seed: 4_031,
    why: 'a lost verdict answered by a restored Hub made a child anew that had moved away (feed-written.test.ts)',
  },
  {
    seed: 4_072,
    why: 'the same, answered when the full download was complete already (replica-feed.test.ts)',
  },
  {
    seed: 6_439,
    why: 'a child that a restored Hub had forgotten, and then held, stayed confirmed on its tablet: no cursor told of the restore (replica-kept.test.ts)',
  },
  {
    seed: 122,
    why: 'a commit failed, and a Hub put back long ago took the next envelope over the lost one: its tablet counted as copied (hub-restored.test.ts)',
  },
  {
    seed: 129,
    why: 'what was sealed for a Hub of an older release was counted as waiting for ever, and listed nowhere (replica-kept.test.ts)',
  },
  {
    seed: 307,
    why: 'a report that was held, then sealed and stored by a restored Hub, was still shown as not accepted (replica-kept.test.ts)',
  },
  {
    seed: 321,
    why: 'a welcome read long after its hello made the tablet believe that its clock was twelve hours off (client-session.test.ts)',
  },
  {
    seed: 1_269,
    why: 'two restores, and a file that was moved away from its writer between them: what left his tablet with it need not come back',
  },
  {
    seed: 10_993,
    why: 'the copy of a tablet that was dismissed stays stopped when a Hub is put back that knows nothing of the dismissal',
  },
  {
    seed: 11_003,
    why: 'the same of a tablet that one restored Hub had known again and dismissed, and the next has forgotten',
  },
  {
    seed: 12_768,
    why: 'a dismissed collaborator was told that the household he founds is stored, when it was held (hub-restored-tablet.test.ts)',
  },
];
