import { askControl, findControl } from '@chungtay/server/http/control';
import { type HubProcess, makeHub } from '../../e2e/support/hub-process.ts';
import { CutDisk } from '../disk.ts';
import { LoadDevice } from './device.ts';

const PEOPLE = ['--name', 'Xã Mường Lạn', '--administrator', 'Lò Văn Pản', '--lead', 'Nguyễn Thị Hạnh'];

/** What the Hub's database is made to do: the control syncs no commit; for the failpoints every commit is carried over to the file. */
export type Tampering = 'weaken' | 'checkpoint-often';

/** A commune with a real Hub on a disk whose power can be cut, and tablets that write to it. */
export class LoadedCommune {
  readonly hub: HubProcess;
  readonly disk: CutDisk;
  readonly devices: readonly LoadDevice[];

  private constructor(hub: HubProcess, disk: CutDisk, devices: readonly LoadDevice[]) {
    this.hub = hub;
    this.disk = disk;
    this.devices = devices;
  }

  /** Founds it, starts the Hub and enrols so many leads. */
  static async found(devices: number, tampering: Tampering | null = null): Promise<LoadedCommune> {
    const disks: CutDisk[] = [];
    const hub = makeHub((home) => {
      const disk = new CutDisk(home, 'torn');
      disks.push(disk);
      return {
        ...disk.env,
        CT_ENROLMENTS_PER_MINUTE: '600',
        ...(tampering === null ? {} : { NODE_OPTIONS: `--import ${moduleOf(tampering)}` }),
      };
    });
    const [disk] = disks;
    if (!disk) throw new Error('a Hub without a disk');
    hub.ct('init', ...PEOPLE);
    await hub.start();
    const codes = await invite(hub, devices);
    return new LoadedCommune(
      hub,
      disk,
      await Promise.all(codes.map((code) => LoadDevice.enrol(() => hub.port(), code))),
    );
  }

  async remove(): Promise<void> {
    for (const device of this.devices) device.close();
    await this.hub.remove();
    this.disk.remove();
  }
}

function moduleOf(tampering: Tampering): string {
  return new URL(`${tampering}.ts`, import.meta.url).href;
}

async function invite(hub: HubProcess, count: number): Promise<readonly string[]> {
  const control = findControl(hub.dataDirectory);
  if (!control) throw new Error('the Hub left no word for the command line');
  const names = Array.from({ length: count }, (_, at) => `Hờ A Dơ ${at + 1}`);
  const answers = await Promise.all(
    names.map((name) => askControl(control, 'invite', { name, role: 'lead', villages: ['*'], schools: ['*'] })),
  );
  return answers.map(({ code }) => String(code));
}
