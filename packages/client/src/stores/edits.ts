import type { Json } from '@chungtay/core/base/any';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { defineStore } from 'pinia';
import { computed, type ComputedRef, type Ref, shallowRef, watch } from 'vue';
import { useI18n } from '../i18n/use-i18n.ts';
import { useAnnouncements } from './announcements.ts';
import { type EditOutcome, injectedEngine } from './engine.ts';
import { useSession } from './session.ts';
import { useSync } from './sync.ts';
import { TOAST_MS, useToasts } from './toasts.ts';
import { useUnsaved } from './unsaved.ts';

/** Why nothing was saved. */
export type EditRefusalReason = Extract<EditOutcome, { readonly ok: false }>['reason'];

/** Where the edits of a screen stand: the worst first. */
export interface SavingState {
  readonly is: 'idle' | 'typing' | 'saved' | 'failed';
  readonly atMs: number | null;
  readonly reason: EditRefusalReason | null;
}

/** How one edit is to be treated. */
export interface EditOptions {
  /** What it is about: a later edit with the same key replaces a failed one, and one undo takes all of a burst back. */
  readonly key?: string;
  /** What the undo notice says; without it no undo is offered. */
  readonly undoText?: string;
}

interface Burst {
  readonly undos: readonly (EditOutcome & { ok: true })['undo'][];
  readonly toast: number;
  readonly atMs: number;
}

interface Failure {
  /** Whose edits they are: the next person at this tablet neither sees nor writes them. */
  readonly vault: string | null;
  readonly edits: readonly DocumentEdit[];
  readonly options: EditOptions;
  readonly reason: EditRefusalReason;
  /** Takes them out of what is to be exported. */
  readonly forget: () => void;
}

/**
 * Everything the page writes goes through here, so that one line says where all of it stands, and what could not be saved is not forgotten
 * with its screen.
 */
export const useEdits = defineStore('edits', () => {
  const engine = injectedEngine().api;
  const offerUndo = useUndoOffers();
  const announcements = useAnnouncements();
  const i18n = useI18n();
  const session = useSession();
  const unsaved = useUnsaved();
  const running = shallowRef(0);
  const savedAtMs = shallowRef<number | null>(null);
  const failed = useFailures();
  const state = useSavingState(running, savedAtMs, failed.own);

  /** Saves as one group; resolves when it is on this tablet, or with why not. Never rejects. */
  async function write(edits: readonly DocumentEdit[], options: EditOptions = {}): Promise<EditOutcome> {
    const { vault } = session;
    const key = `${vault} ${options.key ?? keyOf(edits)}`;
    failed.drop(key);
    const forget = unsaved.keep(edits, wordsOf(edits));
    running.value += 1;
    const outcome = await engine.edit(edits).catch((): EditOutcome => ({ ok: false, reason: 'storage', fields: [] }));
    running.value -= 1;
    if (outcome.ok || !mayPass(outcome.reason)) forget();
    if (outcome.ok) {
      failed.dropRefused();
      savedAtMs.value = outcome.atMs;
      announcements.sayRarely(i18n.t('saving.saved'));
      if (options.undoText !== undefined) offerUndo(key, options.undoText, outcome.undo);
    } else {
      failed.note(key, { vault, edits, options, reason: outcome.reason, forget });
      announcements.say(i18n.t(`edit.why.${outcome.reason}`));
    }
    return outcome;
  }

  /** Tries again what could not be saved. */
  async function retry(): Promise<void> {
    for (const { edits, options, reason } of failed.own.value) if (mayPass(reason)) await write(edits, options);
  }

  /** A new screen begins: what was saved before is no news there. */
  function enterScreen(): void {
    savedAtMs.value = null;
  }

  return { state, write, retry, enterScreen };
});

/** Returns the book of what could not be saved, by what it is about. */
function useFailures() {
  const session = useSession();
  const failures = shallowRef<ReadonlyMap<string, Failure>>(new Map());
  return {
    own: computed(() => [...failures.value.values()].filter(({ vault }) => vault === session.vault)),
    note: (key: string, failure: Failure): void => void (failures.value = new Map([...failures.value, [key, failure]])),
    drop: (key: string): void => {
      failures.value.get(key)?.forget();
      failures.value = without(failures.value, key);
    },
    /** What can never be saved is old news once something was. */
    dropRefused: (): void => {
      failures.value = new Map([...failures.value].filter(([, { reason }]) => mayPass(reason)));
    },
  };
}

/** Returns where it stands, the worst first; what waits for a disk that takes nothing has failed so far, and is said aloud. */
function useSavingState(
  running: Readonly<Ref<number>>,
  savedAtMs: Readonly<Ref<number | null>>,
  failed: Readonly<Ref<readonly Failure[]>>,
): ComputedRef<SavingState> {
  const sync = useSync();
  const announcements = useAnnouncements();
  const i18n = useI18n();
  const isStuck = computed(() => running.value > 0 && sync.summary.storage !== 'ok');
  watch(isStuck, (stuck) => stuck && announcements.say(i18n.t('edit.why.storage')));
  return computed(() => {
    const reason = failed.value[0]?.reason ?? (isStuck.value ? 'storage' : null);
    if (reason !== null) return { is: 'failed', atMs: null, reason };
    if (running.value > 0) return { is: 'typing', atMs: null, reason: null };
    return { is: savedAtMs.value === null ? 'idle' : 'saved', atMs: savedAtMs.value, reason: null };
  });
}

/** Returns how to offer undo: a burst of edits of one thing within ten seconds is taken back as one (UX-11). */
function useUndoOffers(): (key: string, text: string, undo: Burst['undos'][number]) => void {
  const engine = injectedEngine().api;
  const toasts = useToasts();
  const i18n = useI18n();
  const bursts = new Map<string, Burst>();

  async function takeBack(burst: Burst): Promise<void> {
    for (const undo of burst.undos.toReversed()) {
      const outcome = await engine.undo(undo).catch(() => null);
      if (!outcome?.ok) return void toasts.show(i18n.t('edit.undoFailed'));
    }
  }

  return (key, text, undo) => {
    const former = bursts.get(key);
    const goesOn = former !== undefined && performance.now() - former.atMs < TOAST_MS;
    if (goesOn) toasts.close(former.toast);
    const undos = [...(goesOn ? former.undos : []), undo];
    const toast = toasts.show(text, () => {
      const burst = bursts.get(key);
      bursts.delete(key);
      if (burst) void takeBack(burst);
    });
    bursts.set(key, { undos, toast, atMs: performance.now() });
  };
}

/** Says whether the same edit may be saved later: a full disk may be emptied, a missing right does not come by trying. */
export function mayPass(reason: EditRefusalReason): boolean {
  return reason === 'storage' || reason === 'no-lease';
}

function keyOf(edits: readonly DocumentEdit[]): string {
  return edits
    .map(({ document, sets = [], appends = [] }) => {
      const names = [
        ...sets.map(({ name, code }) => `${name}:${code ?? ''}`),
        ...appends.map(({ name }) => `${name}#`),
      ];
      return `${document} ${names.join(' ')}`;
    })
    .join('\n');
}

function wordsOf(edits: readonly DocumentEdit[]): Json {
  return edits.map(({ document, sets = [], appends = [] }) => ({
    document,
    sets: sets.map(({ name, code = null, value }) => ({ name, code, value })),
    appends: appends.map(({ name, value }) => ({ name, value })),
  }));
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  return new Map([...map].filter(([each]) => each !== key));
}
