// @vitest-environment happy-dom
import type { ChildRow } from '@chungtay/core/derive/child-row';
import type { FolderId } from '@chungtay/core/model/ids';
import { createPinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApp } from 'vue';
import { LEAD, settle } from '../composables/fake-engine.support.ts';
import { createI18n } from '../i18n/use-i18n.ts';
import type { BootState } from '../worker/door-views.ts';
import type { EngineEvent, UnlockOutcome } from '../worker/engine-views.ts';
import { useDoor } from './door.ts';
import { createEngineLink, ENGINE, type EngineApi } from './engine.ts';
import { useMeStore } from './me.ts';
import { useMembers } from './members.ts';
import { useRegisterSearch } from './register-search.ts';
import { useRegister } from './register.ts';
import { useSession } from './session.ts';

const MAI = {
  vault: 'v1',
  name: 'Lò Thị Mai',
  role: 'collaborator',
  waiting: 2,
  blockedUntilMs: 0,
  authenticator: null,
} as const;
const TUNG = {
  vault: 'v2',
  name: 'Y Tùng',
  role: 'teacher',
  waiting: 0,
  blockedUntilMs: 0,
  authenticator: null,
} as const;
const NOBODY: BootState = { people: [], pinOpens: null, unlocked: false, otherTab: false, erased: [] };

/** A page over an engine that only knows doors; `verbs` is the order in which it was asked. */
function openPage(boot: BootState, answer: UnlockOutcome = { ok: true, me: LEAD }) {
  const verbs: string[] = [];
  let tell: (event: EngineEvent) => void = () => undefined;
  const state = { boot };
  const api = {
    boot: async () => state.boot,
    takeOver: async () => void verbs.push('takeOver'),
    unlock: async () => answer,
    unlockWithPin: async () => answer,
    lock: async ({ forget }: { forget: boolean }) => void verbs.push(forget ? 'forget' : 'lock'),
    setPlaces: async () => void verbs.push('setPlaces'),
    me: async () => LEAD,
    rowsOf: async () => [{ type: 'member', member: 9, name: 'Thào A Sình' }],
  } as unknown as EngineApi;
  const link = createEngineLink((onEvent) => {
    tell = onEvent;
    return api;
  });
  const app = createApp({}).use(createPinia()).use(createI18n()).provide(ENGINE, link);
  const stores = app.runWithContext(() => ({
    door: useDoor(),
    session: useSession(),
    register: useRegister(),
    search: useRegisterSearch(),
    me: useMeStore(),
    members: useMembers(),
  }));
  return { ...stores, verbs, state, tell: (event: EngineEvent) => tell(event) };
}

beforeEach(() => (document.body.innerHTML = ''));

