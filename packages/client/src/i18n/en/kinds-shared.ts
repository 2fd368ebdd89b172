/** Options that several kinds share. */
export const AGENCY = {
  village: 'Village collaborator',
  school: 'School',
  healthStation: 'Health station',
  police: 'Commune police',
  cultureSociety: 'Culture and Society Office',
  councilOffice: 'Office of the Council and Committee',
  union: 'Unions',
  peoplesCommittee: 'Commune People’s Committee',
  province: 'Province',
  administration: 'Administration',
  hub: 'Commune Hub',
};

/** Roles of the people at work. */
export const ROLE = {
  collaborator: 'Village collaborator',
  teacher: 'Teacher',
  nurse: 'Health worker',
  police: 'Police officer',
  lead: 'Child-protection officer',
  councilOffice: 'Office staff',
  union: 'Union staff',
  chair: 'Commune leader',
  province: 'Provincial officer',
  administrator: 'System administrator',
};

/** What a report may be about. */
export const ABUSE = {
  physical: 'Physical violence',
  emotional: 'Emotional violence',
  neglect: 'Neglect',
  abandonment: 'Abandonment',
  labour: 'Forced or exploited labour',
  earlyMarriage: 'Early or forced marriage',
  online: 'Harm online',
  witness: 'Witness of violence at home',
  selfHarm: 'Self-harm',
  other: 'Something else',
  sexual: 'Sexual abuse',
  exploitation: 'Used for prostitution or pornography',
  trafficking: 'Trafficking',
};

/** Signs that make a report urgent. */
export const DANGER = {
  lifeInDanger: 'Life in danger',
  injury: 'Injuries',
  offenderHasAccess: 'The offender is near the child',
  offenderThreatens: 'The offender threatens',
  abandonedInfant: 'Small child abandoned',
  suicideTalk: 'The child speaks of dying',
  alone: 'The child is alone, nobody looks after it',
  needsMedicine: 'Needs medicine or emergency care',
};

/** Levels of risk. */
export const RISK = { critical: 'Very high', high: 'High', medium: 'Medium', low: 'Low' };

/** Stages of a case. */
export const STAGE = {
  received: 'Received',
  screenedOut: 'No case made',
  assessingInitial: 'Initial assessment',
  emergencyActive: 'Emergency protection',
  assessingSpecific: 'Specific assessment',
  needsMeeting: 'Needs meeting',
  planDraft: 'Drafting the plan',
  planSubmitted: 'Plan submitted',
  returned: 'Plan returned',
  approved: 'Plan approved',
  implementing: 'In progress',
  reviewing: 'Under review',
  closeProposed: 'Closing proposed',
  closed: 'Closed',
  reopened: 'Reopened',
  transferredOut: 'Moved to another commune',
  merged: 'Merged into another case',
};

/** Whether a child learns. */
export const SCHOOLING = {
  attending: 'Attending',
  shortBreak: 'Away for less than a month',
  droppedOut: 'Dropped out',
  finished: 'Finished',
  transferred: 'Moved to another school',
  notYet: 'Too young',
  never: 'Never went to school',
  unknown: 'Not known',
};

/** Sex as the papers have it. */
export const SEX = { male: 'Male', female: 'Female' };

/** What is known of a person's life. */
export const VITAL = {
  alive: 'Alive',
  dead: 'Dead',
  missing: 'Missing (declared by court)',
  unknown: 'Not known',
};

/** Where a parent is. */
export const WHEREABOUTS = {
  home: 'At home',
  awayForWork: 'Away for work',
  leftFamily: 'Left the family',
  facility: 'In a facility',
  unknown: 'Not known',
};

/** Why children of a household are at risk. */
export const RISK_GROUP = {
  R1: 'Poor or near-poor household',
  R2: 'Child left school early',
  R3: 'Family with social problems',
  R4: 'Family member under a legal measure',
  R5: 'Both parents work away',
  R6: 'Orphan of one parent',
};

/** What a child needs, without the diagnosis. */
export const CARE_NEED = {
  wheelchairAccess: 'Wheelchair access',
  hearingAid: 'Hearing aid',
  glasses: 'Glasses',
  frontSeat: 'A seat in front',
  signLanguage: 'Sign language',
  medicineAtSchool: 'Medicine at school',
  restAtSchool: 'A place to rest at school',
  noSports: 'No heavy sports',
  specialDiet: 'Special diet',
  personalAssistant: 'Personal assistant',
  rehabilitation: 'Rehabilitation',
  orthopaedicAid: 'Orthopaedic aid',
  transport: 'Transport',
  other: 'Another need',
};
