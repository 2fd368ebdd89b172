import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** How long an undo is offered (UX-11). */
export const TOAST_MS = 10_000;

/** A short notice with at most one action. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  /** What the button does; the toast closes by itself afterwards. */
  readonly undo: (() => void) | null;
}

/** The notices on screen, oldest first, at most three. */
export const useToasts = defineStore('toasts', () => {
  const shown = shallowRef<readonly Toast[]>([]);
  let lastId = 0;

  /** Shows a notice; with `takeBack` it carries the button. Returns its id. */
  function show(text: string, takeBack: (() => void) | null = null): number {
    lastId += 1;
    shown.value = [...shown.value, { id: lastId, text, undo: takeBack }].slice(-3);
    return lastId;
  }

  /** Takes a notice away; nothing happens when it is gone already. */
  function close(id: number): void {
    shown.value = shown.value.filter((toast) => toast.id !== id);
  }

  /** Runs the undo of a notice once and takes it away. */
  function undo(id: number): void {
    const toast = shown.value.find((candidate) => candidate.id === id);
    close(id);
    toast?.undo?.();
  }

  return { shown, show, close, undo };
});
