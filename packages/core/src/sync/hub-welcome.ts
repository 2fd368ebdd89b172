/** The start of a session: who is it, and what does the Hub tell him first? Holds SES-1, SES-2, ENR-6, RES-7. */
import { must } from '../base/assert.ts';
import type { PublicKey } from '../base/world.ts';
import { parseDeviceId } from '../model/ids.ts';
import type { Principal } from '../model/principal.ts';
import type { HelloFrame } from '../wire/codec.ts';
import type { DownFrame } from '../wire/frames.ts';
import { verifyHello } from '../wire/hello.ts';
import type { RefusalCode } from '../wire/refusal.ts';
import { PROTOCOL, PROTOCOL_FLOOR } from '../wire/version.ts';
import { openCursor } from './cursor.ts';
import { lastClientOf } from './device-last-client.ts';
import { Enrolment } from './enrolment.ts';
import { accessNow } from './feed-plan.ts';
import type { Reader } from './feed-plan.ts';
import type { HubCore } from './hub-core.ts';
import { principalOf } from './hub-index.ts';
import { LEASE_SIZES, addLease, countIds, usableLeases } from './leases.ts';
import { openPassport } from './passport.ts';

type WelcomeFields = Extract<DownFrame, readonly ['welcome', unknown]>[1];
type PrincipalFields = WelcomeFields['principal'];

/** Returns who proved himself with this hello, or why nobody did; knows again who was enrolled in times this Hub has forgotten. Rejects with an Outage. */
export async function readerOf(
  [, hello]: HelloFrame,
  challenge: { readonly hub: PublicKey; readonly nonce: Uint8Array },
  core: HubCore,
): Promise<{ readonly reader: Reader } | { readonly refusal: RefusalCode }> {
  if (hello.protocol < PROTOCOL_FLOOR) return { refusal: 'client-too-old' };
  if (hello.protocol > PROTOCOL) return { refusal: 'hub-too-old' };
  const device = parseDeviceId(hello.device);
  const row = device && core.index().device(device);
  const passport = device && !row && hello.passport ? openPassport(hello.passport, device, core.options.sealer) : null;
  const known = row ?? (passport && { ...passport, member: passport.person.member });
  if (!known) return { refusal: 'not-enrolled' };
  const { crypto } = core.options.world;
  if (!(await verifyHello(challenge, hello, hello.proof, known.signKey, crypto))) return { refusal: 'bad-proof' };
  const stoodIn = passport && openCursor(hello.cursor, passport.device, core.options.sealer);
  if (passport && !(await new Enrolment(core).readmit(passport, stoodIn?.epoch ?? 0)))
    return { refusal: 'not-enrolled' };
  return { reader: { device: known.device, member: known.member } };
}

/** Returns what a welcome says of a device, after topping up its client ids; behind whatever of it still waits for a verdict. Rejects with an Outage. */
export async function welcomeDevice(
  core: HubCore,
  { device, member }: Reader,
  protocol: number,
): Promise<Pick<WelcomeFields, 'principal' | 'lastN' | 'lastHash' | 'leases'>> {
  const { world, store } = core.options;
  return core.order(
    [],
    async (overlay) => {
      const row = must(overlay.device(device), 'the device of a session');
      // what it holds is handed in and held; nothing new is written under its name
      const principal = principalOf(must(overlay.member(member), 'the member of a session'));
      if (row.revoked) return { principal: endedFields(principal), ...markOf(row), leases: [] };
      const leasedUpTo = (row.leases.at(-1)?.[1] ?? 1) - 1;
      const lastUsed = (await lastClientOf(device, overlay, store)) ?? leasedUpTo;
      const usable = usableLeases(row.leases, overlay.epoch, lastUsed);
      const isLow = countIds(usable) < LEASE_SIZES.stock;
      const from = isLow ? overlay.takeClientIds(LEASE_SIZES.block) : 0;
      const leases = isLow ? addLease(row.leases, [from, from + LEASE_SIZES.block]) : row.leases;
      overlay.setDevice({ ...row, leases, protocol, lastContactMs: world.nowMs() });
      return {
        principal: principalFields(principal),
        ...markOf(row),
        leases: usableLeases(leases, overlay.epoch, lastUsed).map(([start, end]) => [start, end]),
      };
    },
    device,
  );
}

/** Returns the principal as frames carry it. */
export function principalFields(principal: Principal): PrincipalFields {
  const { member, role, villages, schools, namedFor, untilMs, sinceMs } = principal;
  const places = { villages: [...villages], schools: [...schools], namedFor: [...namedFor] };
  return { member, role, ...places, untilMs, ...(sinceMs === undefined ? {} : { sinceMs }) };
}

/** Returns how many documents a reader may hold, whole or in extract. */
export function countVisible(reader: Reader, core: HubCore): number {
  const index = core.index();
  const nowMs = core.options.world.nowMs();
  let visible = 0;
  for (let ordinal = 1; ordinal <= index.documentCount; ordinal += 1) {
    if (accessNow(reader, index.at(ordinal), index, nowMs).access !== 'none') visible += 1;
  }
  return visible;
}

function markOf({
  lastN,
  lastHash,
}: Pick<WelcomeFields, 'lastN' | 'lastHash'>): Pick<WelcomeFields, 'lastN' | 'lastHash'> {
  return { lastN, lastHash };
}

/** Whom a revoked device spoke for, with no right left: its tablet knows what it may not keep. */
function endedFields(principal: Principal): PrincipalFields {
  return { ...principalFields(principal), villages: [], schools: [], untilMs: 0 };
}
