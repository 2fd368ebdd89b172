/** An enrolled device in an attacker's hands: true keys, and a mouth that says whatever it is told. */
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Value, decode, encode } from '../../protocol/any.ts';
import type { Enrolled } from '../../protocol/device.ts';
import { EMPTY, setFields } from '../../protocol/document.ts';
import { type Keys, makeSealKey, makeSignKeys } from '../../protocol/keys.ts';
import { RawLine, type Target } from './raw-line.ts';

type Fields = Readonly<Record<string, Value>>;

/** One device: who it is, and what it signs with. */
export interface Account {
  readonly url: string;
  readonly self: Enrolled;
  readonly keys: Keys;
}

/** How a hello differs from an honest one. */
export interface HelloLies {
  readonly device?: string;
  readonly keys?: Keys;
  /** The Hub and the nonce that the proof is made for, instead of those of the challenge. */
  readonly provedFor?: Fields;
  readonly protocol?: number;
  readonly cursor?: Uint8Array;
  readonly lastN?: number;
}

const PROTOCOL = 2;

/** Turns an invitation into an account; rejects with the status and the body of a no. */
export async function enrolAccount(url: string, code: string, keys: Keys = makeSignKeys()): Promise<Account> {
  const answer = await postJson(`${url}/enrol`, { code, signKey: keys.publicKey, sealKey: makeSealKey() });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return { url, keys, self: (await answer.json()) as Enrolled };
}

/** Posts JSON as a program would. */
export function postJson(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(url, { method: 'POST', body: text, headers: { 'content-type': 'application/json', ...headers } });
}

/** Returns a frame of the Feed as it travels. */
export function plainFrame(type: string, content: Value): Buffer {
  return Buffer.concat([Buffer.of(0), encode([type, content])]);
}

/** Returns a frame of the Feed, deflated. */
export function deflatedFrame(type: string, content: Value): Buffer {
  return Buffer.concat([Buffer.of(1), deflateRawSync(encode([type, content]))]);
}

/** Returns what a frame of the Hub's says. */
export function readFrame(frame: Buffer): readonly [string, Value] {
  const body = frame.subarray(1);
  return decode(frame[0] === 1 ? inflateRawSync(body) : body) as [string, Value];
}

/** Returns the hello that answers a challenge, with whatever lies. */
export function helloFrame({ self, keys }: Account, challenge: Fields, lies: HelloLies = {}): Buffer {
  const { hub, nonce } = lies.provedFor ?? challenge;
  const { protocol = PROTOCOL, device = self.device, cursor = Buffer.of(), lastN = 0 } = lies;
  const signed = encode([protocol, device, cursor, lastN]);
  const parts = [hub as Uint8Array, nonce as Uint8Array, signed];
  const proof = (lies.keys ?? keys).sign('chungtay/hello/1\n', ...parts);
  return plainFrame('hello', { protocol, device, cursor, lastN, nowMs: Date.now(), proof });
}

/** Returns the challenge that the Hub opens a connection with. */
export async function challengeOf(line: RawLine): Promise<Fields> {
  await line.until(() => line.messages.length > 0);
  return readFrame(line.messages[0] ?? Buffer.of())[1] as Fields;
}

/** Opens a session of the Feed and resolves with the welcome. */
export async function openSession(
  account: Account,
  target: Target,
  lies: HelloLies = {},
): Promise<{ readonly line: RawLine; readonly welcome: Fields }> {
  const line = await RawLine.upgrade(target, '/feed');
  await line.send({ payload: helloFrame(account, await challengeOf(line), lies) });
  const welcome = await heard(line, 'welcome');
  return { line, welcome };
}

/** Resolves to the content of the first frame of this type. */
export async function heard(line: RawLine, type: string): Promise<Fields> {
  const find = () => line.messages.map(readFrame).find(([is]) => is === type);
  await line.until(() => find() !== undefined);
  return (find() ?? [type, {}])[1] as Fields;
}

/** Writes signed envelopes in the order of their numbers, each setting one field of a new child or of `document`. */
export class Writer {
  readonly #account: Account;
  #n = 0;
  #prev: Uint8Array = Buffer.alloc(32);

  constructor(account: Account) {
    this.#account = account;
  }

  /** The last envelope that was written: its number and hash. */
  get last(): { readonly lastN: number; readonly lastHash: Uint8Array } {
    return { lastN: this.#n, lastHash: this.#prev };
  }

  /** Returns the next envelope: `fields` of a document that nobody has written in; `seen` = the cursor it was written at. */
  next(document: string, fields: Fields, seen: Uint8Array = Buffer.of()): Buffer {
    const { member, device, leases } = this.#account.self;
    const [client] = leases[0] ?? [0];
    const atMs = Date.now();
    this.#n += 1;
    const update = setFields(EMPTY, { client, member, atMs }, fields);
    const value = encode([1, member, device, client, this.#n, this.#prev, document, atMs, seen, null, update]);
    const bytes = Buffer.concat([value, this.#account.keys.sign('chungtay/envelope/1\n', value)]);
    this.#prev = createHash('sha256').update(bytes).digest();
    return bytes;
  }
}
