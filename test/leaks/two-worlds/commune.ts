/** One of two communes: a real Hub under one seed and one clock, whose every byte to every device is kept. */
import type { Compartment } from '@chungtay/core/model/compartment';
import type { MemberNumber } from '@chungtay/core/model/ids';
import type { Role } from '@chungtay/core/model/role';
import type { Appointment } from '@chungtay/core/sync/people-writer';
import type { HubSocket, Sealer, SocketEvents } from '@chungtay/core/sync/ports';
import { TestHub } from '../../fixtures/hub.ts';
import { settle, testSigner, testWorld } from '../../fixtures/world.ts';
import { opaqueSealer } from './opaque-sealer.ts';
import { WatchedTablet } from './watched-tablet.ts';

/** The villages and the school. */
export const HERE = 'na-pan';
export const THERE = 'ta-phin';
export const SCHOOL = 'th-na-pan';

function part(role: Role, name: string, more: Partial<Appointment> = {}): Appointment {
  return { role, name, villages: [], schools: [], namedFor: [], untilMs: null, ...more };
}

const everywhere = { villages: ['*'], schools: ['*'] };
const named = (compartment: Compartment) => ({ ...everywhere, namedFor: [compartment] });

/** Everybody: each role, and who is named for what; the last two alone may know. */
export const PEOPLE = {
  collaborator: part('collaborator', 'Lò Văn Pản', { villages: [HERE] }),
  collaboratorThere: part('collaborator', 'Sùng A Chớ', { villages: [THERE] }),
  teacher: part('teacher', 'Đinh Thị Hơ Mlê', { schools: [SCHOOL] }),
  nurse: part('nurse', 'Y Bhăm', everywhere),
  nurseSealed: part('nurse', 'Giàng Seo Phử', named('sealed')),
  police: part('police', 'Lê Văn Đức'),
  lead: part('lead', 'Bùi Thị Xuân', everywhere),
  leadNamed: part('lead', 'Phạm Văn Ơn', named('sealed')),
  councilOffice: part('councilOffice', 'Đỗ Thị Lụa'),
  union: part('union', 'Lý Mẩy'),
  chair: part('chair', 'Hoàng Văn Thụ'),
  chairNamed: part('chair', 'Tô Hiệu', { namedFor: ['sealed'] }),
  province: part('province', 'Võ Thị Sáu'),
  administrator: part('administrator', 'Cao Văn Khánh', everywhere),
  nurseNamed: part('nurse', 'Hà Thị Ước', named('hiv')),
  secondNamed: part('nurse', 'Sầm Thị Én', named('hiv')),
} as const satisfies Readonly<Record<string, Appointment>>;

/** One of PEOPLE. */
export type Who = keyof typeof PEOPLE;

/** Who may know, and so is not compared. */
export const NAMED: readonly Who[] = ['nurseNamed', 'secondNamed'];

const SETTLES = 12;

/** See the file's head. */
export class WatchedHub extends TestHub {
  override readonly sealer: Sealer;
  /** `device, when, bytes`, in order. */
  readonly wire = new Map<string, string[]>();
  /** What the office and the rooms told, by person, in order. */
  readonly told = new Map<string, string[]>();
  readonly tablets = new Map<string, WatchedTablet>();
  readonly members = new Map<Who, MemberNumber>();
  #dialler = '';
  #seed = 100;

  constructor(sealer: Sealer = opaqueSealer()) {
    super();
    this.sealer = sealer;
  }

  /** Starts the Hub, and appoints everybody. */
  async open(): Promise<this> {
    await this.start();
    const accept = this.hub.accept.bind(this.hub);
    Object.assign(this.hub, { accept: (socket: HubSocket): SocketEvents => accept(this.#recording(socket)) });
    for (const who of Object.keys(PEOPLE) as Who[]) {
      const { member } = await this.hub.invite(PEOPLE[who]);
      this.members.set(who, member);
      await this.enrolTablet(who, who);
    }
    return this;
  }

  /** Enrols a tablet of a person, known by `name` from now on. */
  async enrolTablet(who: Who, name: string): Promise<WatchedTablet> {
    const member = this.members.get(who);
    const invited = member === undefined ? null : await this.hub.inviteAgain(member);
    if (!invited?.ok) throw new Error(`no invitation for ${who}`);
    this.#seed += 1;
    const signer = testSigner(this.#seed);
    const enrolled = await this.hub.enrol({ code: invited.value.code, signKey: signer.publicKey, sealKey: KEY });
    if (!enrolled.ok) throw new Error(enrolled.error);
    const world = testWorld(this.timeline, this.#seed);
    const accept = () => this.watched(name, (socket) => this.hub.accept(socket));
    const tablet = await WatchedTablet.open(name, { enrolled: enrolled.value, signer, world, accept, lock: this.lock });
    this.tablets.set(name, tablet);
    return tablet;
  }

  /** Returns how a device of this name is let in: what it is sent is kept under it. */
  watched(name: string, accept: (socket: HubSocket) => SocketEvents): (socket: HubSocket) => SocketEvents {
    return (socket) => {
      this.#dialler = name;
      return accept(socket);
    };
  }

  /** Keeps what somebody was told, and when. */
  note(who: Who, what: string): void {
    const kept = this.told.get(who) ?? [];
    this.told.set(who, kept);
    kept.push(`${this.timeline.nowMs} ${what}`);
  }

  /** Says whose connection the next one is. */
  nextDialler(name: string): void {
    this.#dialler = name;
  }

  /** Returns a tablet. */
  tablet(name: string): WatchedTablet {
    const tablet = this.tablets.get(name);
    if (!tablet) throw new Error(`no tablet ${name}`);
    return tablet;
  }

  /** Lets everything that follows from what was done happen, and the time go on by as much in every commune. */
  override async pass(byMs = 50): Promise<void> {
    for (let i = 0; i < SETTLES; i += 1) await settle();
    await this.timeline.advance(byMs);
    for (let i = 0; i < SETTLES; i += 1) await settle();
  }

  #recording(socket: HubSocket): HubSocket {
    const name = this.#dialler;
    const kept = this.wire.get(name) ?? [];
    this.wire.set(name, kept);
    const note = (what: string): void => void kept.push(`${this.timeline.nowMs} ${what}`);
    const recorded: HubSocket = {
      send: (bytes) => {
        note(Buffer.from(bytes).toString('base64'));
        socket.send(bytes);
      },
      close: (code, reason) => {
        note(`close ${code} ${reason}`);
        socket.close(code, reason);
      },
      bufferedBytes: 0,
      pause: () => socket.pause?.(),
      resume: () => socket.resume?.(),
    };
    Object.defineProperty(recorded, 'bufferedBytes', { get: () => socket.bufferedBytes });
    return recorded;
  }
}

const KEY = new Uint8Array(32).fill(7);
