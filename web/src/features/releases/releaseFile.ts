import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import type { AuditStratum } from "../audits/server";

export interface AuditorFigure {
  figure: string;
  judged_twice: number;
  differing: number;
  error: number;
  low: number;
  high: number;
  /** The figure before auditors' errors are taken out. */
  as_judged?: number;
  widened_by: number;
}

/** release.json as far as its page reads it: a file format of its own (docs/reference), written by the server when the release was built. */
export interface ReleaseFile {
  content: {
    project: { name: string; licence?: string; synthetic: boolean };
    counts: {
      labels: number;
      images: number;
      shapes: number;
      responses: number;
      contributors: number;
      reviewed: number;
      edited: number;
      classes: Record<string, number>;
    };
    assay: {
      status: "measured" | "unassayed";
      reason?: string;
      not_known: { code: string; message: string }[];
      audit?: { population: number; sampled: number; judged: number; strata?: AuditStratum[] | null };
      /** How often auditors err, by figure; nothing where none was judged by two. */
      auditors?: AuditorFigure[];
    };
    files: { path: string; bytes: number; sha256: string }[];
  };
}

/** A published release never changes. */
const forGood = { staleTime: Number.POSITIVE_INFINITY };

export const releaseFileQuery = (releaseId: string) =>
  queryOptions({
    ...forGood,
    queryKey: ["releases", releaseId, "release.json"],
    queryFn: async ({ signal }) => (await file(releaseId, "release.json", "json", signal)) as ReleaseFile,
  });

export const cardQuery = (releaseId: string) =>
  queryOptions({
    ...forGood,
    queryKey: ["releases", releaseId, "CARD.md"],
    queryFn: async ({ signal }) => (await file(releaseId, "CARD.md", "text", signal)) as string,
  });

function file(releaseId: string, path: string, parseAs: "json" | "text", signal: AbortSignal): Promise<unknown> {
  return ask(api.GET("/api/v1/releases/{releaseId}/files/{path}", { params: { path: { releaseId, path } }, parseAs, signal }));
}

/** One line of labels.ndjson as far as it is shown. */
export interface ReleasedLabel {
  task: string;
  external_id?: string;
  image: { sha256: string; file_name: string; width: number; height: number };
  origin: string;
  answers: Record<string, unknown>;
  confidence: {
    question: string;
    value?: number;
    shapes?: { shape: string; value?: number; support: { response: string; shape: string }[] }[];
  }[];
  lineage: { ontology: string; responses: { response: string; contributor: string; origin: string }[] };
  review?: { review: string; decision: string; reviewer: string };
}

export const labelQuery = (releaseId: string, taskId: string) =>
  queryOptions({
    ...forGood,
    queryKey: ["releases", releaseId, "labels", taskId],
    queryFn: async ({ signal }) =>
      (await ask(
        api.GET("/api/v1/releases/{releaseId}/labels/{taskId}", { params: { path: { releaseId, taskId } }, signal }),
      )) as ReleasedLabel,
  });
