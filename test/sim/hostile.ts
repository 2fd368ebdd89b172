import type { Json } from '@chungtay/core/base/any';
/** A member who sends whatever he likes, within his rights and beyond them, signed with the real key of his own device. */
import { Dice } from '@chungtay/core/base/random.support';
import type { Signer, World } from '@chungtay/core/base/world';
import { ATTACKS } from '@chungtay/core/doc/attacks.support';
import { editDocument } from '@chungtay/core/doc/edit';
import { attack, damage } from '@chungtay/core/doc/hostile.support';
import { emptyState, encodeState, nextClock, parseState, type DocState } from '@chungtay/core/doc/state';
import { kindOf } from '@chungtay/core/kinds/registry';
import { documentIdOf, type DocumentId, makeFolderId, makeUlid, parseDocumentId } from '@chungtay/core/model/ids';
import type { Enrolled } from '@chungtay/core/sync/enrolment';
import { type Envelope, envelopeHash, minutesOf, signEnvelope } from '@chungtay/core/sync/envelope';
import { decodeDown, encodeFrame } from '@chungtay/core/wire/codec';
import type { DownFrame, UpFrame, Verdict } from '@chungtay/core/wire/frames';
import { signHello } from '@chungtay/core/wire/hello';
import { settle, testSigner, testWorld } from '../fixtures/world.ts';
import type { Commune } from './commune.ts';
import { VILLAGES } from './people.ts';

/** Turns that an answer may take. */
const PATIENCE_TURNS = 60;
/** Answers that do not count the envelope: the next one has its number. */
const UNCOUNTED: readonly (string | undefined)[] = ['bad-signature', 'chain-broken', 'device-forked'];

interface Session {
  readonly say: (frame: UpFrame) => Promise<void>;
  readonly frames: DownFrame[];
  readonly isOver: () => boolean;
  readonly close: () => void;
}

type Mark = Pick<Envelope, 'n' | 'prev' | 'client'>;
type Draft = Pick<Envelope, 'document' | 'update'>;

/** See the file's head. */
export class HostileMember {
  readonly #commune: Commune;
  readonly #signer: Signer;
  readonly #enrolled: Enrolled;
  readonly #world: World;

  constructor(commune: Commune, { signer, enrolled }: { readonly signer: Signer; readonly enrolled: Enrolled }) {
    this.#commune = commune;
    this.#signer = signer;
    this.#enrolled = enrolled;
    this.#world = testWorld(commune.timeline, 4_242);
  }

  /** Returns his device. */
  get device() {
    return this.#enrolled.device;
  }

  /** Connects, sends a few envelopes one by one, and goes. Every one is answered, or ends the session. Returns what to print. */
  async strike(): Promise<string | null> {
    const commune = this.#commune;
    const dice = new Dice(commune.pick(2 ** 31));
    const session = await this.#connect();
    let mark = session && this.#markOf(session);
    if (!session || !mark) return null;
    const told: string[] = [];
    for (let left = 1 + dice.below(4); left > 0; left -= 1) {
      const made = await this.#make(mark, dice);
      const answer = await this.#push(session, made.envelope, made.signer);
      told.push(`${made.what}: ${answer?.code ?? answer?.verdict ?? 'ends the session'}`);
      if (!answer) break;
      if (!UNCOUNTED.includes(answer.code)) mark = { ...mark, n: made.envelope.n, prev: made.hash };
    }
    session.close();
    return told.join(', ');
  }

