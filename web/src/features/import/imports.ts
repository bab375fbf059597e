import { api, ask, askWhole } from "../../api/client";
import type { ApiProblem } from "../../api/problem";
import { session } from "../../api/session";
import { ImportRun, type RunWorld, type Source } from "./importRun";
import { journal } from "./journal";
import { type Dropped, nameOf } from "./sources";

/** Runs outlive the page that began them; one for each project. */
const running = new Map<string, ImportRun>();
const listeners = new Set<() => void>();

export const imports = {
  of: (project: string): ImportRun | null => running.get(project) ?? null,

  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  async begin(project: string, dropped: Dropped): Promise<ImportRun> {
    const before = await journal.read(project);
    const known = await journal.known(project, dropped.sources);
    const sources = dropped.sources.filter(source => !known.has(source));
    await journal.begin({
      project,
      batch: before?.batch ?? null,
      name: before?.name ?? nameOf(dropped.sources),
      startedAt: before?.startedAt ?? Date.now(),
      total: dropped.sources.length,
      handle: dropped.handle,
    });
    return start(project, sources, known.size);
  },

  retry(project: string): void {
    const sources = running.get(project)?.takeRetryable() ?? [];
    if (sources.length > 0) start(project, sources, 0);
  },

  /** Takes a finished run off the page. */
  async dismiss(project: string): Promise<void> {
    running.delete(project);
    await journal.forget(project);
    tell();
  },
};

function start(project: string, sources: readonly Source[], known: number): ImportRun {
  const run = new ImportRun(sources, known, worldOf(project));
  running.set(project, run);
  tell();
  addEventListener("beforeunload", warn);
  void run.run().then(async () => {
    removeEventListener("beforeunload", warn);
    // A run that brought all in needs no memory; one with failures keeps it until it is taken off the page.
    if (run.get().refused.length === 0) await journal.forget(project);
    tell();
  });
  return run;
}

function tell(): void {
  for (const listener of listeners) listener();
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function worldOf(projectId: string): RunWorld {
  return {
    now: () => Date.now(),
    // Browsers hash only on pages that came encrypted or from this very machine; elsewhere the server tells what it has by the bytes that it gets.
    hash: async file => (isSecureContext ? hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())) : null),
    findAsset: async sha256 => {
      const page = await ask(api.GET("/api/v1/assets", { params: { query: { sha256, project: projectId } } }));
      return page.items[0]?.id ?? null;
    },
    upload: async (file, name) => {
      const { data, response } = await askWhole(
        api.POST("/api/v1/assets", {
          params: { query: { project: projectId, file_name: name } },
          // The description says "a string of bytes"; what is sent is the file as it is.
          body: file as unknown as string,
          bodySerializer: body => body as unknown as BodyInit,
          headers: { "Content-Type": "application/octet-stream" },
        }),
      );
      return { id: data.id, isNew: response.status === 201 };
    },
    sendTasks: async lines => {
      const record = await journal.read(projectId);
      const report = await ask(
        api.POST("/api/v1/projects/{projectId}/tasks", {
          params: { path: { projectId }, query: record?.batch ? { batch: record.batch } : record?.name ? { name: record.name } : {} },
          body: lines.map(line => `${JSON.stringify(line)}\n`).join(""),
          bodySerializer: body => body,
          headers: { "Content-Type": "application/x-ndjson" },
        }),
      );
      if (record && !record.batch) await journal.begin({ ...record, batch: report.batch.id });
      return {
        imported: report.imported,
        repeated: report.repeated,
        faults: report.faults.map(fault => ({
          line: fault.line,
          reason: fault.reason,
          text: fault.detail ?? `${fault.expected}; ${fault.found}`,
        })),
      };
    },
    isOtherPicture: async (externalId, asset) => {
      const page = await ask(
        api.GET("/api/v1/projects/{projectId}/tasks", {
          params: { path: { projectId }, query: { external_id_prefix: externalId, limit: "1" } },
        }),
      );
      const task = page.items[0];
      return task !== undefined && task.external_id === externalId && task.asset_id !== asset;
    },
    remember: (source, outcome) => journal.remember(projectId, source, outcome),
    recover,
  };
}

export async function recover(problem: ApiProblem, attempt: number): Promise<void> {
  if (problem.status === 401) return session.restored();
  if (!navigator.onLine) await new Promise(resolve => addEventListener("online", resolve, { once: true }));
  await new Promise(resolve => setTimeout(resolve, Math.min(1000 * 2 ** attempt, 30_000)));
}

function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, "0")).join("");
}
