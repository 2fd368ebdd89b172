import { type ShallowRef, shallowRef } from 'vue';
import { useEngine } from '../../composables/use-engine.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { type DirectoryEdit, openedDirectory } from '../../stores/directory-writer.ts';
import { useToasts } from '../../stores/toasts.ts';

/** The administrator's pen for the directory: one writing at a time. */
export interface DirectoryWriter {
  readonly isBusy: ShallowRef<boolean>;
  readonly trouble: ShallowRef<string | null>;
  /** Writes values; says whether the commune has them now. With `undo` the notice offers to write those instead. */
  write(edits: readonly DirectoryEdit[], undo?: readonly DirectoryEdit[]): Promise<boolean>;
}

/** Returns a pen. */
export function useDirectoryWriter(): DirectoryWriter {
  const engine = useEngine();
  const i18n = useI18n();
  const toasts = useToasts();
  const isBusy = shallowRef(false);
  const trouble = shallowRef<string | null>(null);

  async function write(edits: readonly DirectoryEdit[], undo: readonly DirectoryEdit[] = []): Promise<boolean> {
    isBusy.value = true;
    trouble.value = null;
    const ticket = await engine.roomTicket().catch(() => null);
    const isSaved = ticket !== null && (await (openedDirectory.value?.write(ticket, edits) ?? false));
    isBusy.value = false;
    if (isSaved) toasts.show(i18n.t('directory.saved'), undo.length > 0 ? () => void write(undo) : null);
    else trouble.value = i18n.t(ticket === null ? 'office.offline' : 'directory.notSaved');
    return isSaved;
  }

  return { isBusy, trouble, write };
}
