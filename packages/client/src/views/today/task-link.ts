import type { TaskView } from '@chungtay/core/derive/tasks';
import { kindOf } from '@chungtay/core/kinds/registry';
import type { RouteLocationNamedRaw, Router } from 'vue-router';

/** The part of a child's page where a kind is shown. */
const CHILD_PARTS: Readonly<Record<string, string>> = {
  education: 'education',
  health: 'health',
  support: 'support',
  hiv: 'closed',
  offence: 'closed',
};

/** Returns where a task is done, or null when no screen of this build does it. */
export function taskLink(
  task: Pick<TaskView, 'what' | 'document' | 'folder' | 'kind'>,
  router: Pick<Router, 'hasRoute'>,
): RouteLocationNamedRaw | null {
  const link = linkOf(task);
  return link && router.hasRoute(String(link.name)) ? link : null;
}

function linkOf({
  what,
  document,
  folder,
  kind,
}: Pick<TaskView, 'what' | 'document' | 'folder' | 'kind'>): RouteLocationNamedRaw | null {
  if (what === 'judgeHeld') return { name: 'held' };
  if (what === 'answerRequest' || what === 'reviewEmergency')
    return { name: 'access', query: { yc: document.split('/')[2] } };
  const sister = kindOf(kind)?.labels ?? kind;
  if (sister === 'intake') return { name: 'intake', params: { folder, own: document.split('/')[2] ?? '' } };
  switch (kindOf(kind)?.folder) {
    case 'child':
      return { name: 'child', params: { folder }, query: kind in CHILD_PARTS ? { phan: CHILD_PARTS[kind] } : {} };
    case 'household':
      return { name: 'household-survey', params: { folder } };
    case 'case':
      return { name: 'case', params: { folder } };
    default:
      return null;
  }
}
