import type { Dial, Socket } from '@chungtay/core/sync/ports';
import { CLOSE } from '@chungtay/core/wire/refusal';

/** Returns a Dial that opens the Hub's Feed at `url` as a binary WebSocket. */
export function webSocketDial(url: string): Dial {
  return (events): Socket => {
    const ws = new WebSocket(url);
    ws.binaryType = 'arraybuffer';
    let closed = false;
    const closeOnce = (code: number): void => {
      if (closed) return;
      closed = true;
      events.onClose(code);
    };
    ws.onmessage = (message) => {
      // the Feed speaks bytes alone: text is not our Hub
      if (message.data instanceof ArrayBuffer) events.onFrame(new Uint8Array(message.data));
      else ws.close(CLOSE.refused, 'malformed');
    };
    ws.onclose = (event) => closeOnce(event.code);
    ws.onerror = () => closeOnce(1006);
    return {
      send: (frame) => {
        if (ws.readyState === WebSocket.OPEN) ws.send(frame.slice());
      },
      get bufferedBytes() {
        return ws.bufferedAmount;
      },
      close: (code, reason) => {
        // browsers let a page close only with 1000 or 3000–4999
        ws.close(code === 1000 || code >= 3000 ? code : 1000, reason);
        closeOnce(code);
      },
    };
  };
}
