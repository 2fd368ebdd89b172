import type { Agency } from '@chungtay/core/model/role';
import type { SavingState } from '../../stores/edits.ts';
import type { DocumentView } from '../../stores/engine.ts';

/** Where the newest edits of a file have got to, in the states of UX-2. */
export type FileState = 'typing' | 'failed' | 'saved' | 'sent' | 'received';

/**
 * Returns the state to show: the worst of what is being written and of the documents; null where nothing was ever written. `received` needs an
 * agency other than one's own that holds every document that has been sent.
 */
export function fileStateOf(
  saving: SavingState['is'],
  documents: readonly Pick<DocumentView, 'access' | 'saved' | 'receipts' | 'registers' | 'logs' | 'maps'>[],
  mine: Agency | null,
): FileState | null {
  if (saving === 'failed' || saving === 'typing') return saving;
  const written = documents.filter((view) => view.access === 'whole' && hasContent(view));
  if (written.length === 0) return null;
  if (written.some(({ saved }) => saved === 'tablet')) return 'saved';
  const isHeldElsewhere = written.every(({ receipts }) => receipts.some(({ agency }) => agency !== mine));
  return isHeldElsewhere ? 'received' : 'sent';
}

function hasContent({ registers, logs, maps }: Pick<DocumentView, 'registers' | 'logs' | 'maps'>): boolean {
  return [registers, logs, maps].some((fields) => Object.keys(fields).length > 0);
}