  async #connect(): Promise<Session | null> {
    const commune = this.#commune;
    if (!commune.isHubUp) return null;
    const frames: DownFrame[] = [];
    let isOver = false;
    let receiving: Promise<void> = Promise.resolve();
    const events = commune.hub.accept({
      send: (bytes) => {
        receiving = this.#take(bytes, frames, receiving);
      },
      bufferedBytes: 0,
      close: () => void (isOver = true),
    });
    const session: Session = {
      frames,
      isOver: () => isOver || !commune.isHubUp,
      say: async (frame) => events.onFrame(await encodeFrame(frame, this.#world.deflate)),
      close: () => events.onClose(1000),
    };
    await until(() => frames.length > 0 || session.isOver());
    const challenge = frames[0]?.[0] === 'challenge' ? frames[0][1] : null;
    if (!challenge) return null;
    const claim = { protocol: challenge.range[1], device: this.device as string, cursor: new Uint8Array(), lastN: 0 };
    const proof = await signHello(challenge, claim, this.#signer);
    await session.say(['hello', { ...claim, nowMs: this.#world.nowMs(), proof }]);
    await until(() => frames.some(([type]) => type === 'welcome') || session.isOver());
    return session.isOver() ? null : session;
  }

  async #take(bytes: Uint8Array, frames: DownFrame[], before: Promise<void>): Promise<void> {
    await before;
    const frame = await decodeDown(bytes, this.#world.deflate);
    if (frame.ok) frames.push(frame.value);
  }

  #markOf({ frames }: Session): Mark | null {
    const welcome = frames.find((frame) => frame[0] === 'welcome');
    if (welcome?.[0] !== 'welcome') return null;
    const { lastN, lastHash, leases } = welcome[1];
    return { n: lastN, prev: lastHash, client: leases[0]?.[0] ?? 0 };
  }

  async #push(session: Session, envelope: Envelope, signer: Signer): Promise<Verdict | null> {
    const { counters, violations } = this.#commune;
    const signed = await signEnvelope(envelope, signer);
    const answers = (): readonly Verdict[] =>
      session.frames.flatMap((frame) => (frame[0] === 'verdicts' ? frame[1] : []));
    const before = answers().length;
    counters.add('hostileEnvelopes');
    await session.say(['push', [signed.bytes]]);
    await until(() => answers().length > before || session.isOver());
    const answer = answers()[before] ?? null;
    if (envelope.document.includes('/access-')) counters.add('hostileApprovals');
    if (answer) counters.add(answer.verdict === 'stored' ? 'hostileStored' : 'hostileRefused');
    else if (!session.isOver()) violations.push(`SY-4 an envelope of a hostile member got no answer`);
    return answer;
  }

  /** Returns an envelope of a kind drawn at random, and the hash that the next one follows. */
  async #make(mark: Mark, dice: Dice) {
    const isOwn = dice.chance(50);
    const { document, state } = isOwn ? this.#ownPlace(dice) : await this.#otherPlace(dice);
    const honest = this.#honestUpdate(document, state, mark.client, dice);
    const spoilt = dice.below(4);
    const draft: Draft =
      spoilt === 0
        ? { document, update: damage(honest, dice) }
        : { document, update: this.#attacked(document, state, mark, dice) };
    const chosen = spoilt >= 2 ? { document, update: honest } : draft;
    const forged = dice.chance(30) ? this.#forgery(dice) : {};
    const envelope: Envelope = { ...this.#envelope(mark, chosen), ...forged };
    const signer = dice.chance(6) ? testSigner(dice.below(1_000_000)) : this.#signer;
    const signed = await signEnvelope(envelope, signer);
    const what = `${isOwn ? 'own' : 'foreign'} ${['damaged', 'attacked', 'honest', 'honest'][spoilt]} ${Object.keys(forged).join('+')}`;
    return { envelope, signer, what: what.trim(), hash: envelopeHash(signed, this.#world.crypto) };
  }

  #envelope({ n, prev, client }: Mark, draft: Draft): Envelope {
    const { member, device } = this.#enrolled;
    const atMs = this.#world.nowMs();
    return { member, device, client, n: n + 1, prev, atMs, seen: new Uint8Array(), group: null, ...draft };
  }

  /** A child of his own village, or a report: what he may make. */
  #ownPlace(dice: Dice): { readonly document: DocumentId; readonly state: DocState } {
    const world = { nowMs: () => this.#commune.timeline.nowMs, randomBytes: (size: number) => bytesOf(size, dice) };
    const folder = makeFolderId(world);
    const document = dice.chance(60)
      ? documentIdOf(folder, 'identity')
      : documentIdOf(folder, 'intake', makeUlid(world));
    return { document, state: emptyState() };
  }

  /** Any document of the commune, as it stands: he may have seen it or not. */
  async #otherPlace(dice: Dice): Promise<{ readonly document: DocumentId; readonly state: DocState }> {
    const { documents } = await this.#commune.store.load();
    const { document } = dice.pick(documents);
    const bytes = (await this.#commune.store.readStates([document])).get(document);
    const state = bytes && parseState(bytes);
    return { document, state: state?.ok ? state.value : emptyState() };
  }

  #honestUpdate(document: DocumentId, state: DocState, client: number, dice: Dice): Uint8Array {
    const edited = editDocument(state, { ...this.#author(client), ...setsFor(document, state, dice) });
    return edited.ok ? edited.value.update : new Uint8Array([0]);
  }

  #attacked(document: DocumentId, state: DocState, { client }: Mark, dice: Dice): Uint8Array {
    const author = this.#author(client);
    const edited = editDocument(state, { ...author, ...setsFor(document, state, dice) });
    // an attack leans on what others wrote; alone with an empty document there is nobody
    if (!edited.ok || state.clocks.size === 0) return new Uint8Array([1, 1]);
    const { update: bytes, parsed: update } = edited.value;
    return attack(dice.pick([...ATTACKS.keys()]), { state, snapshot: encodeState(state), author, update, bytes }, dice);
  }

  #author(client: number) {
    return { client, member: this.#enrolled.member, minutes: minutesOf(this.#world.nowMs()) };
  }

  #forgery(dice: Dice): Partial<Envelope> {
    const { devices } = this.#commune;
    const other = dice.pick(devices);
    const clients = [...(other.clients.at(-1) ?? [])];
    return dice.pick<Partial<Envelope>>([
      { member: other.member },
      { device: other.id },
      { client: clients[0] ?? 5 },
      { client: 2 ** 22 * dice.below(3) + dice.below(2 ** 20) },
      { n: 1 + dice.below(50) },
      { prev: bytesOf(32, dice) },
      { seen: bytesOf(60, dice) },
      { atMs: dice.pick([0, 2 ** 45, this.#world.nowMs() + 86_400_000]) },
      {
        group: {
          id: makeUlid({ nowMs: () => 0, randomBytes: (size) => bytesOf(size, dice) }),
          count: 1 + dice.below(3),
        },
      },
      {
        document: documentIdOf(
          makeFolderId({ nowMs: () => 0, randomBytes: (size) => bytesOf(size, dice) }),
          'later-kind',
        ),
      },
    ]);
  }
}

/** What an honest program would write there, as far as grammar goes. */
function setsFor(document: DocumentId, state: DocState, dice: Dice) {
  const kind = kindOf(parseDocumentId(document)?.kind ?? '');
  const fields = Object.entries(kind?.fields ?? {}).filter(([, { type }]) => type === 'register');
  const isNew = nextClock(state, 0) === 0 && state.clocks.size === 0;
  const village =
    kind?.id === 'identity' && (isNew || dice.chance(20))
      ? [{ name: 'village', value: VILLAGES[dice.below(2)] ?? '' }]
      : [];
  const text = `Đinh Văn Tặc ${dice.below(1_000_000)}`;
  const [name = 'name'] = fields.length > 0 ? dice.pick(fields) : [];
  const wanted = kind?.id === 'intake' ? 'incidentPlace' : dice.chance(60) ? 'address' : name;
  const sets = [...village, { name: wanted, value: text }].filter(
    (set, i, all) => all.findIndex((one) => one.name === set.name) === i,
  );
  if (kind?.id.startsWith('access-')) return { sets: [], appends: [{ name: 'approvals', value: termsIn(state) }] };
  return dice.chance(15) ? { sets, appends: [{ name: 'notes', value: { text } }] } : { sets };
}

/** An approval of what is asked for there, as a decider would write it. */
function termsIn({ live }: DocState): Record<string, Json> {
  const said = [...live.values()].filter(({ field }) => ['member', 'basis', 'from', 'until'].includes(field.name));
  return Object.fromEntries(said.map(({ field, value }) => [field.name, value]));
}

function bytesOf(lengthBytes: number, dice: Dice): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: lengthBytes }, () => dice.below(256));
}

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < PATIENCE_TURNS && !isSo(); turn += 1) await settle();
}
