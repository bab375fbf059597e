import type { Outcome, Source } from "./importRun";

/**
 * What a browser remembers of an import, so that it goes on after a reload: the batch, and each file that is in by its path, size and time. The files
 * themselves stay where they are; where the browser can keep a handle on the dropped folder, it is kept, else the same folder is dropped again.
 */
export interface RunRecord {
  project: string;
  batch: string | null;
  /** What the batch is called; runs that began with an older version have none. */
  name?: string;
  startedAt: number;
  total: number;
  handle: FileSystemDirectoryHandle | null;
}

interface FileRecord {
  project: string;
  path: string;
  size: number;
  modified: number;
  outcome: Outcome;
}

const runs = "runs";
const files = "files";
let opened: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("touchstone-imports", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(runs, { keyPath: "project" });
      request.result.createObjectStore(files, { keyPath: ["project", "path"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

function ended<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

const ofProject = (project: string) => IDBKeyRange.bound([project, ""], [project, "\uffff"]);

export const journal = {
  async read(project: string): Promise<RunRecord | null> {
    const store = (await database()).transaction(runs).objectStore(runs);
    return ((await ended(store.get(project))) as RunRecord | undefined) ?? null;
  },

  async begin(record: RunRecord): Promise<void> {
    await ended((await database()).transaction(runs, "readwrite").objectStore(runs).put(record));
  },

  /** Which of these are in already, as they are: same path, size and time. */
  async known(project: string, sources: readonly Source[]): Promise<Set<Source>> {
    const store = (await database()).transaction(files).objectStore(files);
    const records = (await ended(store.getAll(ofProject(project)))) as FileRecord[];
    const byPath = new Map(records.map(record => [record.path, record]));
    return new Set(
      sources.filter(source => {
        const record = byPath.get(source.path);
        return record && record.outcome !== "refused" && record.size === source.size && record.modified === source.modified;
      }),
    );
  },

  async count(project: string): Promise<number> {
    return ended((await database()).transaction(files).objectStore(files).count(ofProject(project)));
  },

  remember(project: string, source: Source, outcome: Outcome): void {
    const record: FileRecord = { project, path: source.path, size: source.size, modified: source.modified, outcome };
    // Losing a note costs a second look at a file, nothing else: the server knows what is in.
    void database().then(db => db.transaction(files, "readwrite").objectStore(files).put(record));
  },

  async forget(project: string): Promise<void> {
    const change = (await database()).transaction([runs, files], "readwrite");
    change.objectStore(runs).delete(project);
    await ended(change.objectStore(files).delete(ofProject(project)));
  },
};
