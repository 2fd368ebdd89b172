import { REASON_SENTENCES, say } from '@chungtay/core/roster/messages';
import type { ImportAccountJson, ImportPlanJson, RowJson } from '@chungtay/core/roster/to-json';
import { renderUnicodeCompact } from 'uqr';
import type { OfficeAnswer } from '../jobs/office.ts';
import type { FeedDamage } from '../jobs/verify.ts';

const DAMAGES_SHOWN = 50;
const UNTIL = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** Returns an invitation as a person needs it: the code in fours, the address, and a QR code of it. Shown once, kept nowhere. */
export function invitationText(name: string, { code, expiresAtMs }: OfficeAnswer, url: string): string {
  const address = `${url}/#i=${String(code)}`;
  const spaced = String(code).replaceAll(/(.{4})(?=.)/gu, '$1-');
  const until = UNTIL.format(new Date(Number(expiresAtMs)));
  return `${name}\n  ${spaced}   (dùng một lần, đến ${until} · once, until then)\n  ${address}\n\n${renderUnicodeCompact(address)}\n`;
}

/** Returns what a verification found, in words. */
export function verificationText(found: OfficeAnswer): string {
  const damages = found['damages'] as readonly FeedDamage[];
  const lines = damages.slice(0, DAMAGES_SHOWN).map((damage) => `  ${placeOf(damage)}\n`);
  const verdict = damages.length === 0 ? 'no damage' : `${damages.length} damages`;
  return `${String(found['entries'])} entries, ${String(found['documents'])} documents: ${verdict}\n${lines.join('')}head ${String(found['head'])}\n`;
}

/** Returns what a rotation of the key did, in words. */
export function keyRotationText({ fingerprint, isThrough }: OfficeAnswer): string {
  const rest =
    isThrough === true
      ? 'everything stored lies under it'
      : 'what is stored follows while the Hub works, also after a restart';
  return `new key ${String(fingerprint)}: ${rest}. Backups made before need the key before.\n`;
}

function placeOf(damage: FeedDamage): string {
  if (damage.is === 'unreadable') return 'unreadable';
  if (damage.is === 'heads') return 'the file of noted heads holds lines that this Hub did not write';
  if (damage.is === 'state') return `state ${damage.document}`;
  if (damage.is === 'scope') return `folder ${damage.folder}: not of the place that its documents say or said`;
  if (damage.is === 'member') return `member ${damage.member}: not what the log says of him`;
  if (damage.is === 'device') return `device ${damage.device}: not what the log says of it`;
  if (damage.is === 'ids') return 'the epoch or the next client id: not what the log says';
  return `${damage.is} ${damage.seq}`;
}

/** Returns what an import did, or would do, in words. */
export function importText(done: OfficeAnswer): string {
  const account = done['account'] as ImportAccountJson;
  const problems = done['problems'] as ImportPlanJson['problems'];
  const duplicates = done['duplicates'] as ImportPlanJson['duplicates'];
  const { already, duplicate, error, skipped } = account;
  const counts = { rows: done['rows'], ready: done['ready'], already, duplicate, error, skipped: skipped.length };
  const written =
    done['written'] === undefined
      ? []
      : [`written: ${(done['written'] as unknown[]).length}, refused: ${(done['refused'] as unknown[]).length}`];
  const sums = [...Object.entries(counts).map(([name, count]) => `${name}: ${String(count)}`), ...written];
  const lines = [
    sums.join(', '),
    ...account.sheets.map(({ name, filledRows }) => `sheet “${name}”: ${filledRows} rows`),
    ...account.notes.map(({ message }) => message),
    ...problems.map(({ severity, message, ...place }) => `  ${placeText(place)}  ${severity}  ${message}`),
    ...duplicates.map((pair) => `  ${placeText(pair)}  duplicate  ${pairText(pair)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function placeText({ sheet, row }: RowJson): string {
  return sheet === undefined ? String(row) : `${sheet} ${row}`;
}

function pairText({ withRow, withSheet, child, score, reasons }: ImportPlanJson['duplicates'][number]): string {
  const other =
    withRow === undefined
      ? `child ${child ?? ''}`
      : `row ${placeText({ row: withRow, ...(withSheet === undefined ? {} : { sheet: withSheet }) })}`;
  return `${other} (${score}): ${reasons.map((reason) => say(REASON_SENTENCES[reason], 'vi')).join(', ')}`;
}
