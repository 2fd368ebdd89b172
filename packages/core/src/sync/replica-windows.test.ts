import { beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../base/any.ts';
import { type DocumentId, documentIdOf, folderOf, makeUlid } from '../model/ids.ts';
import { addDays, DAY_MS, dayOf, endOfDayMs, HOUR_MS } from '../policy/calendar.ts';
import {
  documentIn,
  feed,
  freshIdentity,
  makeDevice,
  PlainHub,
  storedFor,
  type TestDevice,
  waitingOf,
} from './replica.support.ts';

const POLICE = 5;
const identity = freshIdentity(1);
const health = documentIn(identity, 'health');

let hub: PlainHub;
let police: TestDevice;
let nurse: TestDevice;
let request: DocumentId;
let today: string;

beforeEach(async () => {
  hub = new PlainHub();
  police = await makeDevice(POLICE, 'police');
  nurse = await makeDevice(6, 'nurse');
  request = documentIdOf(folderOf(identity), 'access-health', makeUlid(police.world));
  today = dayOf(police.timeline.nowMs);
});

type Values = Readonly<Record<string, Json>>;

/** Writes at a device and at the Hub. */
async function write(who: TestDevice, document: DocumentId, values: Values, log: Values = {}): Promise<void> {
  const sets = Object.entries(values).map(([name, value]) => ({ name, value }));
  const appends = Object.entries(log).map(([name, value]) => ({ name, value }));
  expect((await who.replica.edit([{ document, sets, appends }])).ok).toBe(true);
  const rows = waitingOf(who);
  hub.admit(rows, police.timeline.nowMs);
  await who.replica.sync.verdicts(storedFor(rows, police.timeline.nowMs));
}

/** What the Hub has of the file's health, with a request of the police officer, on his tablet. */
async function opened(values: Values, approval: Values | null): Promise<void> {
  const atMs = police.timeline.nowMs;
  await write(nurse, health, { cardNumber: 'TE1400012345678' });
  await write(police, request, { reason: 'Xác minh thương tích', ...values });
  await feed(nurse, hub, [hub.stateItem(request, POLICE, null, atMs)]);
  if (approval) await write(nurse, request, {}, { approvals: approval });
  await feed(police, hub, [hub.stateItem(request, POLICE, null, atMs), hub.stateItem(health, 6, null, atMs)]);
}

function terms(untilOn: string): Values {
  return { reason: 'Xác minh thương tích', member: POLICE, basis: 'written-request', from: today, until: untilOn };
}

async function approved(untilOn: string): Promise<void> {
  await opened(terms(untilOn), terms(untilOn));
}

function isSeen(): boolean {
  const { replica } = police;
  const isListed = replica.documentsOf(folderOf(health)).includes(health);
  expect([replica.read(health) !== null, !replica.shut().has(health)]).toEqual([isListed, isListed]);
  return isListed;
}

describe('[REP-14] what a request opened, on a tablet that does not meet its Hub', () => {
  it('is there to the last instant of its last day, and not one longer; restarted as well', async () => {
    await approved(addDays(today, 3));
    const endMs = endOfDayMs(addDays(today, 3)) ?? 0;
    expect([isSeen(), police.replica.nextEndMs]).toEqual([true, endMs]);
    police.timeline.nowMs = endMs - 1;
    expect(isSeen()).toBe(true);
    police.timeline.nowMs = endMs;
    expect([isSeen(), police.replica.nextEndMs]).toEqual([false, null]);
    await police.restart();
    expect(isSeen()).toBe(false);
    expect(police.replica.read(request)).not.toBeNull();
  });

  it('in an emergency is there for a day from the first receipt of the Hub', async () => {
    const firstAtMs = police.timeline.nowMs - 9_000;
    await opened({ isEmergency: true }, null);
    expect(police.replica.nextEndMs).toBe(firstAtMs + 24 * HOUR_MS);
    police.timeline.nowMs = firstAtMs + DAY_MS - 1;
    expect(isSeen()).toBe(true);
    police.timeline.nowMs += 1;
    expect(isSeen()).toBe(false);
  });

  it.each([
    ['refused', { refusals: { reason: 'Không đủ căn cứ' } }],
    ['ended', { ended: { reason: 'Đã xác minh xong' } }],
  ])('is gone as soon as it is %s, whatever else the Hub has said, and listeners hear of it', async (_, log) => {
    await approved(addDays(today, 3));
    const heard: DocumentId[] = [];
    police.replica.subscribe((changed) => heard.push(...changed));
    await write(nurse, request, {}, log);
    await feed(police, hub, [hub.stateItem(request, POLICE, null, police.timeline.nowMs)]);
    expect([isSeen(), heard.includes(health)]).toEqual([false, true]);
  });

  it('shows once its request has come, in whatever order the Hub sent them', async () => {
    await write(nurse, health, { cardNumber: 'TE1400012345678' });
    await feed(police, hub, [hub.stateItem(health, 6)]);
    expect(isSeen()).toBe(false);
    const heard: DocumentId[] = [];
    police.replica.subscribe((changed) => heard.push(...changed));
    await approved(today);
    expect([isSeen(), heard.includes(health)]).toEqual([true, true]);
  });

  it('of consent that lies elsewhere is taken at its own word', async () => {
    const consents = [documentIdOf(folderOf(identity), 'consent', makeUlid(police.world))];
    const byConsent = { ...terms(today), basis: 'consent', consents };
    await opened(byConsent, byConsent);
    expect(isSeen()).toBe(true);
    police.timeline.nowMs = endOfDayMs(today) ?? 0;
    expect(isSeen()).toBe(false);
  });

  it.each([
    ['his', ['police', 'school'], true],
    ['another', ['school'], false],
  ])('[DRV-26] of consent that lies here and is for %s agency goes by that', async (_, disclosedTo, seen) => {
    const lead = await makeDevice(7);
    const consents = ['representative', 'child'].map((by) => ({
      document: documentIdOf(folderOf(identity), 'consent', makeUlid(police.world)),
      values: { by, agreed: true, on: today, scope: ['health'], disclosedTo },
    }));
    for (const { document, values } of consents) await write(lead, document, values);
    await feed(
      police,
      hub,
      consents.map(({ document }) => hub.stateItem(document, 7)),
    );
    const links = consents.map(({ document }) => document).toSorted();
    const byConsent = { ...terms(today), basis: 'consent', consents: links };
    await opened(byConsent, byConsent);
    expect(isSeen()).toBe(seen);
  });

  it("leaves alone what his own work opens, and what is nobody's but by his own cell", async () => {
    const lead = await makeDevice(7);
    await write(lead, identity, { name: 'Lò Thị Ún' });
    await feed(police, hub, [hub.stateItem(identity, 7)]);
    await approved(today);
    police.timeline.nowMs += 9 * DAY_MS;
    nurse.timeline.nowMs += 9 * DAY_MS;
    expect(isSeen()).toBe(false);
    expect([police.replica.read(identity), nurse.replica.read(health)]).not.toContain(null);
  });
});
