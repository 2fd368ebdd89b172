/** Mistakes planted in what opens a compartment for a while. */
import { accessRuleOf, GRANT_LIMITS } from '@chungtay/core/model/grant';
import { HubIndex } from '@chungtay/core/sync/hub-index';
import { Overlay } from '@chungtay/core/sync/hub-overlay';
import { patched, type Planted } from './planting.ts';

/** By name. */
export const PLANTED_IN_ACCESS = {
  'opens sealed files when one approves': { seed: 26, sign: /P10 /u, patch: () => approvals('sealed', 1) },
  'opens what nobody approved': { seed: 9, sign: /P10 /u, patch: () => approvals('education', 0) },
  'leaves an emergency open': {
    seed: 1,
    sign: /P10 /u,
    patch: () => patched(GRANT_LIMITS as { emergencyMs: number }, 'emergencyMs', () => 1e12),
  },
  // the tablet knows of the end as well, and does not show what the Hub should not have sent
  'serves on what was ended': {
    seed: 11,
    sign: /(?:P10|SY-1) /u,
    patch: () =>
      patched(
        Overlay.prototype,
        'setScope',
        (right) =>
          function (this: Overlay, folder, seq, scope) {
            const before = this.scope(folder)?.grants ?? [];
            right.call(this, folder, seq, { ...scope, grants: [...before, ...scope.grants] });
          },
      ),
  },
  // the tablet holds the consents too, and does not show what the Hub should not have sent
  'opens by consent to another agency than it names': {
    seed: 25,
    sign: /(?:P10|SY-1) /u,
    patch: () =>
      patched(
        Overlay.prototype,
        'setScope',
        (right) =>
          function (this: Overlay, folder, seq, scope) {
            const grants = scope.grants.map((grant) => ({ ...grant, agency: null }));
            right.call(this, folder, seq, { ...scope, grants });
          },
      ),
  },
  'does not look when a grant runs out': {
    seed: 1,
    sign: /SY-1 /u,
    patch: () => patched(HubIndex.prototype, 'foldersTurned', () => () => []),
  },
} satisfies Record<string, Planted>;

function approvals(compartment: 'sealed' | 'education', count: number): () => void {
  const rule = accessRuleOf(compartment) as { approvals: number };
  return patched(rule, 'approvals', () => count);
}
