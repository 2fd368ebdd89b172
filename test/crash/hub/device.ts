import type { DeviceId, DocumentId } from '@chungtay/core/model/ids';
import { documentIdOf, makeFolderId } from '@chungtay/core/model/ids';
import type { Dial } from '@chungtay/core/sync/ports';
import { type LocalDevice, openLocalDevice } from '@chungtay/server/jobs/local-device';
import { createNodeWorld } from '@chungtay/server/ops/world';
import { dialHub } from '../../fixtures/dial.ts';
import { enrolAtDoor } from '../../fixtures/enrol.ts';

const OWN_CHILDREN = 4;

/** One tablet of the load: core's replica and session over a real socket. It outlives the Hub, and remembers what the Hub said. */
export class LoadDevice {
  readonly #device: LocalDevice;
  readonly #children: readonly DocumentId[];
  readonly #isAway: () => boolean;
  #lastN = 0;

  private constructor(device: LocalDevice, isAway: () => boolean) {
    this.#device = device;
    this.#isAway = isAway;
    const world = createNodeWorld();
    this.#children = Array.from({ length: OWN_CHILDREN }, () => documentIdOf(makeFolderId(world), 'identity'));
  }

  /** Enrols with an invitation at the Hub on `port()`, which is asked again for every connection. */
  static async enrol(port: () => number, code: string): Promise<LoadDevice> {
    const line = new Line(port);
    const device = await openLocalDevice(createNodeWorld(), line.dial, async (keys) => {
      const { identity } = await enrolAtDoor(port(), { code, ...keys });
      return identity;
    });
    return new LoadDevice(device, () => line.isCut);
  }

  get id(): DeviceId {
    return this.#device.identity.device;
  }

  /** How many envelopes it signed. */
  get written(): number {
    return this.#lastN;
  }

  /** The number of the last envelope that the Hub answered for; answers come in order. */
  get acknowledged(): number {
    const [first] = this.#device.replica.sync.outboxAfter(0);
    return first ? first.n - 1 : this.#lastN;
  }

  /** Says whether it has no connection just now. */
  get isAway(): boolean {
    return this.#isAway();
  }

  /** How many edits the Hub did not take. */
  get refused(): number {
    return this.#device.replica.quarantine().length;
  }

  /** Writes `mark` into one of its children. */
  async write(mark: string, random: () => number): Promise<void> {
    const document = this.#children[Math.floor(random() * OWN_CHILDREN)] ?? '';
    const sets = [
      { name: 'name', value: `Giàng Thị ${mark}` },
      { name: 'motherName', value: `Vàng Thị ${mark}` },
    ];
    const saved = await this.#device.replica.edit([{ document: document as DocumentId, sets }]);
    if (!saved.ok) throw new Error(`an edit was refused: ${saved.error.reason} ${saved.error.fields.join(' ')}`);
    this.#lastN = saved.value.documents[0]?.n ?? this.#lastN;
  }

  /** Comes back to a Hub that was away; resolves when everything is judged and caught up. */
  comeBack(): Promise<void> {
    return this.#device.comeBack();
  }

  close(): void {
    this.#device.close();
  }
}

/** The way of one device to the Hub. */
class Line {
  isCut = true;
  readonly #hub: Dial;

  constructor(port: () => number) {
    this.#hub = dialHub(port);
  }

  readonly dial: Dial = (events) =>
    this.#hub({
      onFrame: (frame) => {
        this.isCut = false;
        events.onFrame(frame);
      },
      onClose: (code) => {
        this.isCut = true;
        events.onClose(code);
      },
    });
}
