// @hocuspocus/provider 4.8: all documents of a device over one socket. "Stored" is what its provider calls synced: nothing unsynced.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { WebSocket } from 'ws';
import { recordOf } from '../../corpus.ts';
import { recordIndexOf } from '../../crowd/seats.ts';
import { offerYCrowd } from '../y-crowd.mjs';
import { strokeIn } from '../y-stroke.mjs';

offerYCrowd(
  (port, docs, hears) => {
    const websocketProvider = new HocuspocusProviderWebsocket({
      url: `ws://127.0.0.1:${port}`,
      WebSocketPolyfill: WebSocket,
    });
    for (const [number, document] of docs) {
      const name = recordOf(recordIndexOf(number)).name;
      const provider = new HocuspocusProvider({ websocketProvider, name, document, token: 'bench' });
      // each stroke is one update, and the provider counts those that the server has not answered
      const look = () => {
        const stroke = strokeIn(document) - provider.unsyncedChanges;
        if (provider.isSynced && stroke >= 0) hears.stored(number, stroke);
      };
      provider.on('unsyncedChanges', look);
      provider.on('synced', look);
      provider.attach();
    }
    return {
      leave: () => websocketProvider.disconnect(),
      come: () => websocketProvider.connect(),
      waitingBytes: () => websocketProvider.webSocket?.bufferedAmount ?? 0,
    };
  },
  { isAcknowledged: true },
);
