import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { closeCodeOf } from '@chungtay/core/wire/refusal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { NODE, ROOT } from '../../packages/server/bin/ensure.mjs';
import { makeHub } from '../e2e/support/hub-process.ts';
import { enrolDevice, invitationsIn, ticketFor } from './device.support.ts';

const PEOPLE = ['--name', 'Xã Tân Thành', '--administrator', 'Lò Văn Pản', '--lead', 'Nguyễn Thị Hạnh'];
const hub = makeHub({ CT_ENROLMENTS_PER_MINUTE: '8', CT_MAX_CONNECTIONS_PER_IP: '20' });
let codes: readonly string[] = [];
const url = (path: string): string => `http://127.0.0.1:${hub.port()}${path}`;

/** Runs a program of the server to its end. */
function run(program: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const settings = { ...process.env, CT_DATA_DIR: hub.dataDirectory, ...env };
  const { status, stdout, stderr } = spawnSync(NODE, [join(ROOT, 'packages/server/src', program), ...words], {
    env: settings,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

beforeAll(async () => {
  codes = invitationsIn(hub.ct('init', ...PEOPLE));
  await hub.start();
});
afterAll(() => hub.remove());

describe('a Hub process', () => {
  it('[HUB-8] says that it is well, and nothing that grows with the work', async () => {
    const answer = await fetch(url('/health'));
    expect(answer.status).toBe(200);
    expect(Object.keys((await answer.json()) as object).toSorted()).toEqual([
      'damaged',
      'feed',
      'ok',
      'protocol',
      'storage',
      'uptimeS',
      'version',
    ]);
  });

  it.each([
    ['GET', '/enrol', 405],
    ['DELETE', '/', 405],
    ['POST', '/health', 405],
    ['GET', '/feed', 426],
    ['GET', '/rooms/directory', 426],
    ['GET', '/assets/none.js', 404],
    ['GET', '/..%2f..%2fetc/passwd.txt', 404],
  ])('[HUB-8] %s %s is answered %i, in words', async (method, path, status) => {
    const answer = await fetch(url(path), { method });
    expect(answer.status).toBe(status);
    expect((await answer.text()).length).toBeGreaterThan(10);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('[HUB-6] enrols a device once per code, and tells a guesser nothing', async () => {
    const [, lead = ''] = codes;
    const device = await enrolDevice(url(''), lead, 1);
    expect(device.answer).toMatchObject({ commune: 'Xã Tân Thành', isDemo: false, name: 'Nguyễn Thị Hạnh' });
    expect(device.answer).toMatchObject({ principal: { role: 'lead', villages: ['*'] } });
    await expect(enrolDevice(url(''), lead, 2)).rejects.toThrow('410 {"code":"used-code"}');
    await expect(enrolDevice(url(''), '0'.repeat(16), 3)).rejects.toThrow('404 {"code":"bad-code"}');
    const again = await enrolDevice(url(''), lead, 1);
    expect(again.device).toBe(device.device);
  });

  it('[HUB-6] bodies are small JSON, from our own pages, and not too many', async () => {
    const post = (body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
      fetch(url('/enrol'), { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
    expect((await post('{}')).status).toBe(400);
    expect((await post('x'.repeat(5_000))).status).toBe(413);
    expect((await post('{}', { origin: 'https://evil.example' })).status).toBe(403);
    const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await post('{}')).status));
    expect(statuses).toContain(429);
  });

  it('[ROOM-2] gives a ticket to a device that proves its key, and to no one else', async () => {
    const { ticket } = await ticketFor(url(''), { seed: 1, device: null });
    expect(ticket.length).toBeGreaterThan(60);
    await expect(ticketFor(url(''), { seed: 2, device: null })).rejects.toThrow('403 {"code":"bad-proof"}');
  });

  it('[HUB-3] a socket that says nothing is closed after five seconds, one that says nonsense at once', async () => {
    const [silent, noisy] = [1, 2].map(() => new WebSocket(url('/feed').replace('http', 'ws')));
    noisy?.once('message', () => noisy.send(new Uint8Array([0, 1, 2, 3])));
    const [code, reason] = (await once(noisy!, 'close')) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([closeCodeOf('malformed'), 'malformed']);
    const startedAtMs = Date.now();
    const [slow, why] = (await once(silent!, 'close')) as [number, Buffer];
    expect([slow, why.toString()]).toEqual([closeCodeOf('too-slow'), 'too-slow']);
    expect(Date.now() - startedAtMs).toBeLessThan(8_000);
  });

  it('[STO-5] a second Hub on the same directory refuses to start, in words', () => {
    const second = run('main.ts', [], { CT_PORT: '0' });
    expect(second.status).toBe(1);
    expect(second.stderr).toContain('Another process is working on');
  });

  it('[HUB-1] wrong settings stop the start with exit code 2, all problems at once', () => {
    const wrong = run('main.ts', [], { CT_PORT: 'x', CT_NOPE: '1' });
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('CT_NOPE is not a setting');
    expect(wrong.stderr).toContain('CT_PORT should be');
    expect(run('main.ts', ['--help']).stdout).toContain('CT_DATA_DIR');
    expect(run('main.ts', ['serve']).status).toBe(2);
  });

  it('[CLI-2] the command line works through the running Hub', () => {
    const [code] = invitationsIn(hub.ct('invite', '--name', 'Y Bhăm', '--role', 'nurse', '--village', '*'));
    expect(code).toMatch(/^[0-9A-Z]{16}$/u);
    expect(hub.ct('devices')).toContain('Nguyễn Thị Hạnh');
    expect(hub.ct('verify')).toContain('no damage');
    expect(() => hub.ct('invite', '--name', 'X', '--role', 'nurse', '--village', 'Thôn Lạ')).toThrow('Thôn Lạ');
    expect(() => hub.ct('revoke', 'X')).toThrow('not an enrolled device');
  });

  it('[CLI-1] an unknown verb, flag or word ends with 2 and says what there is', () => {
    for (const words of [['frobnicate'], ['devices', '--all'], ['verify', 'now'], ['import'], []]) {
      const { status, stdout, stderr } = run('cli/main.ts', words);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr.length).toBeGreaterThan(10);
    }
    expect(run('cli/main.ts', ['init', ...PEOPLE]).status).toBe(1);
  });

  it('[HUB-9] no code, name or path of a request is in the log', async () => {
    await fetch(url('/?i=SECRETCODE12345A'));
    expect(hub.log()).not.toContain('SECRETCODE');
    expect(hub.log()).not.toContain('Nguyễn');
    for (const code of codes) expect(hub.log()).not.toContain(code);
  });

  it('[HUB-8] SIGTERM drains: open sockets are told to come back, the exit code is 0, and everything is there afterwards', async () => {
    const socket = new WebSocket(url('/feed').replace('http', 'ws'));
    await once(socket, 'message');
    const closed = once(socket, 'close');
    const startedAtMs = Date.now();
    expect(await hub.stop()).toBe(0);
    expect(Date.now() - startedAtMs).toBeLessThan(5_000);
    expect(((await closed) as [number])[0]).toBe(1012);
    expect(existsSync(join(hub.dataDirectory, 'control.json'))).toBe(false);
    expect(hub.ct('devices')).toContain('Nguyễn Thị Hạnh');
    expect(hub.ct('verify')).toContain('no damage');
  });
});
