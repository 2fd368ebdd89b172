// @vitest-environment happy-dom
import { must } from '@chungtay/core/base/assert';
import { documentIdOf, type FolderId } from '@chungtay/core/model/ids';
import { describe, expect, it } from 'vitest';
import { effectScope, getCurrentInstance } from 'vue';
import { FakeEngine, settle, withEngine } from '../composables/fake-engine.support.ts';
import { type Draft, useDraft } from '../composables/use-draft.ts';
import { useAnnouncements } from './announcements.ts';
import { useEntrance } from './door-ways.ts';
import { useEdits } from './edits.ts';
import { useSession } from './session.ts';
import { IDLE } from './sync-summary.ts';
import { useSync } from './sync.ts';
import { useUnsaved } from './unsaved.ts';

const TYPED = 'Cháu kể với cô giáo…';

/** A page at work over an engine whose disk can be filled. */
function openPage() {
  const engine = new FakeEngine();
  const { result } = withEngine(engine, () => ({
    edits: useEdits(),
    unsaved: useUnsaved(),
    session: useSession(),
    sync: useSync(),
    said: useAnnouncements(),
    enter: useEntrance(),
    draft: useDraft<string>('note/1', ''),
    comeBack: comingBack(),
  }));
  const { sync, edits, session } = result;
  const document = documentIdOf(engine.id() as FolderId, 'case');
  session.vault = 'one';
  let giveRoom = (): void => undefined;
  return {
    ...result,
    engine,
    write: () => edits.write([{ document, sets: [{ name: 'narrative', value: TYPED }] }]),
    fill: (): void => {
      engine.gate = new Promise((resolve) => (giveRoom = resolve));
      sync.summary = { ...IDLE, storage: 'full' };
    },
    giveRoom: (): void => {
      engine.gate = null;
      sync.summary = IDLE;
      giveRoom();
    },
  };
}

/** Returns how the same form is opened a second time. */
function comingBack(): () => Draft<string> {
  const app = must(getCurrentInstance(), 'setup').appContext.app;
  return () =>
    app.runWithContext(() =>
      must(
        effectScope().run(() => useDraft<string>('note/1', '')),
        'a form',
      ),
    );
}

describe('what a full disk does not take', () => {
  it('[P3] shows as not saved, is said and can be exported; once there is room it is saved, and only once', async () => {
    const { edits, unsaved, said, engine, write, fill, giveRoom } = openPage();
    fill();
    const written = write();
    await settle();
    expect(edits.state).toMatchObject({ is: 'failed', reason: 'storage' });
    expect(said.text).toContain('Chưa lưu được');
    expect([unsaved.isStuck, unsaved.asText().includes(TYPED)]).toEqual([true, true]);
    giveRoom();
    expect((await written).ok).toBe(true);
    expect([edits.state.is, engine.written.length]).toEqual(['saved', 1]);
    expect([unsaved.isStuck, unsaved.asText()]).toEqual([false, '[]']);
  });

  it('[P3] of a form is the same, and is there for who comes back to it', async () => {
    const { draft, comeBack, unsaved, engine, fill, giveRoom } = openPage();
    await draft.loaded;
    fill();
    draft.set(TYPED);
    void draft.flush();
    await settle();
    expect([draft.state.value, unsaved.asText().includes(TYPED)]).toEqual(['failed', true]);
    const again = comeBack();
    await again.loaded;
    expect([again.value.value, again.state.value]).toEqual([TYPED, 'failed']);
    giveRoom();
    await settle();
    await again.flush();
    expect([again.state.value, draft.state.value, unsaved.asText(), engine.drafts.get('note/1')]).toEqual([
      'saved',
      'saved',
      '[]',
      TYPED,
    ]);
  });

  it('[P3] of an edit in time is no trouble to tell anybody', async () => {
    const { edits, unsaved, engine, write } = openPage();
    engine.gate = new Promise(() => undefined);
    void write();
    await settle();
    expect([edits.state.is, unsaved.isStuck]).toEqual(['typing', false]);
  });

  it('[P3] is of one person: the next one neither sees nor writes it, and whoever typed it finds it written', async () => {
    const { edits, unsaved, session, engine, enter, write, sync } = openPage();
    engine.refusal = { ok: false, reason: 'storage', fields: [] };
    expect((await write()).ok).toBe(false);
    sync.summary = { ...IDLE, storage: 'full' };
    expect([edits.state.is, unsaved.isStuck]).toEqual(['failed', true]);
    enter(engine.me, 'two');
    await settle();
    await edits.retry();
    expect([edits.state.is, unsaved.isStuck, unsaved.asText(), engine.written.length]).toEqual([
      'idle',
      false,
      '[]',
      0,
    ]);
    enter(engine.me, 'one');
    await settle();
    expect([session.vault, edits.state.is, unsaved.asText(), engine.written.length]).toEqual(['one', 'saved', '[]', 1]);
  });
});
