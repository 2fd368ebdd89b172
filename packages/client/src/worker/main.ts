import { openTabLock } from '../platform/tab-lock.ts';
import { browserWorld } from '../platform/world.ts';
import { webSocketDial } from '../platform/ws-socket.ts';
import { openDoor } from './door.ts';
import type { EngineApi } from './engine-api.ts';
import { failureOf } from './engine-failure.ts';
import { engineApi } from './engine-verbs.ts';
import type { EngineEvent } from './engine-views.ts';
import { Engine } from './engine.ts';
import { orderToErase } from './open-erase.ts';
import { openLease } from './open-lease.ts';
import { askAtDoor } from './recover-door.ts';
import { Recovery } from './recovery.ts';
import { type Port, serveEngine } from './rpc.ts';

/** The worker's start: builds the engine over the browser's adapters and answers the page. */
async function start(port: Port): Promise<void> {
  // calls may arrive before the doors are open
  const early: MessageEvent[] = [];
  port.onmessage = (message) => void early.push(message);
  let tell: (event: EngineEvent) => void = () => undefined;
  const world = browserWorld();
  let engine: Engine | null = null;
  const tab = await openTabLock(async () => {
    await engine?.leave(true);
    tell({ type: 'locked', reason: 'other-tab' });
  });
  const door = await openDoor(world, () => tell({ type: 'locked', reason: 'fault' }));
  const dial = webSocketDial(`${location.origin.replace(/^http/u, 'ws')}/feed`);
  const recovery = new Recovery(askAtDoor);
  const parts = {
    world,
    door,
    tab,
    dial,
    recovery,
    openLease: openLease(world),
    orderToErase: orderToErase(world),
    tell: (event: EngineEvent) => tell(event),
  };
  engine = new Engine(parts);
  const api: EngineApi = engineApi(engine, parts);
  tell = serveEngine(api, port, failureOf);
  for (const message of early) port.onmessage?.(message);
}

void start(self);
