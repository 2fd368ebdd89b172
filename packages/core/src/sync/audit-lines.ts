import { decodeUtf8 } from '../base/utf8.ts';
/** One entry of the log as the deeds that it tells of, without a word of any content. Holds AUD-16. */
import { parseUpdate } from '../doc/update.ts';
import { READ_ACTS, type ReadAct } from '../kinds/read-log.ts';
import { kindOf } from '../kinds/registry.ts';
import { type DocumentId, HUB_MEMBER, parseDocumentId } from '../model/ids.ts';
import type { AuditLine } from '../wire/audit.ts';
import { parseEnvelope } from './envelope.ts';
import { ordererIn, stepIn } from './people-entries.ts';
import type { FeedEntry } from './ports.ts';

/** A deed, and the document that it is about, named or not. */
export type Deed = Omit<AuditLine, 'kind' | 'document'> & { readonly of: DocumentId | null };

/** Returns the deeds of an entry, newest first; none for what only numbers something. */
export function deedsOf(entry: FeedEntry): readonly Deed[] {
  const { atMs, document, member } = entry;
  const who = member === HUB_MEMBER ? null : member;
  const common = { atMs, detail: null, member: who, about: null, of: document } as const;
  switch (entry.type) {
    case 'envelope':
      // what the Hub writes for an appointment or a held edit is told as that
      if (who === null) return [];
      return isReadLog(document) ? readsIn(entry) : [{ ...common, act: 'write' }];
    case 'judged':
      return [{ ...common, act: 'held' }];
    case 'member':
    case 'device':
      return personDeed(entry);
    case 'recovery':
      return recoveryDeed(entry);
    case 'epoch':
      return [{ ...common, act: 'hub', detail: 'restored' }];
    default:
      return [];
  }
}

function readsIn({ atMs, member, body }: FeedEntry): readonly Deed[] {
  const signed = parseEnvelope(body);
  const update = signed.ok ? parseUpdate(signed.value.envelope.update) : null;
  if (!update?.ok) return [];
  return update.value.items.toReversed().flatMap(({ value }) => {
    const read = value as { readonly document?: unknown; readonly act?: unknown } | null;
    const detail = READ_ACTS.find((act) => act === read?.act);
    const of = typeof read?.document === 'string' ? (read.document as DocumentId) : null;
    return detail === undefined
      ? []
      : [{ atMs, act: 'read' as const, detail: detail satisfies ReadAct, member, about: null, of }];
  });
}

/** Nothing of the Hub's own device. */
function personDeed({ atMs, type, body }: FeedEntry): readonly Deed[] {
  const said = jsonIn(body);
  const by = ordererIn(body);
  const about = typeof said['member'] === 'number' && said['member'] !== HUB_MEMBER ? said['member'] : null;
  const detail =
    type === 'member'
      ? said['suspended'] === true
        ? ('suspended' as const)
        : ('appointed' as const)
      : said['revoked'] === true
        ? ('revoked' as const)
        : ('enrolled' as const);
  const act = type === 'member' ? ('person' as const) : ('device' as const);
  const member = typeof by === 'object' && by !== null ? by.member : detail === 'enrolled' ? about : null;
  return about === null ? [] : [{ atMs, act, detail, member, about, of: null }];
}

/** About whose vault it is; asked and withdrawn by whoever stood before a locked tablet. */
function recoveryDeed({ atMs, member: about, body }: FeedEntry): readonly Deed[] {
  const by = ordererIn(body);
  const member = typeof by === 'object' && by !== null ? by.member : null;
  return [{ atMs, act: 'recovery', detail: stepIn(body), member, about, of: null }];
}

function isReadLog(document: DocumentId | null): boolean {
  return kindOf(parseDocumentId(document ?? '')?.kind ?? '')?.isReadLog === true;
}

function jsonIn(body: Uint8Array): Readonly<Record<string, unknown>> {
  const text = decodeUtf8(body, 0, body.length);
  try {
    const said: unknown = text === null ? null : JSON.parse(text);
    return typeof said === 'object' && said !== null ? (said as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
