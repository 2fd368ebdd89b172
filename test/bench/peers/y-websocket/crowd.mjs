// y-websocket 3.1: one provider, so one socket, per device and document.
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import { recordOf } from '../../corpus.ts';
import { recordIndexOf } from '../../crowd/seats.ts';
import { offerYCrowd } from '../y-crowd.mjs';

const OPTIONS = { WebSocketPolyfill: WebSocket, disableBc: true };

offerYCrowd(
  (port, docs) => {
    const providers = [...docs].map(([number, doc]) => {
      return new WebsocketProvider(`ws://127.0.0.1:${port}`, recordOf(recordIndexOf(number)).name, doc, OPTIONS);
    });
    return {
      leave: () => providers.forEach((provider) => provider.disconnect()),
      come: () => providers.forEach((provider) => provider.connect()),
      waitingBytes: () => providers.reduce((sum, { ws }) => sum + (ws?.bufferedAmount ?? 0), 0),
    };
  },
  { isAcknowledged: false },
);
