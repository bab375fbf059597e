import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, ask, type Schemas } from "../../api/client";

/** What a format is and carries. */
export type Format = Schemas["ListFormatsFormatBody"];

export type Dataset = Schemas["DatasetBody"];

/** What a dry run found, or an import did. */
export type Report = Schemas["DatasetReport"];

export type ForeignClass = Schemas["DatasetReportClassRow"];

export type Sample = Schemas["DatasetReportSampleRow"];

export type Found = Schemas["Recognition"];

export type ImportAs = Schemas["ImportedAs"];

/**
 * What is to be done with a data set: which format it is read as, and what becomes of it here. Where the description of the routes leaves something
 * open, this says it: a class goes to one of the project's or, by null, nowhere; a person to a member or, by null, to a new one.
 */
export interface Plan {
  format: string;
  place: string;
  as: ImportAs;
  prelabels_from?: Schemas["PrelabelSource"];
  whole?: boolean;
  classes: Record<string, string | null>;
  contributors: Record<string, string | null>;
  voc_from_zero?: boolean;
  class_names?: string[];
  assumed_size?: Schemas["AssumedSize"];
}

export const isActive = (state: Schemas["JobState"] | undefined): boolean => state === "queued" || state === "running";

/** Whether nothing may be changed: a job reads the files. */
export const isBusy = (dataset: Dataset): boolean => isActive(dataset.job?.state);

const one = (datasetId: string) => ({ params: { path: { datasetId } } });

export const formatsQuery = queryOptions({
  queryKey: ["formats"],
  queryFn: ({ signal }) => ask(api.GET("/api/v1/formats", { signal })),
  select: page => page.items,
  staleTime: Number.POSITIVE_INFINITY,
});

export const datasetsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "datasets"],
    queryFn: ({ signal }) => ask(api.GET("/api/v1/projects/{projectId}/datasets", { params: { path: { projectId } }, signal })),
    select: page => page.items,
  });

/** One data set; while a job of it runs it is asked for again and again. */
export const datasetQuery = (datasetId: string) =>
  queryOptions({
    queryKey: ["datasets", datasetId],
    queryFn: ({ signal }) => ask(api.GET("/api/v1/datasets/{datasetId}", { ...one(datasetId), signal })),
    refetchInterval: query => (isActive(query.state.data?.job?.state) ? 700 : false),
  });

export const createDataset = (projectId: string, name: string): Promise<Dataset> =>
  ask(api.POST("/api/v1/projects/{projectId}/datasets", { params: { path: { projectId } }, body: { name } }));

export const removeDataset = (datasetId: string): Promise<unknown> => ask(api.DELETE("/api/v1/datasets/{datasetId}", one(datasetId)));

export const listFiles = (datasetId: string): Promise<{ items: { path: string; bytes: number }[] }> =>
  ask(api.GET("/api/v1/datasets/{datasetId}/files", one(datasetId)));

const bodyOf = (plan: Plan): Schemas["DatasetPlan"] => ({
  voc_from_zero: false,
  whole: false,
  ...(plan as Plan & { classes: Record<string, string> }),
});

export const survey = (datasetId: string, plan: Plan): Promise<Dataset> =>
  ask(api.POST("/api/v1/datasets/{datasetId}/survey", { ...one(datasetId), body: bodyOf(plan) }));

export const runImport = (datasetId: string, plan: Plan): Promise<Dataset> =>
  ask(api.POST("/api/v1/datasets/{datasetId}/import", { ...one(datasetId), body: bodyOf(plan) }));

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
