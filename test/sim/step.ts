/** One kind of step, and what steps share. */
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import type { HeldDocument } from '@chungtay/core/sync/replica-reading';
import type { Commune } from './commune.ts';
import type { SimDevice } from './device.ts';

/** One kind of step: how often it comes, and what it does. Returns what to print of it, or null when it could not be. */
export interface Step {
  readonly name: string;
  readonly weight: number;
  readonly run: (commune: Commune) => Promise<string | null>;
}

/** Returns an edit of a child's file that the tablet holds, and the text it writes; null when it holds none. */
export function textEdit(
  commune: Commune,
  device: SimDevice,
): { readonly edit: DocumentEdit; readonly text: string } | null {
  const held = commune.oneOf(wholeOf(device).filter(({ kind }) => kind === 'identity'));
  const text = commune.token();
  return held ? { edit: { document: held.document, sets: [{ name: 'address', value: text }] }, text } : null;
}

/** Says whether a document that is held shows the text. */
export function hasText(held: HeldDocument | null, text: string): boolean {
  return held?.access === 'whole' && [...held.state.live.values()].some(({ value }) => value === text);
}

export async function editOn(commune: Commune, device: SimDevice): Promise<void> {
  const change = textEdit(commune, device);
  if (change) await edit(commune, device, [change.edit]);
}

export async function edit(commune: Commune, device: SimDevice, edits: readonly DocumentEdit[]): Promise<boolean> {
  const isSaved = await device.edit(edits);
  if (isSaved) commune.counters.add('edits');
  if (isSaved && edits.length > 1) commune.counters.add('groups');
  return isSaved;
}

/** Those who may write a child's carer. */
export function writersOf(commune: Commune): readonly SimDevice[] {
  return commune.devices.filter(({ isAlive, role }) => isAlive && (role === 'lead' || role === 'collaborator'));
}

export function wholeOf(device: SimDevice): readonly HeldDocument[] {
  return [...device.replica.walk()].filter(({ access }) => access === 'whole');
}

export function bytesOf(commune: Commune) {
  return (lengthBytes: number) => Uint8Array.from({ length: lengthBytes }, () => commune.pick(256));
}
