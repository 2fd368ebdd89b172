/**
 * Until when this device may show what a request opened. The Hub takes it back at the end, and a device that does not meet its Hub looks at
 * the clock itself: what is over is read by nobody any more, though its bytes lie here until the Hub says that they go. Rule REP-14.
 */
import { grantPartsOf, grantsOf, hasGrantParts } from '../derive/grants.ts';
import { KINDS, kindOf } from '../kinds/registry.ts';
import { type Grant, accessRuleOfKind } from '../model/grant.ts';
import { type DocumentId, type FolderId, folderOf } from '../model/ids.ts';
import type { Principal } from '../model/principal.ts';
import { cellFor, isGivenTo } from '../policy/access.ts';
import type { ReplicaCore } from './replica-core.ts';
import { documentsHeld, documentsOfFolder } from './replica-reading.ts';

const NONE: ReadonlySet<string> = new Set();

/** The ends of what requests opened to the person of one device. `hubNowMs` = the Hub's time as well as it is known here. */
export class ReplicaWindows {
  readonly #core: ReplicaCore;
  readonly #hubNowMs: () => number;
  /** Kinds that nothing but a request opens to this person, and who that was. */
  #kinds: ReadonlySet<string> = NONE;
  #of: Principal | null = null;
  /** Requests held, by folder: few among many documents. */
  #requests: Map<FolderId, Set<DocumentId>> | null = null;
  readonly #ends = new Map<FolderId, ReadonlyMap<string, number>>();

  constructor(core: ReplicaCore, hubNowMs: () => number) {
    this.#core = core;
    this.#hubNowMs = hubNowMs;
    core.subscribe((changed) => {
      for (const document of changed) this.#follow(document);
    });
  }

  /** Says whether a request opened the document and is over. */
  isShut(document: DocumentId): boolean {
    const kinds = this.#closedKinds();
    const kind = kinds.size > 0 ? kindIn(document) : '';
    return kinds.has(kind) && (this.#endsIn(folderOf(document)).get(kind) ?? 0) <= this.#hubNowMs();
  }

  /** Returns the next end that is still to come, in ms of the Hub's time; null when nothing is open by a request. */
  nextEndMs(): number | null {
    if (this.#closedKinds().size === 0) return null;
    const nowMs = this.#hubNowMs();
    const ends = [...this.#requestsByFolder().keys()].flatMap((folder) => [...this.#endsIn(folder).values()]);
    const coming = ends.filter((untilMs) => untilMs > nowMs);
    return coming.length === 0 ? null : Math.min(...coming);
  }

  /** Returns what is held and shut. */
  shut(): ReadonlySet<DocumentId> {
    if (this.#closedKinds().size === 0) return new Set();
    return new Set([...documentsHeld(this.#core.memory.holdings)].filter((document) => this.isShut(document)));
  }

  /** Returns `changed` with what a changed request, or consent, opened or shut beside it. */
  widened(changed: ReadonlySet<DocumentId>): ReadonlySet<DocumentId> {
    const kinds = this.#closedKinds();
    if (kinds.size === 0) return changed;
    const folders = [...changed].filter((document) => hasGrantParts(kindIn(document))).map(folderOf);
    if (folders.length === 0) return changed;
    const beside = [...new Set(folders)].flatMap((folder) => documentsOfFolder(folder, this.#core.memory.holdings));
    return new Set([...changed, ...beside.filter((document) => kinds.has(kindIn(document)))]);
  }

  #follow(document: DocumentId): void {
    const kind = kindIn(document);
    if (!hasGrantParts(kind)) return;
    const folder = folderOf(document);
    this.#ends.delete(folder);
    if (accessRuleOfKind(kind)) noteIn(this.#requests, folder, document);
  }

  #closedKinds(): ReadonlySet<string> {
    const me = this.#core.memory.entitlement.principal;
    if (me === this.#of) return this.#kinds;
    this.#of = me;
    this.#kinds = me ? new Set(KINDS.filter((kind) => isByRequest(me, kind.id)).map(({ id }) => id)) : NONE;
    this.#ends.clear();
    return this.#kinds;
  }

  #requestsByFolder(): ReadonlyMap<FolderId, ReadonlySet<DocumentId>> {
    if (this.#requests) return this.#requests;
    const found = new Map<FolderId, Set<DocumentId>>();
    for (const document of documentsHeld(this.#core.memory.holdings))
      if (accessRuleOfKind(kindIn(document))) noteIn(found, folderOf(document), document);
    this.#requests = found;
    return found;
  }

  /** The last end of each kind in a folder. */
  #endsIn(folder: FolderId): ReadonlyMap<string, number> {
    const known = this.#ends.get(folder);
    if (known) return known;
    const ends = new Map<string, number>();
    for (const { compartment, untilMs } of this.#grantsIn(folder))
      for (const kind of this.#closedKinds())
        if (kindOf(kind)?.compartment === compartment) ends.set(kind, Math.max(untilMs, ends.get(kind) ?? 0));
    this.#ends.set(folder, ends);
    return ends;
  }

  /**
   * What requests held here open to this person. Of consent that lies where he does not look, the Hub's having given him the compartment
   * says that it stands: then the request's own words are all that is known of its end.
   */
  #grantsIn(folder: FolderId): readonly Grant[] {
    const requests = this.#requestsByFolder().get(folder);
    const me = this.#of;
    if (!requests || !me) return [];
    const { holdings } = this.#core.memory;
    const parts = documentsOfFolder(folder, holdings).flatMap((document) => {
      const state = hasGrantParts(kindIn(document)) ? holdings.state(document) : null;
      const firstAtMs = holdings.confirmed(document)?.firstAtMs ?? 0;
      const part = state && grantPartsOf(kindIn(document), state, document, firstAtMs > 0 ? firstAtMs : null);
      return part ?? [];
    });
    const unseen = parts
      .flatMap((part) => part.requests ?? [])
      .filter(({ consents }) => consents?.some((one) => !holdings.confirmed(one as DocumentId)));
    return [...grantsOf(parts), ...unseen].filter((grant) => isGivenTo(grant, me));
  }
}

/** Says whether this person holds documents of a kind by request alone: his cell gives nothing of itself. */
function isByRequest(me: Principal, id: string): boolean {
  const kind = kindOf(id);
  if (!kind || kind.closedToGrants || kind.isReadLog) return false;
  return cellFor(me, { kind: id, compartment: kind.compartment }).onRequest === true;
}

function noteIn(requests: Map<FolderId, Set<DocumentId>> | null, folder: FolderId, document: DocumentId): void {
  if (!requests) return;
  requests.set(folder, (requests.get(folder) ?? new Set()).add(document));
}

function kindIn(document: DocumentId): string {
  // of every document held, many times over: no need to check again what was checked when it came
  const from = document.indexOf('/') + 1;
  const to = document.indexOf('/', from);
  return to < 0 ? document.slice(from) : document.slice(from, to);
}