describe('door', () => {
  it.each([
    ['nobody enrolled', NOBODY, false, 'enrolling'],
    ['somebody enrolled', { ...NOBODY, people: [MAI] }, false, 'locked'],
    ['an invitation for one more', { ...NOBODY, people: [MAI] }, true, 'enrolling'],
    ['another window at work', { ...NOBODY, people: [MAI], otherTab: true }, true, 'elsewhere'],
  ] as const)('shows the right thing at the start: %s', async (_, boot, wantsEnrolment, phase) => {
    const page = openPage(boot);
    await page.door.look(wantsEnrolment);
    expect(page.session.phase).toBe(phase);
  });

  it('knows the only person, asks among several, and opens by PIN only whom the PIN opens', async () => {
    const page = openPage({ ...NOBODY, people: [MAI] });
    await page.door.look();
    expect([page.door.chosen, page.door.way]).toEqual(['v1', 'passphrase']);
    page.state.boot = { ...NOBODY, people: [MAI, TUNG], pinOpens: 'v2' };
    page.door.choose(null);
    await page.door.look();
    expect([page.door.chosen, page.door.way]).toEqual(['v2', 'pin']);
    page.door.choose('v1');
    expect(page.door.way).toBe('passphrase');
  });

  it('[VLT-11] opens with PIN and authenticator after a cold start, unless the passphrase is preferred', async () => {
    const authenticator = { credential: new Uint8Array(20), salt: new Uint8Array(32), verifies: true };
    const page = openPage({ ...NOBODY, people: [{ ...MAI, authenticator }, TUNG] });
    await page.door.look();
    page.door.choose('v1');
    expect(page.door.way).toBe('authenticator');
    page.door.preferPassphrase(true);
    expect([page.door.way, page.door.authenticator]).toEqual(['passphrase', authenticator]);
    page.door.preferPassphrase(false);
    expect(page.door.way).toBe('authenticator');
    page.door.choose('v2');
    expect([page.door.way, page.door.authenticator]).toEqual(['passphrase', null]);
  });

  it('[VLT-11] too many wrong PINs at the open page end with the passphrase, whatever else could open', async () => {
    const authenticator = { credential: new Uint8Array(20), salt: new Uint8Array(32), verifies: true };
    const page = openPage({ ...NOBODY, people: [{ ...MAI, authenticator }] });
    await page.door.look();
    page.session.phase = 'open';
    page.tell({ type: 'locked', reason: 'pin' });
    await settle();
    expect([page.session.phase, page.door.way, page.door.failure]).toEqual([
      'locked',
      'passphrase',
      { reason: 'keyGone' },
    ]);
  });

  it.each([
    [
      { ok: false, reason: 'wrong', waitMs: 0, triesLeft: 3 },
      { reason: 'wrong', triesLeft: 3 },
    ],
    [{ ok: false, reason: 'wrong', waitMs: 0 }, { reason: 'wrong' }],
    [
      { ok: false, reason: 'wrong', waitMs: 5000 },
      { reason: 'wait', waitMs: 5000 },
    ],
    [
      { ok: false, reason: 'wait', waitMs: 900 },
      { reason: 'wait', waitMs: 900 },
    ],
    [{ ok: false, reason: 'forgotten', waitMs: 0 }, { reason: 'keyGone' }],
    [{ ok: false, reason: 'damaged', waitMs: 0 }, { reason: 'damaged' }],
  ] as const)('says why it stayed shut: %o', async (outcome, failure) => {
    const page = openPage({ ...NOBODY, people: [MAI] }, outcome);
    await page.door.look();
    await page.door.openWithPassphrase('núi sông gió mây');
    const { failure: shown } = page.door;
    expect(shown?.reason === 'wait' ? { ...shown, waitMs: Math.ceil(shown.waitMs) } : shown).toEqual(failure);
    expect(page.session.phase).toBe('locked');
  });

  it('[UX-33] forgets everything of a file when it locks, and then locks the engine behind the PIN', async () => {
    const page = openPage({ ...NOBODY, people: [MAI] });
    await page.door.look();
    await page.door.openWithPassphrase('núi sông gió mây');
    const row = { folder: 'F' as FolderId, name: 'Huỳnh Xuân Bình' } as ChildRow;
    page.tell({ type: 'children', rows: [row], gone: [], complete: true });
    page.search.text = 'Xuân Bình';
    page.members.want();
    await settle();
    expect([page.session.phase, page.register.all().length, page.members.byNumber.size]).toEqual(['open', 1, 1]);
    await page.door.lock('covered');
    expect([page.search.text, page.members.byNumber.size]).toEqual(['', 0]);
    expect([page.session.phase, page.register.all().length, page.me.me, page.session.person]).toEqual([
      'covered',
      0,
      null,
      null,
    ]);
    expect(page.verbs).toEqual(['setPlaces', 'lock']);
  });

  it('[UX-38] gives way to another window, and takes over from it', async () => {
    const page = openPage({ ...NOBODY, people: [MAI] });
    await page.door.look();
    await page.door.openWithPassphrase('núi sông gió mây');
    page.tell({ type: 'locked', reason: 'other-tab' });
    expect(page.session.phase).toBe('elsewhere');
    await page.door.takeOver();
    expect([page.session.phase, page.verbs.includes('takeOver')]).toEqual(['locked', true]);
  });

  it('says so when the Hub has revoked the device', async () => {
    const page = openPage({ ...NOBODY, people: [MAI] });
    await page.door.look();
    await page.door.openWithPassphrase('núi sông gió mây');
    page.tell({ type: 'locked', reason: 'revoked' });
    expect([page.session.phase, page.door.failure?.reason]).toEqual(['locked', 'revoked']);
  });
});
