/** What a reader of XML wants to hear. Names come without their namespace prefix; empty elements are opened and closed. */
export interface XmlListener {
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  text(text: string): void;
  close(name: string): void;
}

const MAX_DEPTH = 64;
const MAX_ATTRIBUTES = 64;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TAG = /^([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)/u;
const ATTRIBUTE = /\s+([\w.-]+(?::[\w.-]+)?)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/uy;

/**
 * Reads well-formed XML and tells the listener of each element and text; returns false where it is not well formed, and
 * for any document type declaration, so that no entity is ever defined or fetched [IMP-2].
 */
export function readXml(xml: string, listener: XmlListener): boolean {
  const open: string[] = [];
  let at = xml.charCodeAt(0) === 0xfeff ? 1 : 0;
  let roots = 0;
  while (at < xml.length) {
    const next = xml.indexOf('<', at);
    const text = next < 0 ? xml.slice(at) : xml.slice(at, next);
    if (!readText(text, open.length, listener)) return false;
    if (next < 0) break;
    const aside = skipAside(xml, next, open.length, listener);
    if (aside === -1) return false;
    if (aside > 0) {
      at = aside;
      continue;
    }
    const end = tagEnd(xml, next);
    if (end < 0) return false;
    if (open.length === 0 && xml[next + 1] !== '/') roots += 1;
    if (roots > 1 || !readTag(xml.slice(next + 1, end), open, listener)) return false;
    at = end + 1;
  }
  return open.length === 0 && roots === 1;
}

function readText(text: string, depth: number, listener: XmlListener): boolean {
  if (text === '') return true;
  if (depth === 0) return text.trim() === '';
  const plain = unescape(text);
  if (plain === null) return false;
  listener.text(plain);
  return true;
}

/** Returns the place after a comment, instruction or CDATA section, 0 where there is none, -1 where it is forbidden or unfinished. */
function skipAside(xml: string, at: number, depth: number, listener: XmlListener): number {
  const second = xml[at + 1];
  if (second !== '!' && second !== '?') return 0;
  const kinds = [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ] as const;
  for (const [start, stop] of kinds) {
    if (!xml.startsWith(start, at)) continue;
    const end = xml.indexOf(stop, at + start.length);
    if (end < 0) return -1;
    if (start === '<![CDATA[' && depth > 0) listener.text(xml.slice(at + start.length, end));
    return end + stop.length;
  }
  return -1;
}

function tagEnd(xml: string, at: number): number {
  let quote = '';
  for (let i = at + 1; i < xml.length; i += 1) {
    const char = xml.charAt(i);
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return i;
  }
  return -1;
}

function readTag(tag: string, open: string[], listener: XmlListener): boolean {
  if (tag.startsWith('/')) {
    const name = tag.slice(1).trimEnd();
    if (open.pop() !== name) return false;
    listener.close(localName(name));
    return true;
  }
  const isEmpty = tag.endsWith('/');
  const body = isEmpty ? tag.slice(0, -1) : tag;
  const name = TAG.exec(body)?.[1];
  const attributes = name === undefined ? null : readAttributes(body, name.length);
  if (name === undefined || !attributes || open.length >= MAX_DEPTH) return false;
  listener.open(localName(name), attributes);
  if (isEmpty) listener.close(localName(name));
  else open.push(name);
  return true;
}

function readAttributes(body: string, from: number): Map<string, string> | null {
  const attributes = new Map<string, string>();
  let at = from;
  while (at < body.length) {
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(body);
    if (!match) return body.slice(at).trim() === '' ? attributes : null;
    const value = unescape(match[2] ?? match[3] ?? '');
    if (value === null || attributes.size >= MAX_ATTRIBUTES) return null;
    attributes.set(match[1] ?? '', value);
    at = ATTRIBUTE.lastIndex;
  }
  return attributes;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Returns the text with its five named and its numbered entities read, or null where one is unknown. */
function unescape(text: string): string | null {
  if (!text.includes('&')) return text;
  let isSound = true;
  const plain = text.replace(/&([^;&]*)(;?)/gu, (_, name: string, stop: string) => {
    const char = stop === ';' ? entityOf(name) : null;
    if (char === null) isSound = false;
    return char ?? '';
  });
  return isSound ? plain : null;
}

function entityOf(name: string): string | null {
  const named = NAMED[name];
  if (named !== undefined) return named;
  const numbered = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/u.exec(name);
  if (!numbered) return null;
  const code = numbered[1] === undefined ? Number(numbered[2]) : Number.parseInt(numbered[1], 16);
  return code > 0x10ffff ? null : String.fromCodePoint(code);
}
