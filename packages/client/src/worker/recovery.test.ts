import { must } from '@chungtay/core/base/assert';
import { bytesOfHex, hexOf } from '@chungtay/core/base/bytes';
import type { SessionState } from '@chungtay/core/sync/session-state';
import { numberSource, type RecoverAsk, type RecoveryLine } from '@chungtay/core/wire/recovery';
import { beforeEach, describe, expect, it } from 'vitest';
import { type DeviceKeys, makeDeviceKeys } from '../platform/device-keys.ts';
import { openVaultWithAuthenticator } from '../platform/idb-vault.ts';
import { emptyDisk } from '../platform/indexed-db.support.ts';
import { officeSlot, secretIn, shareFor } from '../platform/office-slot.ts';
import { digitsIn, recoveryNumber } from '../platform/recovery-number.ts';
import { makeBoxKeys } from '../platform/sealed-box.ts';
import { type Door, openDoor, type Opened } from './door.ts';
import { PHRASE, PIN, settlePerson, worldAt } from './engine.support.ts';
import { identityFor } from './identity.support.ts';
import { Keepers } from './keepers.ts';
import type { DoorAnswer } from './recover-door.ts';
import { Recovery } from './recovery.ts';

const NEW = { passphrase: 'sông xanh thuyền to chim nâu cá vàng', pin: '730164' };
const OFFICERS = [
  { member: 2, name: 'Lò Văn Pản', role: 'administrator' },
  { member: 3, name: 'Nguyễn Thị Hạnh', role: 'lead' },
  { member: 4, name: 'Quàng Văn Ín', role: 'chair' },
] as const;
const OF = { member: 7, device: '01J9ZZZZZZZZZZZZZZZZZZZZZD' };
const REQUEST = '01K0000000000000000000000R';
const OWN_DRAFT = { area: 'drafts', key: 'draft', bytes: Uint8Array.of(4, 2) } as const;
const world = worldAt({ nowMs: 1_800_000_000_000 });

/** The Hub's part, and each officer's device; a test bends what it carries. */
class Office {
  readonly keys: readonly DeviceKeys[];
  asked: Extract<RecoverAsk, { verb: 'ask' }> | null = null;
  boxes: string[] = [];
  approved = new Set<number>();
  answers: DoorAnswer | null = null;

  constructor(keys: readonly DeviceKeys[]) {
    this.keys = keys;
  }

  static async found(): Promise<Office> {
    return new Office(await Promise.all(OFFICERS.map(makeDeviceKeys)));
  }

  /** What the Hub says of its officers. */
  keepers(): { member: number; device: string; sealKey: string }[] {
    return OFFICERS.map(({ member }, at) => ({
      member,
      device: deviceOf(member),
      sealKey: hexOf(must(this.keys[at], 'keys').sealPublic),
    }));
  }

  readonly door = async (ask: RecoverAsk): Promise<DoorAnswer> => {
    if (this.answers) return this.answers;
    if (ask.verb === 'ask') {
      this.asked = ask;
      this.boxes = [];
      this.approved.clear();
    }
    if (ask.verb === 'withdraw') return { is: 'gone' };
    const officers = OFFICERS.map(({ member, name, role }) => ({ name, role, hasApproved: this.approved.has(member) }));
    return { is: 'open', request: REQUEST, untilMs: 5, officers, boxes: this.boxes };
  };

  lineFor(member: number): RecoveryLine {
    const { key, shares } = must(this.asked, 'a request');
    const share = shares.find(({ device }) => device === deviceOf(member))?.box ?? null;
    const rest = { label: '', name: 'Bùi Thị Xuân', role: 'lead', askedAtMs: 1, untilMs: 5, state: 'open' } as const;
    return { request: REQUEST, ...OF, key, share, approvedBy: [], hasApproved: false, ...rest };
  }

  async approve(at: number, bent: (line: RecoveryLine) => RecoveryLine = (line) => line): Promise<string | null> {
    const { member } = must(OFFICERS[at], 'an officer');
    const own = must(this.keys[at], 'keys');
    const box = await shareFor(bent(this.lineFor(member)), member, {
      privateKey: own.sealPrivate,
      publicKey: own.sealPublic,
    });
    if (box === null) return null;
    this.boxes.push(box);
    this.approved.add(member);
    return box;
  }
}

