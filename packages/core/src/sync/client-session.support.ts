/** A Hub's end of a connection that says what a test tells it to. */
import { nodeDeflate, settle } from '../../../../test/fixtures/world.ts';
import { must } from '../base/assert.ts';
import { decodeUp, encodeFrame } from '../wire/codec.ts';
import type { DownFrame, UpFrame } from '../wire/frames.ts';
import { ClientSession, type SessionEvents } from './client-session.ts';
import { NO_PREVIOUS } from './envelope.ts';
import { MemoryNetwork } from './memory-socket.ts';
import type { HubSocket } from './ports.ts';
import { hubSigner, principalFor, type TestDevice } from './replica.support.ts';

type Of<Type extends string, F> = F extends readonly [Type, infer Body] ? Body : never;

/** What the scripted Hub heard and how it speaks. */
class ScriptedHub {
  readonly network = new MemoryNetwork();
  /** Frames heard on all connections, in order. */
  readonly heard: UpFrame[] = [];
  connections = 0;
  isReachable = true;
  #socket: HubSocket | null = null;

  readonly dial = this.network.dialTo(() => (this.isReachable ? (socket) => this.#accept(socket) : null));

  /** Says a frame on the newest connection and lets everything settle. */
  async say(frame: DownFrame): Promise<void> {
    must(this.#socket, 'connection').send(await encodeFrame(frame, nodeDeflate));
    await settle();
  }

  /** Says bytes that are perhaps no frame. */
  async babble(bytes: Uint8Array): Promise<void> {
    must(this.#socket, 'connection').send(bytes);
    await settle();
  }

  /** Ends the newest connection. */
  async close(code: number): Promise<void> {
    must(this.#socket, 'connection').close(code, '');
    await settle();
  }

  /** Says the challenge. */
  challenge(over: Partial<Of<'challenge', DownFrame>> = {}): Promise<void> {
    const nonce = new Uint8Array(16).fill(this.connections);
    return this.say(['challenge', { hub: hubSigner.publicKey, epoch: 1, nonce, range: [1, 1], nowMs: 0, ...over }]);
  }

  /** Says the welcome. */
  welcome(member: number, over: Partial<Of<'welcome', DownFrame>> = {}): Promise<void> {
    const { villages, schools, namedFor, ...rest } = principalFor(member);
    const principal = { ...rest, villages: [...villages], schools: [...schools], namedFor: [...namedFor] };
    const leases: [number, number][] = [[member * 1_000, member * 1_000 + 100]];
    return this.say(['welcome', { principal, lastN: 0, lastHash: NO_PREVIOUS, leases, total: 0, nowMs: 0, ...over }]);
  }

  /** Returns the bodies of the frames of one type that were heard. */
  all<Type extends UpFrame[0]>(type: Type): readonly Of<Type, UpFrame>[] {
    return this.heard.filter((frame) => frame[0] === type).map((frame) => frame[1] as Of<Type, UpFrame>);
  }

  async #hear(bytes: Uint8Array): Promise<void> {
    const frame = await decodeUp(bytes, nodeDeflate);
    this.heard.push(frame.ok ? frame.value : (['malformed'] as never));
  }

  #accept(socket: HubSocket) {
    this.connections += 1;
    this.#socket = socket;
    return {
      onFrame: (bytes: Uint8Array) => {
        void this.#hear(bytes);
      },
      onClose: () => {
        if (this.#socket === socket) this.#socket = null;
      },
    };
  }
}

/** Returns a session of `device` with a scripted Hub, awake. */
export async function scriptedSession(device: TestDevice, events: SessionEvents = {}) {
  const hub = new ScriptedHub();
  const session = new ClientSession({ world: device.world, dial: hub.dial, sync: device.replica.sync }, events);
  session.wake();
  await settle();
  return { hub, session };
}

/** The same, with the welcome said; the Hub speaks version 1 unless it says otherwise. */
export async function liveSession(
  device: TestDevice,
  events: SessionEvents = {},
  challenge: Partial<Of<'challenge', DownFrame>> = {},
) {
  const { hub, session } = await scriptedSession(device, events);
  await hub.challenge(challenge);
  await hub.welcome(device.identity.member);
  return { hub, session };
}
