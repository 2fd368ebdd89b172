import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { useI18n } from '../i18n/use-i18n.ts';
import { useAnnouncements } from './announcements.ts';
import { type EditOutcome, injectedEngine } from './engine.ts';
import { TOAST_MS, useToasts } from './toasts.ts';

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
  readonly edits: readonly DocumentEdit[];
  readonly options: EditOptions;
  readonly reason: EditRefusalReason;
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
  const running = shallowRef(0);
  const savedAtMs = shallowRef<number | null>(null);
  const failures = shallowRef<ReadonlyMap<string, Failure>>(new Map());

  /** Where it stands: the worst first. */
  const state = computed<SavingState>(() => {
    const failed = failures.value.values().next().value;
    if (failed) return { is: 'failed', atMs: null, reason: failed.reason };
    if (running.value > 0) return { is: 'typing', atMs: null, reason: null };
    return { is: savedAtMs.value === null ? 'idle' : 'saved', atMs: savedAtMs.value, reason: null };
  });

  /** Saves as one group; resolves when it is on this tablet, or with why not. Never rejects. */
  async function write(edits: readonly DocumentEdit[], options: EditOptions = {}): Promise<EditOutcome> {
    const key = options.key ?? keyOf(edits);
    failures.value = without(failures.value, key);
    running.value += 1;
    const outcome = await engine.edit(edits).catch((): EditOutcome => ({ ok: false, reason: 'storage', fields: [] }));
    running.value -= 1;
    if (outcome.ok) {
      failures.value = new Map([...failures.value].filter(([, { reason }]) => mayPass(reason)));
      savedAtMs.value = outcome.atMs;
      announcements.sayRarely(i18n.t('saving.saved'));
      if (options.undoText !== undefined) offerUndo(key, options.undoText, outcome.undo);
    } else {
      failures.value = new Map([...failures.value, [key, { edits, options, reason: outcome.reason }]]);
      announcements.say(i18n.t(`edit.why.${outcome.reason}`));
    }
    return outcome;
  }

  /** Tries again what could not be saved. */
  async function retry(): Promise<void> {
    for (const { edits, options, reason } of failures.value.values()) if (mayPass(reason)) await write(edits, options);
  }

  /** A new screen begins: what was saved before is no news there. */
  function enterScreen(): void {
    savedAtMs.value = null;
  }

  return { state, write, retry, enterScreen };
});

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

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  return new Map([...map].filter(([each]) => each !== key));
}
