import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, ask } from "../../api/client";

/** What a format is and carries. */
export interface Format {
  id: string;
  name: string;
  specification: string;
  evidence: "own_files" | "specification" | "other_programs";
  reads: boolean;
  writes: boolean;
  marks: string[];
  inputs: string[];
  attributes: "any" | "none" | "some";
  carries: string[];
}

export interface Loss {
  kind: string;
  count: number;
  explanation: string;
}

export type ImportAs = "responses" | "gold" | "tasks";

/** What is to be done with a data set: which format it is read as, and what becomes of it here. */
export interface Plan {
  format: string;
  place: string;
  as: ImportAs;
  classes: Record<string, string | null>;
  contributors: Record<string, string | null>;
  voc_from_zero?: boolean;
  class_names?: string[];
  assumed_size?: { width_px: number; height_px: number };
}

export type WorkState = "queued" | "running" | "done" | "failed" | "cancelled";

export interface Found {
  format: string;
  place: string;
  certainty: number;
  reason: string;
}

export interface ForeignClass {
  name: string;
  objects: number;
  marks: Record<string, number>;
  target: string | null;
}

export interface ForeignContributor {
  name: string;
  inputs: number;
  target: string | null;
}

export interface SampleShape {
  class: string;
  target: string | null;
  contributor: string | null;
  mark: unknown;
}

export interface SamplePreview {
  name: string;
  width_px: number;
  height_px: number;
  has_picture: boolean;
  shapes: SampleShape[];
}

export type OpinionKind = "annotation" | "prediction" | "draft" | "skipped" | "gold";

export interface Suspicion {
  kind: string;
  count: number;
  examples: { sample: string; class: string; message: string }[];
}

/** What a dry run found, or an import did. */
export interface Report {
  format: string;
  place: string;
  as: ImportAs;
  inputs: number;
  pictures_missing: number;
  objects: number;
  answers: number;
  classes: ForeignClass[];
  questions: { name: string; answers: number; target: string | null }[];
  contributors: ForeignContributor[];
  opinions: Partial<Record<OpinionKind, number>>;
  agreement: null | { alpha: number | null; f1: number | null; annotators: number; inputs: number };
  losses: Loss[];
  faults: number;
  first_faults: { file: string; place: string; message: string }[];
  suspicions: Suspicion[];
  samples: SamplePreview[];
  tasks_imported: number;
  tasks_repeated: number;
  responses_imported: number;
  responses_repeated: number;
}

export interface Dataset {
  id: string;
  project: string;
  name: string;
  created_at: string;
  files: number;
  bytes: number;
  /** The surest first; null where it was not looked for: in lists, and in answers to what begins a job. */
  found: Found[] | null;
  job: null | {
    id: string;
    kind: "survey_dataset" | "import_dataset";
    state: WorkState;
    progress: number;
    error: string | null;
  };
  plan: Plan | null;
  survey: Report | null;
  imported: Report | null;
}

export const isActive = (state: WorkState | undefined): boolean => state === "queued" || state === "running";

/** Whether nothing may be changed: a job reads the files. */
export const isBusy = (dataset: Dataset): boolean => isActive(dataset.job?.state);

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;
type Options = {
  params?: { path?: Record<string, string>; query?: Record<string, string> };
  body?: unknown;
  signal?: AbortSignal;
};
interface Wire {
  GET<T>(path: string, options?: Options): Answer<T>;
  POST<T>(path: string, options?: Options): Answer<T>;
  DELETE<T>(path: string, options?: Options): Answer<T>;
}
const wire = api as unknown as Wire;

const one = (datasetId: string) => ({ params: { path: { datasetId } } });

export const formatsQuery = queryOptions({
  queryKey: ["formats"],
  queryFn: ({ signal }) => ask(wire.GET<{ items: Format[] }>("/api/v1/formats", { signal })),
  select: page => page.items,
  staleTime: Number.POSITIVE_INFINITY,
});

export const datasetsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "datasets"],
    queryFn: ({ signal }) =>
      ask(wire.GET<{ items: Dataset[] }>("/api/v1/projects/{projectId}/datasets", { params: { path: { projectId } }, signal })),
    select: page => page.items,
  });

/** One data set; while a job of it runs it is asked for again and again. */
export const datasetQuery = (datasetId: string) =>
  queryOptions({
    queryKey: ["datasets", datasetId],
    queryFn: ({ signal }) => ask(wire.GET<Dataset>("/api/v1/datasets/{datasetId}", { ...one(datasetId), signal })),
    refetchInterval: query => (isActive(query.state.data?.job?.state) ? 700 : false),
  });

export const createDataset = (projectId: string, name: string): Promise<Dataset> =>
  ask(wire.POST<Dataset>("/api/v1/projects/{projectId}/datasets", { params: { path: { projectId } }, body: { name } }));

export const removeDataset = (datasetId: string): Promise<unknown> => ask(wire.DELETE("/api/v1/datasets/{datasetId}", one(datasetId)));

export const listFiles = (datasetId: string): Promise<{ items: { path: string; bytes: number }[] }> =>
  ask(wire.GET("/api/v1/datasets/{datasetId}/files", one(datasetId)));

export const survey = (datasetId: string, plan: Plan): Promise<Dataset> =>
  ask(wire.POST("/api/v1/datasets/{datasetId}/survey", { ...one(datasetId), body: plan }));

export const runImport = (datasetId: string, plan: Plan): Promise<Dataset> =>
  ask(wire.POST("/api/v1/datasets/{datasetId}/import", { ...one(datasetId), body: plan }));

export const cancelJob = (jobId: string): Promise<unknown> =>
  ask(api.PUT("/api/v1/jobs/{jobId}/cancellation", { params: { path: { jobId } } }));

export const pictureAddress = (datasetId: string, sample: string): string =>
  `/api/v1/datasets/${datasetId}/picture?name=${encodeURIComponent(sample)}`;

/** What a job has begun or ended shows on the page, in the list and in the tray. */
export async function refresh(client: QueryClient, dataset: Dataset): Promise<void> {
  client.setQueryData(datasetQuery(dataset.id).queryKey, before => ({ ...dataset, found: dataset.found ?? before?.found ?? null }));
  await Promise.all([
    client.invalidateQueries({ queryKey: ["jobs"] }),
    client.invalidateQueries({ queryKey: datasetsQuery(dataset.project).queryKey }),
  ]);
}