let office: Office;
let door: Door;
let recovery: Recovery;

beforeEach(async () => {
  emptyDisk();
  await settlePerson(world, 'one', { ...identityFor('lead'), device: OF.device as never });
  door = await openDoor(world, () => undefined);
  office = await Office.found();
  recovery = new Recovery(office.door);
});

function deviceOf(member: number): string {
  return `01J9ZZZZZZZZZZZZZZZZZZZZZ${member}`;
}

/** The person is in, by his passphrase. */
async function comeIn(phrase = PHRASE): Promise<Opened> {
  const opening = await door.unlock('one', phrase);
  if (!opening.ok) throw new Error(opening.reason);
  return opening.opened;
}

/** A session that answers the office's verbs. */
function connected(opened: Opened, asked: string[], isCaughtUp = true): Keepers {
  const state: SessionState = { is: 'live', isCaughtUp, expected: 0 };
  const askOffice = ({ verb }: { verb: string }) => {
    asked.push(verb);
    const answer = verb === 'keepers' ? { keepers: office.keepers(), pass: 'a pass' } : {};
    return Promise.resolve({ is: 'answered', answer: JSON.stringify(answer) } as const);
  };
  return new Keepers({ opened, session: { state, askOffice }, world });
}

/** One session with the Hub, over when the slot is as it should be. */
async function meetHub(opened: Opened, isMade: (keepers: string | null) => boolean): Promise<readonly string[]> {
  const asked: string[] = [];
  connected(opened, asked).follow();
  while (!isMade((await opened.vault.office())?.keepers ?? null)) await new Promise((go) => setTimeout(go, 1));
  return asked;
}

/** Everything as it was on the day before: shares are made, something is not sent yet, the tablet is locked. */
async function dayBefore(): Promise<void> {
  const opened = await comeIn();
  await meetHub(opened, (made) => made !== null);
  await opened.vault.commit([OWN_DRAFT]);
  opened.vault.close();
}

async function isReady(): Promise<boolean> {
  return (await recovery.look('one')).is === 'ready';
}

