/** What may happen in a commune, one thing at a time: every kind of step, and how often it comes. */
import type { Commune } from './commune.ts';
import type { Step } from './step.ts';
import { ACCESS_STEPS } from './steps-access.ts';
import { editClosed, nextStage, openCase, signVisit, visitHousehold } from './steps-cases.ts';
import { choose, decideQuarantine, editSomething, fileIntake, newChild, sameField, undo } from './steps-edits.ts';
import {
  failDeviceCommit,
  failHubCommit,
  fold,
  killDevice,
  killHub,
  makeBackup,
  restoreBackup,
  startDevice,
  startHub,
} from './steps-faults.ts';
import { calm, deliver, disconnect, duplicate, overtake, passTime, wake } from './steps-network.ts';
import { changeAppointment, endRightOnTheWay, moveChild, revokeDevice, suspend, usurp } from './steps-office.ts';
import {
  cloneTablet,
  emptyStorage,
  fillStorage,
  goAway,
  jumpClock,
  jumpHubClock,
  loseStorage,
  loseTablet,
  upgrade,
} from './steps-tablets.ts';

/** Every step. */
const STEPS: readonly Step[] = [
  { name: 'new child', weight: 6, run: newChild },
  { name: 'edit', weight: 24, run: editSomething },
  { name: 'same field', weight: 12, run: sameField },
  { name: 'choose', weight: 10, run: choose },
  { name: 'undo', weight: 5, run: undo },
  { name: 'intake', weight: 4, run: fileIntake },
  { name: 'case', weight: 4, run: openCase },
  { name: 'stage', weight: 16, run: nextStage },
  { name: 'edit of a case at rest', weight: 7, run: editClosed },
  { name: 'visit', weight: 3, run: visitHousehold },
  { name: 'sign', weight: 3, run: signVisit },
  { name: 'hostile', weight: 5, run: (commune) => commune.hostile?.strike() ?? Promise.resolve(null) },
  { name: 'move child', weight: 4, run: moveChild },
  { name: 'appointment', weight: 2, run: changeAppointment },
  { name: 'right ends on the way', weight: 3, run: endRightOnTheWay },
  { name: 'suspend', weight: 2, run: suspend },
  { name: 'revoke device', weight: 0.8, run: revokeDevice },
  { name: 'usurp', weight: 8, run: usurp },
  { name: 'quarantine', weight: 12, run: decideQuarantine },
  { name: 'deliver', weight: 40, run: deliver },
  { name: 'duplicate', weight: 3, run: duplicate },
  { name: 'disconnect', weight: 5, run: (commune) => disconnect(commune, 'cut') },
  { name: 'half-open', weight: 2, run: (commune) => disconnect(commune, 'halfOpen') },
  { name: 'overtake', weight: 2, run: overtake },
  { name: 'wake', weight: 8, run: wake },
  { name: 'calm', weight: 9, run: calm },
  { name: 'time', weight: 10, run: passTime },
  { name: 'fold', weight: 3, run: fold },
  { name: 'device kill', weight: 3, run: killDevice },
  { name: 'device commit fails', weight: 4, run: failDeviceCommit },
  { name: 'device start', weight: 16, run: startDevice },
  { name: 'hub kill', weight: 1, run: killHub },
  { name: 'hub commit fails', weight: 2, run: failHubCommit },
  { name: 'lost tablet', weight: 0.4, run: loseTablet },
  { name: 'lost storage', weight: 0.6, run: loseStorage },
  { name: 'clone', weight: 0.6, run: cloneTablet },
  { name: 'storage fills', weight: 1.5, run: fillStorage },
  { name: 'storage has room', weight: 4, run: emptyStorage },
  { name: 'away', weight: 1, run: goAway },
  { name: 'upgrade', weight: 1.5, run: upgrade },
  { name: 'clock jumps', weight: 2, run: jumpClock },
  { name: 'hub clock jumps', weight: 1, run: jumpHubClock },
  { name: 'backup', weight: 4, run: makeBackup },
  { name: 'restore', weight: 2, run: restoreBackup },
  { name: 'hub start', weight: 16, run: startHub },
];

/** Returns a step at random, by weight. */
export function drawStep(commune: Commune): Step {
  return drawFrom(STEPS, commune);
}

/** Returns a step about what is asked for and opened: beside the others, so that those come as they came. */
export function drawAccessStep(commune: Commune): Step {
  return drawFrom(ACCESS_STEPS, commune);
}

function drawFrom(steps: readonly Step[], commune: Commune): Step {
  let at = commune.random() * steps.reduce((sum, step) => sum + step.weight, 0);
  return steps.find((step) => (at -= step.weight) < 0) ?? (steps[0] as Step);
}
