/** One document of every kind, made by those who may, and the people who are asked about it. */
import type { Json } from '@chungtay/core/base/any';
import type { FieldSet, LogAppend } from '@chungtay/core/doc/edit';
import { type DocumentId, type MemberNumber, documentIdOf, makeUlid, parseDocumentId } from '@chungtay/core/model/ids';
import { ROLES, type Role } from '@chungtay/core/model/role';
import type { TestDevice } from '../../fixtures/device.ts';
import { TestHub } from '../../fixtures/hub.ts';
import { kindNamed } from '../writing.ts';

const HERE = 'na-pan';
const THERE = 'ta-phin';
const SCHOOL = 'th-na-pan';

/** Someone who is asked about: in place, elsewhere, named for closed compartments, or in the team of both cases. */
export interface Person {
  readonly role: Role;
  readonly stands: 'here' | 'there' | 'named' | 'seated';
  readonly device: TestDevice;
}

/** A document, its maker, and where it belongs. */
export interface Made {
  readonly document: DocumentId;
  readonly kind: string;
  readonly owner: MemberNumber;
  readonly assignee: MemberNumber | null;
}

/** See the file's head. */
export class LawCommune extends TestHub {
  readonly people: Person[] = [];
  readonly made: Made[] = [];

  /** Returns the device of a person. */
  device(role: Role, stands: Person['stands'] = 'here'): TestDevice {
    const found = this.people.find((person) => person.role === role && person.stands === stands);
    if (!found) throw new Error(`no ${role} ${stands}`);
    return found.device;
  }

  /** Appoints everybody and writes everything. */
  async open(): Promise<this> {
    await this.start();
    for (const role of ROLES)
      for (const stands of ['here', 'there', 'named'] as const) await this.#appoint(role, stands);
    for (const role of ['nurse', 'teacher'] as const) await this.#appoint(role, 'seated');
    await this.#writeChild();
    await this.#writeCases();
    await this.#writeOthers();
    return this;
  }

  async #appoint(role: Role, stands: Person['stands']): Promise<void> {
    const isHere = stands === 'here' || stands === 'named';
    const device = await this.enrol({
      role,
      name: `${role} ${stands}`,
      villages: [isHere ? HERE : THERE],
      schools: [isHere ? SCHOOL : 'khac'],
      namedFor: stands === 'named' ? ['hiv', 'sealed'] : [],
    });
    await device.connect();
    this.people.push({ role, stands, device });
  }

  async #writeChild(): Promise<void> {
    const child = this.folder();
    await this.#make(this.device('collaborator'), child, 'identity', { name: 'Lò Thị Mỷ', village: HERE });
    await this.#make(this.device('lead'), child, 'education', { school: SCHOOL, status: 'attending' });
    await this.#make(this.device('nurse'), child, 'health', { diagnosis: 'khỏe' });
    await this.#make(this.device('lead'), child, 'support', { healthCard: 'valid' });
    await this.#make(this.device('collaborator'), child, 'proposal', { reason: 'khó khăn' });
    await this.#make(this.device('nurse', 'named'), child, 'hiv', { treatmentPlace: 'Trạm' });
    await this.#make(this.device('police'), child, 'offence', { narrative: 'việc' });
    const home = this.folder();
    await this.#make(this.device('collaborator'), home, 'household', { head: 'Lò Văn Pản', village: HERE });
    await this.#make(this.device('collaborator'), home, 'visit', { outcome: 'done' });
  }

  async #writeCases(): Promise<void> {
    for (const [prefix, lead] of [
      ['', this.device('lead')],
      ['sealed-', this.device('lead', 'named')],
    ] as const) {
      const folder = this.folder();
      const stage = [{ name: 'stage', value: { n: 1, from: null, to: 'received' } }];
      const seats = (['nurse', 'teacher'] as const).map((role) => {
        const { member } = this.device(role, 'seated');
        return { name: 'team', code: role, value: { member, until: null } };
      });
      await this.#make(this.device('collaborator'), folder, `${prefix}intake`, { currentCondition: 'sợ hãi' });
      await this.#make(lead, folder, `${prefix}case`, { childName: 'Lò Thị Mỷ' }, stage, seats);
      await this.#make(this.device('police'), folder, `${prefix}contact-note`, { text: 'đã gặp' });
      const assignee = this.device('nurse', 'seated').member;
      await this.#make(lead, folder, `${prefix}task`, { title: 'Khám cho cháu', assignee });
      if (prefix === '') await this.#make(this.device('collaborator'), folder, 'informant', { name: 'Sùng Thị Dợ' });
    }
  }

  async #writeOthers(): Promise<void> {
    await this.#make(this.device('lead'), this.folder(), 'carer', { name: 'Lý Mẩy', village: HERE });
    await this.#make(this.device('union'), this.folder(), 'gift', { title: 'Trung thu' });
    const adult = this.folder();
    const { member: assignee } = this.device('union');
    await this.#make(this.device('collaborator'), adult, 'adult', {
      name: 'Vàng Thị Sua',
      village: HERE,
      agrees: true,
    });
    await this.#make(this.device('lead'), adult, 'watch-task', { title: 'Thăm hỏi', assignee });
  }

  async #make(
    device: TestDevice,
    folder: string,
    kind: string,
    values: Readonly<Record<string, Json>>,
    appends: readonly LogAppend[] = [],
    rows: readonly FieldSet[] = [],
  ): Promise<void> {
    const own = kindNamed(kind).singleton ? null : makeUlid(this.world);
    const document = documentIdOf(folder as never, kind, own);
    const sets = [...Object.entries(values).map(([name, value]) => ({ name, value })), ...rows];
    const [verdict] = await device.push(await device.editFields(document, sets, { appends }));
    if (verdict?.verdict !== 'stored') throw new Error(`${kind}: ${JSON.stringify(verdict)}`);
    await this.pass();
    const assignee = (values['assignee'] ?? null) as MemberNumber | null;
    this.made.push({ document, kind, owner: device.member, assignee });
  }
}

/** Says whether the file is this person's, as the law assigns it. */
export function isAssigned({ role, stands }: Person, { kind, document }: Made): boolean {
  const { compartment } = kindNamed(kind);
  const isCase = ['protection', 'sealed', 'legal'].includes(compartment);
  if (isCase) return stands === 'seated' && parseDocumentId(document) !== null && compartment !== 'legal';
  return (stands === 'here' || stands === 'named') && role !== 'administrator';
}
