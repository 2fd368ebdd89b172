/** The commune that works for a year: the Hub's own program on a data directory of its own, and the tablets of its people. */
import { must } from '@chungtay/core/base/assert';
import type { World } from '@chungtay/core/base/world';
import { EVERYWHERE } from '@chungtay/core/model/principal';
import type { Role } from '@chungtay/core/model/role';
import type { Enrolled } from '@chungtay/core/sync/enrolment';
import type { Appointment } from '@chungtay/core/sync/people-writer';
import { DEMO_SCHOOLS, DEMO_VILLAGES } from '@chungtay/server/demo/commune';
import { makeCommuneHome } from '@chungtay/server/jobs/commune-home.support';
import type { CommuneHome } from '@chungtay/server/jobs/commune-home.support';
import { openHub } from '@chungtay/server/jobs/open-hub';
import type { OpenHub } from '@chungtay/server/jobs/open-hub';
import { dialLocally } from '@chungtay/server/ops/local-link';
import { createLog } from '@chungtay/server/ops/log';
import { testSigner } from '../fixtures/world.ts';
import { Clockwork } from './clockwork.ts';
import { Tablet } from './tablet.ts';

const FAMILY = ['Lò', 'Vàng', 'Nguyễn', 'Quàng', 'Giàng', 'Trần', 'Hoàng', 'Sùng', 'Đinh', 'Lường'];
const GIVEN = ['Thị Mai', 'A Páo', 'Văn Quân', 'Thị Thơm', 'Seo Lềnh', 'Thị Hạnh', 'Thu Trang', 'A Chứ', 'Công Tráng'];

/** What every commune has, whatever its size, in the order in which it is filled. */
const OFFICE: readonly Role[] = ['lead', 'chair', 'police', 'nurse', 'teacher', 'teacher', 'councilOffice', 'lead'];
/** Of those beyond, so many in ten are collaborators of villages; the others work at the school, the health station, with the police. */
const OTHERS: readonly Role[] = [
  'collaborator',
  'collaborator',
  'teacher',
  'collaborator',
  'nurse',
  'collaborator',
  'collaborator',
  'teacher',
  'police',
  'collaborator',
];

/** See the file's head. */
export class Commune {
  readonly clockwork = new Clockwork();
  readonly world: World;
  readonly home: CommuneHome = makeCommuneHome();
  readonly tablets: Tablet[] = [];
  readonly faults: unknown[] = [];
  open!: OpenHub;
  readonly #seed: number;
  readonly #hired: Map<Role, number> = new Map();

  constructor(seed: number) {
    this.#seed = seed;
    this.world = this.clockwork.world(seed);
  }

  /** Opens the data directory. */
  async begin(): Promise<void> {
    const log = createLog(
      (line) => void this.faults.push(line),
      () => this.clockwork.timeline.nowMs,
    );
    this.open = await openHub(this.home.place, log, this.world);
  }

  /** Appoints people until there are so many tablets, one each. Every village and both schools have somebody. */
  async appoint(devices: number): Promise<void> {
    const roles = Array.from({ length: devices }, (_, i): Role => {
      return OFFICE[i] ?? OTHERS[(i - OFFICE.length) % OTHERS.length] ?? 'collaborator';
    });
    const collaborators = Math.min(DEMO_VILLAGES.length, roles.filter((role) => role === 'collaborator').length);
    for (const [i, role] of roles.entries()) await this.#enrol(this.#appointmentOf(role, i, collaborators));
  }

  /** Returns the tablets of a role. */
  of(role: Role): readonly Tablet[] {
    return this.tablets.filter((tablet) => tablet.parts.role === role);
  }

  /** Returns the collaborators of a village, of whom there is one at least. */
  collaboratorsOf(village: string): readonly Tablet[] {
    return this.of('collaborator').filter(({ parts }) => parts.villages.includes(village));
  }

  /** Returns one more tablet of somebody who has one: enrolled and empty. */
  async another(tablet: Tablet): Promise<Tablet> {
    const again = await this.open.hub.inviteAgain(tablet.member);
    const invited = must(again.ok ? again.value : null, 'an invitation');
    const { name, role, villages } = tablet.parts;
    return this.#tabletOf({ name: `${name} 2`, role, villages }, invited.code, 10_000 + this.clockwork.timeline.nowMs);
  }

  /** Ends the Hub's program; the data directory stays until `remove`. */
  async end(): Promise<void> {
    for (const tablet of this.tablets) tablet.leave();
    await this.open.close();
  }

  #appointmentOf(role: Role, index: number, rounds: number): Appointment {
    const nth = this.#hired.get(role) ?? 0;
    this.#hired.set(role, nth + 1);
    const name = `${FAMILY[index % FAMILY.length] ?? ''} ${GIVEN[(index * 7) % GIVEN.length] ?? ''}`;
    const round = DEMO_VILLAGES.filter((_, place) => place % rounds === nth % rounds);
    const few = DEMO_VILLAGES.filter((_, place) => place % 3 === nth % 3);
    const school = nth % 2 === 0 ? DEMO_SCHOOLS.primary : DEMO_SCHOOLS.lowerSecondary;
    return {
      name,
      role,
      villages: role === 'collaborator' ? round : role !== 'nurse' ? [] : nth === 0 ? [EVERYWHERE] : few,
      schools: role === 'teacher' ? [school] : [],
      namedFor: [],
      untilMs: null,
    };
  }

  async #enrol(appointment: Appointment): Promise<void> {
    const { code } = await this.open.hub.invite(appointment);
    this.tablets.push(await this.#tabletOf(appointment, code, 1_000 * this.#seed + this.tablets.length));
  }

  async #tabletOf(
    { name, role, villages }: Pick<Appointment, 'name' | 'role' | 'villages'>,
    code: string,
    seed: number,
  ): Promise<Tablet> {
    const signer = testSigner(seed);
    const { hub } = this.open;
    const enrolled = await hub.enrol({ code, signKey: signer.publicKey, sealKey: new Uint8Array(32).fill(7) });
    const { hub: keys, ...identity }: Enrolled = must(enrolled.ok ? enrolled.value : null, 'a device');
    const tablet = new Tablet({
      name,
      role,
      villages,
      signer,
      identity: { ...identity, hubKey: keys.signKey },
      world: this.clockwork.world(seed + 1),
      dial: dialLocally((socket) => hub.accept(socket)),
      clockwork: this.clockwork,
    });
    await tablet.start();
    return tablet;
  }
}
