// y-websocket 3.1: one provider, so one socket, per document.
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import { recordOf } from '../../corpus.ts';
import { offerYDevice } from '../y-device.mjs';

const OPTIONS = { WebSocketPolyfill: WebSocket, disableBc: true };

offerYDevice((port, docs) => {
  const url = `ws://127.0.0.1:${port}`;
  return docs.map((doc, index) => new WebsocketProvider(url, recordOf(index).name, doc, OPTIONS));
});
