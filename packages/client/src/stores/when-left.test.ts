// @vitest-environment happy-dom
import { createPinia } from 'pinia';
import { describe, expect, it } from 'vitest';
import { createApp } from 'vue';
import { LEAD } from '../composables/fake-engine.support.ts';
import { createI18n } from '../i18n/use-i18n.ts';
import { useAudit } from './audit.ts';
import { useDoor } from './door.ts';
import { createEngineLink, ENGINE, type EngineApi } from './engine.ts';
import { useOffice } from './office.ts';
import { useRecoveries } from './recoveries.ts';

const RECOVERY = {
  request: '01K0000000000000000000000R',
  device: '01J9ZZZZZZZZZZZZZZZZZZZZZD',
  label: '',
  member: 7,
  name: 'Sùng Thị Dợ',
  role: 'collaborator',
  key: '11'.repeat(32),
  share: null,
  askedAtMs: 1,
  untilMs: 2,
  state: 'open',
  approvedBy: [],
  hasApproved: false,
};
const LINE = { atMs: 1, act: 'write', detail: null, member: 5, kind: null, document: null, about: null };
const ANSWERS: Readonly<Record<string, unknown>> = {
  audit: { lines: [LINE], next: 'n', isAll: true, head: null },
  recoveries: { recoveries: [RECOVERY] },
  people: { members: [], devices: [], nowMs: 1 },
};

/** A page at which somebody works; the Hub answers when `answer` is called. */
async function openPage() {
  let answer: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (answer = resolve));
  const api = {
    boot: async () => ({ people: [], pinOpens: null, unlocked: false, otherTab: false }),
    unlock: async () => ({ ok: true, me: LEAD }),
    lock: async () => undefined,
    setPlaces: async () => undefined,
    askOffice: async (verb: string) => {
      await told;
      return { is: 'answered', answer: JSON.stringify(ANSWERS[verb]) };
    },
  } as unknown as EngineApi;
  const link = createEngineLink(() => api);
  const app = createApp({}).use(createPinia()).use(createI18n()).provide(ENGINE, link);
  const stores = app.runWithContext(() => ({
    door: useDoor(),
    audit: useAudit(),
    office: useOffice(),
    recoveries: useRecoveries(),
  }));
  stores.door.choose('v1');
  await stores.door.openWithPassphrase('núi sông gió mây');
  return { ...stores, answer };
}

type Page = Awaited<ReturnType<typeof openPage>>;

const ASKED: readonly (readonly [string, (page: Page) => Promise<unknown>, (page: Page) => unknown, unknown])[] = [
  ['the log', ({ audit }) => audit.ask({}, false), ({ audit }) => audit.lines, []],
  ['locked tablets', ({ recoveries }) => recoveries.order('recoveries'), ({ recoveries }) => recoveries.lines, []],
  ['people and devices', ({ office }) => office.refresh(), ({ office }) => office.people, null],
];

describe('what the Hub told somebody', () => {
  for (const phase of ['locked', 'covered'] as const)
    it.each(ASKED)(`[P12] [UX-33] goes when his page is ${phase}: %s`, async (_what, ask, shown, nothing) => {
      const page = await openPage();
      page.answer();
      await ask(page);
      expect(shown(page)).not.toEqual(nothing);
      await page.door.lock(phase);
      expect(shown(page)).toEqual(nothing);
    });

  it.each(ASKED)(
    '[P12] [UX-33] and is not shown to the next when it comes late: %s',
    async (_what, ask, shown, nothing) => {
      const page = await openPage();
      const asking = ask(page);
      await page.door.lock();
      page.answer();
      await asking;
      expect(shown(page)).toEqual(nothing);
    },
  );
});
