/** Our crowd: light devices, each an enrolled collaborator of its group's village. */
import { WebSocket } from 'ws';
import { offerCrowd } from '../crowd/offer.ts';
import { countMessagesOf } from '../meter.ts';
import type { Admitted } from './admitted.ts';
import { openLightDevice } from './light-device.ts';

countMessagesOf(WebSocket.prototype as never);
offerCrowd(
  (seat, place, { port, admitted }, hears) => {
    const { villages, codes } = admitted as Admitted;
    const code = codes[place];
    const village = villages[seat.group];
    if (code === undefined || village === undefined) throw new Error(`place ${place} is not admitted`);
    return openLightDevice(seat, { code, village, port }, hears);
  },
  { isAcknowledged: true },
);
