import { api, ask, type Schemas } from "../../api/client";

export type GoldRow = Schemas["ListGoldRow"];
export type Made = Schemas["MakeGoldReport"];

export const listGold = (projectId: string, kind: GoldRow["kind"], after: string, signal?: AbortSignal) =>
  ask(
    api.GET("/api/v1/projects/{projectId}/gold", {
      params: { path: { projectId }, query: { kind, limit: "100", ...(after ? { after } : {}) } },
      signal: signal ?? null,
    }),
  );

export const makeGold = (projectId: string, body: { tasks: string[] } | { count: number }) =>
  ask(api.POST("/api/v1/projects/{projectId}/gold/from-reviewed", { params: { path: { projectId } }, body }));

export interface TrainingLine {
  asset: string;
  external_id: string;
  answers: unknown;
  explanation: string;
}

/** Imports a picture once more, as a task that teaches: what was answered in ordinary work stays there. */
export async function addTraining(projectId: string, line: TrainingLine): Promise<{ imported: number; fault: string | null }> {
  const { asset, external_id, answers, explanation } = line;
  const body = `${JSON.stringify({ asset, external_id, purpose: "training", gold: answers, explanation })}\n`;
  const report = await ask(
    api.POST("/api/v1/projects/{projectId}/tasks", {
      params: { path: { projectId }, query: { name: "training" } },
      body,
      bodySerializer: text => text,
      headers: { "Content-Type": "application/x-ndjson" },
    }),
  );
  const [fault] = report.faults;
  return { imported: report.imported, fault: fault ? (fault.detail ?? `${fault.expected}; ${fault.found}`) : null };
}

export const removeTraining = (taskId: string) => ask(api.DELETE("/api/v1/tasks/{taskId}/training", { params: { path: { taskId } } }));
