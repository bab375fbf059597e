import type { JsonObject, JsonValue, SessionCommand } from "../../engine";
import type { Lease } from "./server";

/**
 * What this browser keeps of work under a lease, from the first command to the receipt. Commands are only ever added, one after the other, by the one
 * tab that holds the record; a tab that lost it cannot write any more.
 */
export interface JournalRecord {
  readonly token: string;
  readonly contributor: string;
  readonly project: string;
  readonly lease: Lease;
  /** Names this journal, in drafts that are written from it. */
  readonly writer: string;
  /** The tab that may write. */
  readonly holder: string;
  /** What the commands are done upon. */
  readonly base: JournalBase;
  /** The number of the last command. */
  readonly last: number;
  /** The server's draft that holds all up to `savedSequence`; 0 for none. */
  readonly savedVersion: number;
  readonly savedSequence: number;
  readonly activeMilliseconds: number;
  /** Sent to be stored, and not yet acknowledged. */
  readonly submission: { readonly answers: JsonObject; readonly activeMilliseconds: number } | null;
  readonly touchedAt: number;
}

export interface JournalBase {
  readonly answers: JsonValue;
  readonly hidden: readonly string[];
  readonly locked: readonly string[];
  /** The number that the first command does not have: commands count on from it. */
  readonly sequence: number;
}

interface CommandRow {
  readonly token: string;
  readonly sequence: number;
  readonly command: SessionCommand;
  readonly at: number;
}

export interface JournalEntry {
  readonly record: JournalRecord;
  readonly commands: readonly SessionCommand[];
}

/** Another tab took the record over: what this one had to write is not written. */
export class TakenOver extends Error {
  constructor() {
    super("Another tab has taken this work over.");
    this.name = "TakenOver";
  }
}

const RECORDS = "records";
const COMMANDS = "commands";
const NAME = "touchstone-work";

export class Journal {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
    // A newer page may need another shape of the database; this one then writes no more rather than block it.
    database.onversionchange = () => database.close();
  }

  static async open(factory: IDBFactory = indexedDB): Promise<Journal> {
    const request = factory.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(RECORDS, { keyPath: "token" }).createIndex("work", ["contributor", "project"]);
      request.result.createObjectStore(COMMANDS, { keyPath: ["token", "sequence"] });
    };
    return new Journal(await ended(request));
  }

  /** What is kept of somebody's work in a project, the oldest first. */
  async list(contributor: string, project: string): Promise<JournalRecord[]> {
    const index = this.#database.transaction(RECORDS).objectStore(RECORDS).index("work");
    const records = (await ended(index.getAll([contributor, project]))) as JournalRecord[];
    return records.sort((a, b) => a.touchedAt - b.touchedAt);
  }

  async read(token: string): Promise<JournalEntry | null> {
    const reading = this.#database.transaction([RECORDS, COMMANDS]);
    const record = ended(reading.objectStore(RECORDS).get(token)) as Promise<JournalRecord | undefined>;
    const rows = ended(reading.objectStore(COMMANDS).getAll(ofToken(token))) as Promise<CommandRow[]>;
    const found = await record;
    return found ? { record: found, commands: (await rows).map(row => row.command) } : null;
  }

  /** Makes the record this tab's own, whoever had it, and gives what is in it; without one it begins it. */
  async take(fresh: JournalRecord): Promise<JournalEntry> {
    return this.#change(async stores => {
      const known = (await ended(stores.records.get(fresh.token))) as JournalRecord | undefined;
      const record = known ? { ...known, holder: fresh.holder, lease: fresh.lease } : fresh;
      stores.records.put(record);
      const rows = known ? ((await ended(stores.commands.getAll(ofToken(fresh.token)))) as CommandRow[]) : [];
      return { record, commands: rows.map(row => row.command) };
    });
  }

  /** Adds commands, the first of which has this number. It is written when this ends. */
  append(token: string, holder: string, first: number, commands: readonly SessionCommand[], active: number, now: number): Promise<void> {
    const add = (record: JournalRecord, stores: Stores): JournalRecord => {
      for (const [i, command] of commands.entries()) {
        const row: CommandRow = { token, sequence: first + i, command, at: now };
        stores.commands.add(row);
      }
      return { ...record, last: first + commands.length - 1, activeMilliseconds: active, touchedAt: now };
    };
    return this.#held(token, holder, add, "strict");
  }

  /** Notes that the server has all up to a number. */
  saved(token: string, holder: string, version: number, sequence: number): Promise<void> {
    return this.#held(token, holder, record => ({ ...record, savedVersion: version, savedSequence: sequence }));
  }

  /** Begins anew upon what the server has: another computer went on with it. */
  rebase(token: string, holder: string, base: JournalBase, version: number): Promise<void> {
    return this.#held(token, holder, (record, stores) => {
      stores.commands.delete(ofToken(token));
      return { ...record, base, last: base.sequence, savedVersion: version, savedSequence: base.sequence };
    });
  }

  submitting(token: string, holder: string, submission: JournalRecord["submission"]): Promise<void> {
    return this.#held(token, holder, record => ({ ...record, submission }));
  }

  /** Takes everything of a lease away, once the server has it or nobody wants it. */
  async forget(token: string): Promise<void> {
    await this.#change(async stores => {
      stores.records.delete(token);
      stores.commands.delete(ofToken(token));
    });
  }

  close(): void {
    this.#database.close();
  }

  #held(
    token: string,
    holder: string,
    change: (record: JournalRecord, stores: Stores) => JournalRecord,
    durability: IDBTransactionDurability = "relaxed",
  ): Promise<void> {
    return this.#change(async stores => {
      const record = (await ended(stores.records.get(token))) as JournalRecord | undefined;
      if (!record || record.holder !== holder) throw new TakenOver();
      stores.records.put(change(record, stores));
    }, durability);
  }

  /** A strict change ends when it rests on the disk: "saved on this computer" is said upon it. Others come to rest before the next strict one. */
  async #change<T>(work: (stores: Stores) => Promise<T>, durability: IDBTransactionDurability = "relaxed"): Promise<T> {
    const changing = this.#database.transaction([RECORDS, COMMANDS], "readwrite", { durability });
    const done = new Promise<void>((resolve, reject) => {
      changing.oncomplete = () => resolve();
      changing.onabort = () => reject(changing.error ?? new DOMException("The journal's transaction was ended.", "AbortError"));
    });
    // Whoever waits on the work is told first; this one is not left without somebody who listens.
    done.catch(() => undefined);
    try {
      const result = await work({ records: changing.objectStore(RECORDS), commands: changing.objectStore(COMMANDS) });
      await done;
      return result;
    } catch (failure) {
      if (changing.error === null) tryAbort(changing);
      throw failure;
    }
  }
}

interface Stores {
  readonly records: IDBObjectStore;
  readonly commands: IDBObjectStore;
}

const ofToken = (token: string) => IDBKeyRange.bound([token, 0], [token, Number.MAX_SAFE_INTEGER]);

function tryAbort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch (failure) {
    // It had ended by itself, with nothing written.
    if (!(failure instanceof DOMException && failure.name === "InvalidStateError")) throw failure;
  }
}

function ended<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
