// @hocuspocus/provider 4.8: all documents over one socket.
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { WebSocket } from 'ws';
import { recordOf } from '../../corpus.ts';
import { offerYDevice } from '../y-device.mjs';

offerYDevice((port, docs) => {
  const url = `ws://127.0.0.1:${port}`;
  const websocketProvider = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket });
  for (const [index, document] of docs.entries()) {
    new HocuspocusProvider({ websocketProvider, name: recordOf(index).name, document, token: 'bench' }).attach();
  }
});
