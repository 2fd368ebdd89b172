import { dayNumberOf, dayOfNumber, isoOf, parseIsoDay } from '@chungtay/core/model/dates';
import type { Sex } from '@chungtay/core/model/person';
import { PROVINCE_CODES } from '@chungtay/core/model/province-codes';
import { NAMING_CUSTOMS } from './people-names.ts';
import type { NamingCustom } from './people-names.ts';

/** Returns numbers from 0 up to 1, the same ones for the same seed. */
export type Seeded = () => number;

/** An invented child. Siblings share parents, household number and village. */
export interface InventedChild {
  readonly name: string;
  readonly sex: Sex;
  /** `YYYY-MM-DD` */
  readonly birth: string;
  readonly ethnicity: string;
  readonly father: string | null;
  readonly mother: string | null;
  readonly carer: string | null;
  readonly village: string;
  readonly phone: string | null;
  readonly personalId: string | null;
  readonly household: number;
}

/** What to invent: `onDate` (`YYYY-MM-DD`) is the day on which all are below 16. */
export interface PeopleRequest {
  readonly count: number;
  readonly villages: readonly string[];
  readonly onDate: string;
}

const ONE_WORD_SHARE = 0.004;
const TWIN_SHARE = 0.02;
const DAYS_BELOW_16 = 16 * 365;
const LEAST_DAYS_BETWEEN = 330;
const REGISTERED_FROM_DAYS = 60;

/** Returns a generator of numbers for a seed (mulberry32). Never for secrets. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Returns `count` invented children in households of one to four, with names as their peoples give them. */
export function inventChildren(random: Seeded, request: PeopleRequest): InventedChild[] {
  const inventor = new Inventor(random, request);
  const children: InventedChild[] = [];
  for (let household = 1; children.length < request.count; household += 1)
    children.push(...inventor.household(household));
  return children.slice(0, request.count);
}

interface Parents {
  readonly father: string | null;
  readonly mother: string | null;
  readonly family: string;
}

class Inventor {
  readonly #random: Seeded;
  readonly #villages: readonly string[];
  readonly #today: number;
  readonly #ids = new Set<string>();
  readonly #provinces = Object.keys(PROVINCE_CODES);
  readonly #home: string;

  constructor(random: Seeded, { villages, onDate }: PeopleRequest) {
    const day = parseIsoDay(onDate);
    if (!day || villages.length === 0) throw new RangeError('a day and at least one village are needed');
    this.#random = random;
    this.#villages = villages;
    this.#today = dayNumberOf(day);
    this.#home = this.#pick(this.#provinces);
  }

  household(household: number): InventedChild[] {
    const custom = this.#custom();
    const village = this.#pick(this.#villages);
    const parents = this.#parents(custom);
    const carer = this.#chance(0.12) ? this.#adult(custom, this.#chance(0.7) ? 'female' : 'male').name : null;
    const phone = this.#chance(0.8) ? `0${this.#pick(['3', '7', '8', '9'])}${this.#digits(8)}` : null;
    const shared = {
      ethnicity: custom.ethnicity,
      father: parents.father,
      mother: parents.mother,
      carer,
      village,
      phone,
    };
    const names = new Set<string>();
    return this.#births().map(({ day, sex }) => {
      const birth = isoOf(dayOfNumber(day));
      let name = this.#childName(custom, sex, parents.family);
      while (names.has(name)) name = this.#childName(custom, sex, parents.family);
      names.add(name);
      const isRegistered = this.#today - day > REGISTERED_FROM_DAYS ? this.#chance(0.97) : this.#chance(0.3);
      return { ...shared, name, sex, birth, personalId: isRegistered ? this.#personalId(birth, sex) : null, household };
    });
  }

  /** Days of birth of siblings, eldest first; twins share theirs. */
  #births(): { day: number; sex: Sex }[] {
    const births: { day: number; sex: Sex }[] = [];
    let day = this.#today - Math.floor(this.#random() * (DAYS_BELOW_16 - 5)) - 1;
    const wanted = 1 + Math.floor(this.#random() * this.#random() * 4);
    while (births.length < wanted && day < this.#today) {
      births.push({ day, sex: this.#sex() });
      if (this.#chance(TWIN_SHARE)) births.push({ day, sex: this.#sex() });
      day += LEAST_DAYS_BETWEEN + Math.floor(this.#random() * 1500);
    }
    return births;
  }

  #parents(custom: NamingCustom): Parents {
    const father = this.#adult(custom, 'male');
    let mother = this.#adult(custom, 'female');
    while (custom.families.length > 1 && mother.family === father.family) mother = this.#adult(custom, 'female');
    const hasFather = this.#chance(0.94);
    const family = custom.isMaternal || !hasFather ? mother.family : father.family;
    return { father: hasFather ? father.name : null, mother: this.#chance(0.98) ? mother.name : null, family };
  }

  #adult(custom: NamingCustom, sex: Sex): { name: string; family: string } {
    const family = this.#pick(custom.families);
    return { name: this.#named(custom, sex, family), family };
  }

  #childName(custom: NamingCustom, sex: Sex, family: string): string {
    const isMinority = custom.ethnicity !== 'Kinh';
    if (isMinority && this.#chance(ONE_WORD_SHARE)) return this.#pick(sex === 'male' ? custom.male : custom.female);
    return this.#named(custom, sex, family);
  }

  #named(custom: NamingCustom, sex: Sex, family: string): string {
    const middle = this.#pick(sex === 'male' ? custom.middleMale : custom.middleFemale);
    let given = this.#pick(sex === 'male' ? custom.male : custom.female);
    while (middle.split(' ').includes(given)) given = this.#pick(sex === 'male' ? custom.male : custom.female);
    const own = middle.endsWith('’') ? `${middle}${given}` : `${middle} ${this.#second(custom, sex)}${given}`;
    if (custom.order === 'givenOnly') return own;
    return custom.order === 'familyLast' ? `${own} ${family}` : `${family} ${own}`;
  }

  /** A quarter of the Kinh have a given name of two words: Nguyễn Thị Khánh Linh. */
  #second(custom: NamingCustom, sex: Sex): string {
    if (custom.ethnicity !== 'Kinh' || !this.#chance(0.25)) return '';
    return `${this.#pick(sex === 'male' ? custom.male : custom.female)} `;
  }

  #custom(): NamingCustom {
    let at = this.#random() * NAMING_CUSTOMS.reduce((sum, { share }) => sum + share, 0);
    return NAMING_CUSTOMS.find(({ share }) => (at -= share) < 0) ?? this.#pick(NAMING_CUSTOMS);
  }

  #personalId(birth: string, sex: Sex): string {
    const province = this.#chance(0.85) ? this.#home : this.#pick(this.#provinces);
    for (;;) {
      const id = `${province}${sex === 'male' ? 2 : 3}${birth.slice(2, 4)}${this.#digits(6)}`;
      if (this.#ids.has(id)) continue;
      this.#ids.add(id);
      return id;
    }
  }

  #digits(count: number): string {
    return Array.from({ length: count }, () => Math.floor(this.#random() * 10)).join('');
  }

  #sex(): Sex {
    return this.#chance(0.48) ? 'female' : 'male';
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #pick<T>(from: readonly T[]): T {
    const chosen = from[Math.floor(this.#random() * from.length)];
    if (chosen === undefined) throw new RangeError('nothing to pick from');
    return chosen;
  }
}
