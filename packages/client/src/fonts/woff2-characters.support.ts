import { brotliDecompressSync } from 'node:zlib';

/** Test-only: returns the code points a woff2 file maps to glyphs, from its own cmap table (formats 4 and 12). Throws when it is no woff2. */
export function charactersOfWoff2(file: Uint8Array): ReadonlySet<number> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.getUint32(0) !== 0x774f4632) throw new Error('not a woff2 file');
  const tableCount = view.getUint16(12);
  const compressedBytes = view.getUint32(20);
  let at = 48;
  let offset = 0;
  let cmap: { start: number; lengthBytes: number } | undefined;
  for (let i = 0; i < tableCount; i += 1) {
    const flags = view.getUint8(at);
    const known = flags & 0x3f;
    at += known === 0x3f ? 5 : 1;
    const original = readBase128(view, at);
    at = original.next;
    let lengthBytes = original.value;
    // glyf (10) and loca (11) are transformed unless the version bits say 3; every other table when they are not 0.
    const isTransformed = known === 10 || known === 11 ? flags >> 6 !== 3 : flags >> 6 !== 0;
    if (isTransformed) {
      const transformed = readBase128(view, at);
      at = transformed.next;
      lengthBytes = transformed.value;
    }
    if (known === 0) cmap = { start: offset, lengthBytes };
    offset += lengthBytes;
  }
  if (!cmap) throw new Error('no cmap table');
  const tables = brotliDecompressSync(file.subarray(at, at + compressedBytes));
  return charactersOfCmap(new DataView(tables.buffer, tables.byteOffset + cmap.start, cmap.lengthBytes));
}

function readBase128(view: DataView, start: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < 5; i += 1) {
    const byte = view.getUint8(start + i);
    value = value * 128 + (byte & 0x7f);
    if ((byte & 0x80) === 0) return { value, next: start + i + 1 };
  }
  throw new Error('bad length in woff2');
}

function charactersOfCmap(cmap: DataView): ReadonlySet<number> {
  const found = new Set<number>();
  const subtableCount = cmap.getUint16(2);
  for (let i = 0; i < subtableCount; i += 1) {
    const start = cmap.getUint32(8 + i * 8);
    const format = cmap.getUint16(start);
    if (format === 4) addFormat4(cmap, start, found);
    if (format === 12) addFormat12(cmap, start, found);
  }
  return found;
}

function addFormat4(cmap: DataView, start: number, found: Set<number>): void {
  const segmentBytes = cmap.getUint16(start + 6);
  for (let i = 0; i < segmentBytes; i += 2) {
    const last = cmap.getUint16(start + 14 + i);
    const first = cmap.getUint16(start + 16 + segmentBytes + i);
    if (first === 0xffff) continue;
    for (let code = first; code <= last; code += 1) found.add(code);
  }
}

function addFormat12(cmap: DataView, start: number, found: Set<number>): void {
  const groupCount = cmap.getUint32(start + 12);
  for (let i = 0; i < groupCount; i += 1) {
    const group = start + 16 + i * 12;
    for (let code = cmap.getUint32(group); code <= cmap.getUint32(group + 4); code += 1) found.add(code);
  }
}
