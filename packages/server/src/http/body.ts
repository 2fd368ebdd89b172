import type { IncomingMessage } from 'node:http';
import { err, ok } from '@chungtay/core/base/result';
import type { Result } from '@chungtay/core/base/result';

const MAX_BODY_BYTES = 4 * 1024;

/** Returns the JSON of a small body, or why it is none. Reads no further than the bound. */
export async function readJson(
  request: IncomingMessage,
  maxBodyBytes = MAX_BODY_BYTES,
): Promise<Result<unknown, 'too-large' | 'malformed'>> {
  if (!/^application\/json\b/u.test(request.headers['content-type'] ?? '')) return err('malformed');
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return err('too-large');
  const parts: Buffer[] = [];
  let lengthBytes = 0;
  try {
    // left early, the request must stay: its answer goes by the same connection
    const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    for await (const part of chunks) {
      lengthBytes += part.length;
      if (lengthBytes > maxBodyBytes) return err('too-large');
      parts.push(part);
    }
    return ok(JSON.parse(Buffer.concat(parts).toString('utf8')));
  } catch {
    return err('malformed');
  }
}

/** Returns the bytes of base64url text of exactly `lengthBytes`, or null. */
export function bytesOfBase64Url(text: string, lengthBytes: number): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64url');
  return /^[\w-]+$/u.test(text) && bytes.length === lengthBytes ? new Uint8Array(bytes) : null;
}
