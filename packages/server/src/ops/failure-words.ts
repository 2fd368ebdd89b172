import { Outage } from '@chungtay/core/sync/ports';

/** What the operating system says no with, in words an operator can act on. */

const LOST = 'The database is damaged, or its disk fails. Look at the disk, then put back the last backup.';

interface SystemFailure {
  readonly code?: unknown;
  readonly path?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
  readonly hostname?: unknown;
}

/** Returns a sentence for a failure: of the machine's own codes in words, else what the error says itself. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Outage && error.kind === 'storage-lost') return LOST;
  const { code, path, address, port, hostname } = error as SystemFailure;
  const place = typeof path === 'string' ? path : 'the data directory';
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${String(port)} is taken by another program. Stop that one, or choose another port with CT_PORT.`;
    case 'EADDRNOTAVAIL':
      return `${String(address)} is not an address of this machine. CT_HOST names the one to listen on.`;
    case 'ENOTFOUND':
      return `${String(hostname)} is not an address of this machine. CT_HOST names the one to listen on.`;
    case 'EACCES':
    case 'EPERM':
      return typeof port === 'number'
        ? `Port ${port} is not open to this user. Choose one above 1023 with CT_PORT.`
        : `This user may not read or write ${place}. CT_DATA_DIR and CT_KEY_FILE name where the Hub works.`;
    case 'EROFS':
      return `${place} lies on a disk that cannot be written.`;
    case 'ENOSPC':
      return 'The disk is full.';
    case 'ENOENT':
      return `${place} cannot be found or made.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${place} is not a folder.`;
    case 'EISDIR':
      return 'A folder stands where a file should be. CT_KEY_FILE names the key file.';
    default:
      return error.message;
  }
}
