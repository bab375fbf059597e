import type { JsonValue } from "../../engine";
import type { Draft } from "../work/draft";
import { type Journal, type JournalEntry, type JournalRecord, TakenOver } from "../work/journal";
import type { ReviewLease } from "./sides";

/** Where and for whom this tab keeps what is changed in cases. */
export interface Place {
  readonly journal: Journal | null;
  readonly holder: string;
  readonly contributor: string;
  readonly project: string;
  newName(): string;
  now(): number;
}

/** Joins what this browser and the server have of one case. The newer stands; where both went on apart, a person decides. */
export async function reconcile(place: Place, lease: ReviewLease, draft: Draft): Promise<JournalEntry & { conflict: Draft | null }> {
  const fresh = freshRecord(place, lease, draft);
  const entry = await takeRecord(place, fresh);
  const { record, commands } = entry;
  const last = record.base.sequence + commands.length;
  const hasNew = draft.content !== null && draft.version !== record.savedVersion;
  const isOwn = draft.content?.writer === record.writer && draft.content.sequence <= last;
  if (hasNew && isOwn)
    return { record: { ...record, savedVersion: draft.version, savedSequence: draft.content.sequence }, commands, conflict: null };
  // Nothing of one's own is here: what the server has now stands, its consensus too.
  const isBare = commands.length === 0 && (hasNew || draft.content === null);
  if (isBare || (hasNew && record.savedSequence >= last)) {
    await place.journal?.rebase(record.token, place.holder, fresh.base, draft.version).catch(rethrowTakenOver);
    return { record: { ...fresh, writer: record.writer }, commands: [], conflict: null };
  }
  return { ...entry, conflict: hasNew ? draft : null };
}

function freshRecord(place: Place, lease: ReviewLease, draft: Draft): JournalRecord {
  const { content } = draft;
  return {
    token: lease.token,
    contributor: place.contributor,
    project: placeOf(place.project),
    lease: { ...lease, state: "live", correction: null, prelabel: null },
    writer: place.newName(),
    holder: place.holder,
    base: {
      answers: content?.answers ?? ((lease.consensus?.answers ?? null) as JsonValue),
      hidden: content?.hidden ?? [],
      locked: content?.locked ?? [],
      sequence: content?.sequence ?? 0,
    },
    last: content?.sequence ?? 0,
    savedVersion: draft.version,
    savedSequence: content?.sequence ?? 0,
    activeMilliseconds: 0,
    submission: null,
    touchedAt: place.now(),
  };
}

async function takeRecord(place: Place, fresh: JournalRecord): Promise<JournalEntry> {
  try {
    return (await place.journal?.take(fresh)) ?? { record: fresh, commands: [] };
  } catch (failure) {
    rethrowTakenOver(failure);
    return { record: fresh, commands: [] };
  }
}

/** Reviews lie apart from work in the journal: the workbench asks for a project's records and knows nothing of these. */
export const placeOf = (project: string): string => `${project}/review`;

/** The consensus that the answers were begun upon; the journal keeps the whole lease. */
export const digestOf = (lease: object): string => ("consensus" in lease && (lease.consensus as ReviewLease["consensus"])?.digest) || "";

/** Storage that fails is told by the status, and the server's drafts remain; another tab's right is none of that. */
function rethrowTakenOver(failure: unknown): void {
  if (failure instanceof TakenOver) throw failure;
}
