/** What a curious program tries that no tablet would: writing into files it may not have, to hear in the answer whether they are there. */
import { type FolderId, documentIdOf } from '@chungtay/core/model/ids';
import type { Who, WatchedHub } from './commune.ts';

const PROBERS: readonly Who[] = ['nurse', 'lead', 'chair', 'police', 'union', 'administrator'];

/** Pushes into the closed part of every child, rightly and wrongly made, from a device of each prober. */
export async function probe(commune: WatchedHub, children: readonly FolderId[]): Promise<void> {
  for (const who of PROBERS) {
    const member = commune.members.get(who);
    const invited = member === undefined ? null : await commune.hub.inviteAgain(member);
    if (!invited?.ok) throw new Error(`no invitation for ${who}`);
    const device = await commune.enrolWith(invited.value.code);
    commune.nextDialler(`${who}, curious`);
    await device.connect();
    for (const [i, child] of children.entries()) {
      if (i % 9 !== 0) continue;
      const closed = documentIdOf(child, 'hiv');
      await device.push(await device.edit(closed, { treatmentPlace: 'Trạm y tế' }));
      await device.push(await device.edit(closed, { treatmentPlace: 7 }));
      await device.push(await device.edit(closed, { nothing: 'x' }));
      await device.push(await device.edit(documentIdOf(child, 'held-hiv'), { outcome: 'accepted' }));
      await device.say(['ask-receipts', [closed]]);
      await commune.pass();
    }
    device.hangUp();
    await commune.pass();
  }
}