describe('a forgotten passphrase', { timeout: 30_000 }, () => {
  it('[VLT-15] two officers open it behind a new passphrase and PIN; what was not sent is there, and nothing former opens it', async () => {
    await dayBefore();
    const before = await comeIn();
    const known = { credential: Uint8Array.of(9), salt: new Uint8Array(32), verifies: true };
    const former = { pin: PIN, secret: new Uint8Array(32).fill(8) };
    await door.addAuthenticator(before, known, former);
    before.vault.close();
    await door.unlock('one', 'voi to voi to voi to voi to');
    expect((await recovery.ask('one')).is).toBe('open');
    for (const at of [2, 0]) await office.approve(at);
    expect(await isReady()).toBe(true);
    const secret = must(await recovery.secretOf('one'), 'the secret');
    const opening = await door.renew('one', secret, NEW);
    if (!opening.ok) throw new Error(opening.reason);
    const { opened } = opening;
    expect(await opened.vault.read('drafts', OWN_DRAFT.key)).toEqual(OWN_DRAFT.bytes);
    expect(await door.checkPin(opened, PIN)).toBe(false);
    expect(await door.checkPin(opened, NEW.pin)).toBe(true);
    expect(await opened.vault.office()).toBeNull();
    opened.vault.close();
    const [person] = await door.people();
    expect(person).toMatchObject({ wrongTries: 0, blockedUntilMs: 0 });
    expect(person?.authenticator).toBeUndefined();
    expect((await door.unlock('one', PHRASE)).ok).toBe(false);
    expect((await door.unlockWithAuthenticator('one', former)).ok).toBe(false);
    expect(await openVaultWithAuthenticator('one', former, () => undefined)).toBeNull();
    // the shares of then are void with it
    expect((await door.renew('one', secret, NEW)).ok).toBe(false);
    expect((await door.unlock('one', NEW.passphrase)).ok).toBe(true);
  });

  it('[VLT-15] once it is open again the Hub hears of it, once, and new shares are made', async () => {
    await dayBefore();
    await recovery.ask('one');
    for (const at of [0, 1]) await office.approve(at);
    await isReady();
    const opening = await door.renew('one', must(await recovery.secretOf('one'), 'the secret'), NEW);
    if (!opening.ok) throw new Error(opening.reason);
    expect(await meetHub(opening.opened, (made) => made !== null)).toEqual(['recovered', 'keepers']);
    const asked: string[] = [];
    connected(opening.opened, asked).follow();
    while (asked.length === 0) await new Promise((go) => setTimeout(go, 1));
    expect(asked).toEqual(['keepers']);
  });

  it('[VLT-12] no officer alone opens it, nor one who answers twice', async () => {
    await dayBefore();
    await recovery.ask('one');
    for (const at of [0, 1, 2]) {
      office.boxes = [];
      await office.approve(at);
      await office.approve(at);
      expect(await isReady()).toBe(false);
      expect(await recovery.secretOf('one')).toBeNull();
    }
  });

  it('[VLT-16] the number is another for another key, person or tablet: a Hub that puts its own key there is not answered', async () => {
    await dayBefore();
    const view = await recovery.ask('one');
    const number = view.is === 'open' ? view.number : '';
    expect(number).toMatch(/^\d{12}$/u);
    const shown = (line: RecoveryLine) => recoveryNumber(numberSource(line, must(bytesOfHex(line.key), 'a key')));
    const line = office.lineFor(2);
    expect(await shown(line)).toBe(number);
    expect(digitsIn(`${number.slice(0, 4)} ${number.slice(4, 8)}-${number.slice(8)}`)).toBe(number);
    const own = hexOf((await makeBoxKeys()).publicKey);
    for (const bent of [
      { ...line, key: own },
      { ...line, member: 8 },
      { ...line, device: deviceOf(9) },
    ])
      expect(await shown(bent)).not.toBe(number);
  });

  it('[VLT-16] another asking shows another number, and what was sealed for the former one opens nothing', async () => {
    await dayBefore();
    const first = await recovery.ask('one');
    const former = [await office.approve(0), await office.approve(1)];
    const second = await recovery.ask('one');
    expect(first.is === 'open' && second.is === 'open' && first.number !== second.number).toBe(true);
    office.boxes = former.map((box) => must(box, 'a box'));
    expect(await isReady()).toBe(false);
  });

  it('[VLT-12] a share opens for its officer and its tablet alone', async () => {
    await dayBefore();
    await recovery.ask('one');
    const ofOther = office.lineFor(3).share;
    expect(await office.approve(0, (line) => ({ ...line, share: ofOther }))).toBeNull();
    expect(await office.approve(0, (line) => ({ ...line, member: 8 }))).toBeNull();
    expect(await office.approve(0, (line) => ({ ...line, device: deviceOf(9) }))).toBeNull();
    expect(await office.approve(0, (line) => ({ ...line, share: null }))).toBeNull();
    expect(await office.approve(0)).not.toBeNull();
  });

  it('[VLT-12] two good shares among nonsense are enough; when everybody has answered nonsense, that is said', async () => {
    await dayBefore();
    await recovery.ask('one');
    await office.approve(0);
    office.boxes.push('00'.repeat(81), must(office.boxes[0], 'a box').replace(/..$/u, 'aa'));
    expect(await isReady()).toBe(false);
    await office.approve(2);
    expect(await isReady()).toBe(true);
    office.boxes = ['11'.repeat(81), '22'.repeat(81)];
    for (const { member } of OFFICERS) office.approved.add(member);
    expect(await recovery.look('one')).toEqual({ is: 'no', code: 'damaged' });
  });

  it('[VLT-14] the request outlives the page, with its number, also without a connection', async () => {
    await dayBefore();
    const before = await recovery.ask('one');
    office.answers = { is: 'no', code: 'offline' };
    recovery = new Recovery(office.door);
    const after = await recovery.look('one');
    expect(after.is === 'open' && before.is === 'open' && after.number === before.number).toBe(true);
    expect(after).toMatchObject({ officers: null });
    office.answers = null;
    for (const at of [0, 1]) await office.approve(at);
    expect(await isReady()).toBe(true);
  });

  it.each([
    [
      { is: 'refused', by: 'Nguyễn Thị Hạnh' },
      { is: 'refused', by: 'Nguyễn Thị Hạnh' },
    ],
    [{ is: 'gone' }, { is: 'no', code: 'gone' }],
    [
      { is: 'no', code: 'bad-pass' },
      { is: 'no', code: 'bad-pass' },
    ],
  ] as const)('[VLT-14] %o ends it, here too', async (answer, told) => {
    await dayBefore();
    await recovery.ask('one');
    office.answers = answer;
    expect(await recovery.look('one')).toEqual(told);
    expect(await recovery.look('one')).toEqual({ is: 'idle' });
  });

  it('[VLT-14] what came of the former request, late, does not end the next', async () => {
    await dayBefore();
    await recovery.ask('one');
    let answerLate: (answer: DoorAnswer) => void = () => undefined;
    const late = new Promise<DoorAnswer>((resolve) => (answerLate = resolve));
    const watched = new Recovery((ask) => (ask.verb === 'look' ? late : office.door(ask)));
    const looking = watched.look('one');
    const asking = watched.ask('one');
    answerLate({ is: 'gone' });
    expect(await looking).toEqual({ is: 'no', code: 'gone' });
    expect((await asking).is).toBe('open');
    expect((await recovery.look('one')).is).toBe('open');
  });

  it('[VLT-14] taken back, it is forgotten, whether the Hub hears it or not', async () => {
    await dayBefore();
    await recovery.ask('one');
    office.answers = { is: 'no', code: 'offline' };
    await recovery.withdraw('one');
    expect(await recovery.look('one')).toEqual({ is: 'idle' });
  });
});

