import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askControl, findControl } from '@chungtay/server/http/control';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSignKeys } from '../../protocol/keys.ts';
import { postJson } from './account.ts';
import { Commune, REPEATED, harmIn } from './commune.ts';
import { RawLine } from './raw-line.ts';

const key = makeSignKeys().publicKey;
let commune: Commune;

beforeAll(async () => {
  commune = await Commune.found({ CT_ENROLMENTS_PER_MINUTE: '1000' });
}, 60_000);
afterAll(() => commune.end());

/** Says `words` to the Hub as they are; returns everything it answered until it hung up. */
async function answerTo(words: string, host = 'Host: hub\r\nConnection: close\r\n'): Promise<string> {
  const line = await RawLine.open(commune.target());
  await line.write(words.replace('HOST\r\n', host));
  await line.gone();
  return line.text;
}

const statusOf = (answer: string): string => answer.slice(0, 12);
const get = (path: string): Promise<string> => answerTo(`GET ${path} HTTP/1.1\r\nHOST\r\n\r\n`);

describe('the HTTP doors under attack', () => {
  it.each([
    '/../../../etc/passwd',
    '/..%2f..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/hub.key',
    '/%252e%252e%252fhub.key',
    '/..\\..\\hub.key',
    '/assets/..%5c..%5c..%5chub.key',
    '/assets/%00/../../hub-keys',
    '/index.html%00.js',
    '//etc/passwd',
    '/./../control.json',
    '/feed.sqlite',
    '/control.json',
    '/hub-keys',
    'http://127.0.0.1/etc/passwd',
    'file:///etc/passwd',
    '*',
  ])('[P17] %s leads nowhere', async (path) => {
    const answer = await get(path);
    expect(answer).not.toContain('root:');
    // the client's own page, which is not built here, or nothing: never a file of the machine
    expect(['HTTP/1.1 404', 'HTTP/1.1 503', 'HTTP/1.1 400', 'HTTP/1.1 200']).toContain(statusOf(answer));
    for (const secret of secrets()) expect(answer).not.toContain(secret);
  });

  it('[P17] control: what is there is answered', async () => {
    expect(await get('/health')).toContain('"ok":true');
    expect(statusOf(await get('/ticket'))).toBe('HTTP/1.1 200');
  });

  it.each([
    [
      'two lengths',
      'POST /enrol HTTP/1.1\r\nHOST\r\nContent-Length: 2\r\nContent-Length: 30\r\n\r\n{}GET /health HTTP/1.1\r\nHost: x\r\n\r\n',
    ],
    [
      'a length and chunks',
      'POST /enrol HTTP/1.1\r\nHOST\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n',
    ],
    [
      'chunks by another name',
      'POST /enrol HTTP/1.1\r\nHOST\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n',
    ],
    ['a length of minus one', 'POST /enrol HTTP/1.1\r\nHOST\r\nContent-Length: -1\r\n\r\n'],
    ['a length that is no number', 'POST /enrol HTTP/1.1\r\nHOST\r\nContent-Length: 0x10\r\n\r\n'],
    ['a space before the colon', 'GET /health HTTP/1.1\r\nHOST\r\nX : y\r\n\r\n'],
    ['a folded header', 'GET /health HTTP/1.1\r\nHOST\r\nX: y\r\n Content-Length: 9\r\n\r\n'],
    ['a bare carriage return', 'GET /health HTTP/1.1\r\nHOST\r\nX: a\rY: b\r\n\r\n'],
    ['a NUL in a header', 'GET /health HTTP/1.1\r\nHOST\r\nX: a\0b\r\n\r\n'],
    ['no Host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['a made-up method', 'BREW /health HTTP/1.1\r\nHOST\r\n\r\n'],
    ['a version nobody has', 'GET /health HTTP/9.9\r\nHOST\r\n\r\n'],
    ['a hundred kilobytes of header', `GET /health HTTP/1.1\r\nHOST\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`],
    ['a hundred kilobytes of path', `GET /${'y'.repeat(100_000)} HTTP/1.1\r\nHOST\r\n\r\n`],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ])('[P17] a request with %s is cut or refused, and nothing is smuggled behind it', async (_name, words) => {
    const answer = await answerTo(words);
    expect(answer).not.toContain('"ok":true');
    expect((answer.match(/HTTP\/1\.1 /gu) ?? []).length).toBeLessThanOrEqual(1);
    expect(answer).not.toMatch(/^HTTP\/1\.1 2/u);
  });

  it('[P17] a body of more than a few kilobytes is not read, however it comes', REPEATED, async () => {
    const big = 'x'.repeat(64 * 1024);
    const toll = await commune.under(async () => {
      for (let at = 0; at < 20; at += 1) {
        expect((await postJson(`${commune.url}/enrol`, big)).status).toBe(413);
        const chunked = await RawLine.open(commune.target());
        await chunked.write(
          'POST /enrol HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
        );
        await chunked.write(`10000\r\n${big}\r\n`);
        await chunked.until(() => chunked.text.includes('413'));
        chunked.drop();
      }
    });
    expect(harmIn(toll, 60)).toEqual({});
  });

  it.each([
    ['no JSON at all', 'code=1&signKey=2'],
    ['JSON cut off', '{"code":"'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a hundred levels', `${'['.repeat(2_000)}${']'.repeat(2_000)}`],
    ['a number that overflows', '{"code":1e999}'],
    ['keys of prototypes', `{"__proto__":{"code":"0","signKey":"${key}","sealKey":"${key}"}}`],
    ['a constructor', `{"constructor":{"prototype":{"code":"0"}},"code":["0"],"signKey":"${key}","sealKey":"${key}"}`],
    ['a key of another length', `{"code":"0","signKey":"${key}AA","sealKey":"${key}"}`],
    ['a text for a key', `{"code":"0","signKey":"${'!'.repeat(43)}","sealKey":"${key}"}`],
  ])('[P17] %s is no enrolment', async (_name, body) => {
    const answer = await postJson(`${commune.url}/enrol`, body);
    expect([answer.status, await answer.text()]).toEqual([400, '{"code":"malformed"}']);
  });

  it('[P17] a well-formed guess is told nothing but no, in the same words whatever it looks like', async () => {
    for (const code of ['', '0', '0'.repeat(16), 'x'.repeat(3_000), '\u0000', '../../x', '$ne', '’ OR 1=1 --']) {
      const answer = await postJson(`${commune.url}/enrol`, { code, signKey: key, sealKey: key });
      expect([code, answer.status, await answer.text()]).toEqual([code, 404, '{"code":"bad-code"}']);
    }
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp', ''])(
    '[P17] a body of type “%s”, as a page elsewhere may send one unasked, is not read',
    async (type) => {
      const answer = await postJson(`${commune.url}/enrol`, '{"code":"0"}', { 'content-type': type });
      expect(answer.status).toBe(400);
    },
  );

  it.each([
    ['another site', 'https://evil.example', 403],
    ['no site (a file, a sandbox)', 'null', 403],
    ['another port of this machine', 'http://127.0.0.1:1', 403],
    ['a name that begins like ours', 'http://127.0.0.1.evil.example', 403],
    ['two at once', 'http://127.0.0.1, https://evil.example', 403],
    ['the secure form of ours', 'https://127.0.0.1', 403],
  ])('[P17] a page of %s may neither enrol, nor get a ticket, nor open a socket', async (_name, origin, status) => {
    for (const path of ['/enrol', '/ticket'])
      expect((await postJson(commune.url + path, '{}', { origin })).status).toBe(status);
    for (const path of ['/feed', '/rooms/directory', '/rooms/presence/01JTAB00000000000000000001'])
      await expect(RawLine.upgrade(commune.target(), path, { Origin: origin })).rejects.toThrow(String(status));
  });

  it('[P17] control: our own page may, and a program without an origin', async () => {
    for (const headers of [{ Origin: commune.url }, {}]) {
      const line = await RawLine.upgrade(commune.target(), '/feed', headers);
      line.drop();
    }
    const answer = await postJson(`${commune.url}/enrol`, '{}', { origin: commune.url });
    expect(answer.status).toBe(400);
  });

  it('[P17] whatever Host is claimed, nothing of it comes back', async () => {
    for (const host of ['evil.example', '127.0.0.1@evil.example', 'a'.repeat(5_000), '<script>']) {
      const answer = await answerTo('GET /health HTTP/1.1\r\nHOST\r\n\r\n', `Host: ${host}\r\nConnection: close\r\n`);
      expect(answer).not.toContain(host);
    }
  });

  it.each([
    ['no key', { 'Sec-WebSocket-Key': '' }],
    ['a key of another length', { 'Sec-WebSocket-Key': 'AAAA' }],
    ['an old version', { 'Sec-WebSocket-Version': '7' }],
    ['another protocol', { Upgrade: 'h2c' }],
    ['subprotocols that are none', { 'Sec-WebSocket-Protocol': 'a,,b' }],
  ])('[P17] an upgrade with %s is none', async (_name, headers) => {
    await expect(RawLine.upgrade(commune.target(), '/feed', headers)).rejects.toThrow(/400|405|426|404/u);
  });

  it('[P17] the door of the command line opens for its token alone', async () => {
    const control = findControl(commune.hub.dataDirectory);
    const url = `http://127.0.0.1:${control?.port}/`;
    const body = JSON.stringify({ verb: 'members', ask: {} });
    for (const authorization of [undefined, '', 'Bearer ', `Bearer ${'A'.repeat(43)}`, `Basic ${control?.token}`]) {
      const answer = await fetch(url, {
        method: 'POST',
        body,
        headers: authorization === undefined ? {} : { authorization },
      });
      expect([answer.status, await answer.text()]).toEqual([403, '{"problem":"not allowed"}']);
    }
    const wrong = { port: control?.port ?? 0, token: control?.token ?? '' };
    await expect(askControl(wrong, '__proto__', {})).resolves.toHaveProperty('problem');
    await expect(askControl(wrong, 'people', {})).resolves.toHaveProperty('members');
  });

  it('[HUB-9] the log of all that holds no code, no name, no path, no body', () => {
    commune.keepSecret('passwd', 'hub.key', 'evil.example', 'smuggled', key, ...secrets());
    expect(commune.leaks()).toEqual([]);
  });
});

/** What lies beside the database and may never leave: the Hub's keys, and the token of the command line. */
function secrets(): readonly string[] {
  const directory = commune.hub.dataDirectory;
  const kept = [join(directory, 'hub-keys'), `${directory}.key`].map((path) =>
    readFileSync(path, 'utf8').trim().slice(0, 24),
  );
  return [...kept, findControl(directory)?.token ?? kept[0] ?? ''];
}
