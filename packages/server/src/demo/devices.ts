import type { World } from '@chungtay/core/base/world';
import type { DocumentId, MemberNumber } from '@chungtay/core/model/ids';
import type { Hub } from '@chungtay/core/sync/hub';
import type { DocumentEdit } from '@chungtay/core/sync/replica-edit';
import { enrolAt, openLocalDevice } from '../jobs/local-device.ts';
import type { LocalDevice } from '../jobs/local-device.ts';
import { dialLocally } from '../ops/local-link.ts';

/** A tablet of the invented commune: enrolled and admitted as any other, gone when the seeding ends. */
export interface DemoDevice extends Pick<LocalDevice, 'replica' | 'settled' | 'leave' | 'comeBack'> {
  readonly member: MemberNumber;
  /** Saves one group; a refusal is a Fault: the demo never asks for what it may not do. */
  write(edits: readonly DocumentEdit[]): Promise<void>;
  /** Resolves once the Hub has given this tablet the document. */
  sees(document: DocumentId): Promise<void>;
}

/** Enrols and connects a tablet for a person of the commune. */
export async function openDemoDevice(hub: Hub, world: World, code: string): Promise<DemoDevice> {
  const dial = dialLocally((socket) => hub.accept(socket));
  const device = await openLocalDevice(world, dial, enrolAt(hub, code));
  const { replica } = device;
  return {
    ...device,
    member: device.identity.member,
    async write(edits) {
      const saved = await replica.edit(edits);
      if (saved.ok) return;
      const { reason, fields } = saved.error;
      throw new Error(`the demo may not write ${kindsOf(edits)}: ${reason} ${fields.join(' ')}`);
    },
    sees: (document) => device.until(() => replica.read(document) !== null),
  };
}

function kindsOf(edits: readonly DocumentEdit[]): string {
  return edits.map(({ document }) => document.split('/')[1]).join(', ');
}
