import { imports as m } from "../../messages/en/imports";
import type { Source } from "./importRun";

/** Kinds that the server takes, by their names' ends; it looks at the bytes itself. */
const pictures = /\.(?:jpe?g|png|webp|gif|bmp)$/i;

export interface Dropped {
  sources: Source[];
  /** Files that are no pictures by their names: left out of an import of pictures, and perhaps labels of another tool. */
  others: Source[];
  /** The folder, where the browser can open it again later. */
  handle: FileSystemDirectoryHandle | null;
}

/** What people would call it: the one folder that all lies in, or the files by the first of them. */
export function nameOf(sources: readonly Pick<Source, "path">[]): string {
  const first = sources[0]?.path ?? "";
  const folder = first.includes("/") ? first.slice(0, first.indexOf("/") + 1) : null;
  if (folder && sources.every(source => source.path.startsWith(folder))) return plain(folder.slice(0, -1));
  return sources.length > 1 ? m.nameOfFiles(plain(first), sources.length - 1) : plain(first);
}

/** As the server takes names: of some length, without control characters and halves of characters, which names of files may have. */
const plain = (path: string): string =>
  Array.from(path.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, " "))
    .slice(0, 80)
    .join("")
    .trim();

const sourceOf = (path: string, file: File): Source => ({ path, size: file.size, modified: file.lastModified, open: async () => file });

function sort(source: Source, into: Dropped): void {
  (pictures.test(source.path) ? into.sources : into.others).push(source);
}

/** What tools write labels into, by the names' ends, and archives of it. */
const labels = /\.(?:json|jsonl|ndjson|xml|csv|tsv|txt|ya?ml|names|zip|parquet|bin|pcd)$/i;

/** Whether something was dropped that another tool may have written labels into: more than pictures and a stray note. */
export function looksLikeLabels(dropped: Pick<Dropped, "others">): boolean {
  return dropped.others.some(each => labels.test(each.path) && !/(?:^|\/)(?:read_?me|licen[cs]e|copying|notice)[^/]*$/i.test(each.path));
}

/** Files chosen in a dialog; of a folder each knows its path. */
export function fromFiles(files: Iterable<File>): Dropped {
  const dropped: Dropped = { sources: [], others: [], handle: null };
  for (const file of files) if (!file.name.startsWith(".")) sort(sourceOf(file.webkitRelativePath || file.name, file), dropped);
  return dropped;
}

/** Whatever was dropped: files and whole folders. */
export async function fromDrop(items: DataTransferItemList): Promise<Dropped> {
  // Everything must be taken out of the event before the first wait: it is empty afterwards.
  const entries = [...items].filter(item => item.kind === "file").map(item => ({ entry: item.webkitGetAsEntry(), handle: handleOf(item) }));
  const dropped: Dropped = { sources: [], others: [], handle: null };
  for (const { entry } of entries) if (entry) await walk(entry, dropped);
  if (entries.length === 1) {
    const handle = await entries[0]?.handle;
    if (handle?.kind === "directory") dropped.handle = handle as FileSystemDirectoryHandle;
  }

  return dropped;
}

/** The folder of an interrupted import, opened again; null where the person or the browser does not allow it. */
export async function fromHandle(handle: FileSystemDirectoryHandle): Promise<Dropped | null> {
  const asked = handle as FileSystemDirectoryHandle & { requestPermission?: (mode: { mode: "read" }) => Promise<PermissionState> };
  if ((await asked.requestPermission?.({ mode: "read" })) !== "granted") return null;
  const dropped: Dropped = { sources: [], others: [], handle };
  await walkHandle(handle, handle.name, dropped);
  return dropped;
}

function handleOf(item: DataTransferItem): Promise<FileSystemHandle | null> | null {
  const able = item as DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> };
  return able.getAsFileSystemHandle?.().catch(() => null) ?? null;
}

async function walk(entry: FileSystemEntry, into: Dropped): Promise<void> {
  if (entry.name.startsWith(".")) return;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    sort(sourceOf(entry.fullPath.replace(/^\//, ""), file), into);
    return;
  }

  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const each of some) await walk(each, into);
  }
}

async function walkHandle(folder: FileSystemDirectoryHandle, path: string, into: Dropped): Promise<void> {
  const listed = folder as FileSystemDirectoryHandle & { values(): AsyncIterable<FileSystemHandle> };
  for await (const each of listed.values()) {
    if (each.name.startsWith(".")) continue;
    const below = `${path}/${each.name}`;
    if (each.kind === "directory") await walkHandle(each as FileSystemDirectoryHandle, below, into);
    else sort(sourceOf(below, await (each as FileSystemFileHandle).getFile()), into);
  }
}
