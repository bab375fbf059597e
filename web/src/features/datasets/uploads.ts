import { ApiProblem } from "../../api/problem";
import { session } from "../../api/session";
import type { Source } from "../import/importRun";
import { recover } from "../import/imports";
import { listFiles } from "./server";
import { UploadRun, type UploadWorld } from "./uploadRun";

/** Uploads outlive the page that began them; one for each data set. */
const running = new Map<string, { run: UploadRun; sources: readonly Source[] }>();
const listeners = new Set<() => void>();

export const uploads = {
  of: (dataset: string): UploadRun | null => running.get(dataset)?.run ?? null,

  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /** Sends what the server lacks of this. Fails where it does not tell what it has. */
  async begin(dataset: string, sources: readonly Source[], isNew = false): Promise<void> {
    const there = isNew ? [] : (await listFiles(dataset)).items;
    const run = new UploadRun(sources, there, world(dataset));
    running.set(dataset, { run, sources });
    unfinished.note(dataset, sources.length);
    tell();
    addEventListener("beforeunload", warn);
    await run.run();
    removeEventListener("beforeunload", warn);
    const { phase, refused } = run.get();
    if (phase === "done" && refused.every(each => !each.passing)) unfinished.forget(dataset);
    tell();
  },

  retry(dataset: string): Promise<void> {
    const again = running.get(dataset);
    return again ? uploads.begin(dataset, again.sources) : Promise.resolve();
  },

  /** Takes an upload that has ended off the page. */
  dismiss(dataset: string): void {
    running.delete(dataset);
    unfinished.forget(dataset);
    tell();
  },
};

/** How many files an upload has that was begun and not finished, so that a page that is loaded anew says what is missing. */
export const unfinished = {
  of(dataset: string): number | null {
    const noted = localStorage.getItem(keyOf(dataset));
    return noted === null ? null : Number(noted);
  },
  note: (dataset: string, files: number): void => localStorage.setItem(keyOf(dataset), String(files)),
  forget: (dataset: string): void => localStorage.removeItem(keyOf(dataset)),
};

const keyOf = (dataset: string) => `touchstone-upload-${dataset}`;

function tell(): void {
  for (const listener of listeners) listener();
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

const world = (dataset: string): UploadWorld => ({
  now: () => Date.now(),
  recover,
  send: (path, file, onProgress, signal) =>
    put(`/api/v1/datasets/${dataset}/files?path=${encodeURIComponent(path)}`, file, onProgress, signal),
});

/** The one request that is not the client's: `fetch` does not tell how much of a body is gone, and an archive may take minutes. */
function put(address: string, body: File, onProgress: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener("abort", abort, { once: true });
    request.upload.onprogress = event => onProgress(event.loaded);
    request.onerror = () => reject(ApiProblem.unreachable(new TypeError(request.statusText)));
    request.onabort = () => reject(new DOMException("", "AbortError"));
    request.onload = () => {
      if (request.status < 300) return resolve();
      if (request.status === 401) session.expire();
      reject(new ApiProblem(request.status, bodyOf(request.responseText)));
    };
    request.onloadend = () => signal.removeEventListener("abort", abort);
    request.open("PUT", address);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    if (signal.aborted) reject(new DOMException("", "AbortError"));
    else request.send(body);
  });
}

function bodyOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    // A proxy in between answers with a page of its own, which says nothing of the file.
    return {};
  }
}