describe('the shares of a tablet', { timeout: 30_000 }, () => {
  it('[VLT-12] follow the officers: not made while they are the same, made anew with another secret when one changes, gone below two', async () => {
    expect(await recovery.look('one')).toEqual({ is: 'no', code: 'none' });
    await dayBefore();
    const opened = await comeIn();
    const made = must(await opened.vault.office(), 'a slot');
    const asked: string[] = [];
    connected(opened, asked, false).follow();
    connected(opened, asked).follow();
    while (asked.length === 0) await new Promise((go) => setTimeout(go, 1));
    await new Promise((go) => setTimeout(go, 20));
    expect((await opened.vault.office())?.wrapped).toEqual(made.wrapped);
    office = new Office([...office.keys.slice(0, 2), await makeDeviceKeys()]);
    await meetHub(opened, (keepers) => keepers !== made.keepers);
    const again = must(await opened.vault.office(), 'a slot');
    expect(again.wrapped).not.toEqual(made.wrapped);
    const alone = office.keepers().slice(0, 1);
    office.keepers = () => alone;
    await meetHub(opened, (keepers) => keepers === null);
    opened.vault.close();
    expect(await recovery.ask('one')).toEqual({ is: 'no', code: 'none' });
  });

  it('[VLT-12] are one for each person: two devices of an officer hold the same, and open nothing together', async () => {
    const second = await makeDeviceKeys();
    const [first, other] = office.keepers();
    const keepers = [must(first, 'one'), must(other, 'two'), { ...must(first, 'one'), device: deviceOf(5) }].map(
      (keeper, at) => (at === 2 ? { ...keeper, sealKey: hexOf(second.sealPublic) } : keeper),
    );
    const raw = new Uint8Array(32).fill(5);
    const slot = must(await officeSlot('one', raw, OF, { keepers, pass: 'a pass' }, world), 'a slot');
    const asking = await makeBoxKeys();
    const boxOf = (keys: DeviceKeys, at: number) => {
      const line = { ...OF, key: hexOf(asking.publicKey), share: slot.shares[at]?.box } as unknown as RecoveryLine;
      return shareFor(line, 2, { privateKey: keys.sealPrivate, publicKey: keys.sealPublic });
    };
    const both = [await boxOf(must(office.keys[0], 'keys'), 0), await boxOf(second, 2)].map((box) =>
      must(box, 'a box'),
    );
    expect(await secretIn('one', slot, asking, both)).toBeNull();
    expect(
      await officeSlot('one', raw, OF, { keepers: keepers.filter(({ member }) => member === 2), pass: '' }, world),
    ).toBeNull();
  });
});
