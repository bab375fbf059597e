import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import { isActive, type Loss, type WorkState } from "../datasets/server";

/** A release on its way into another format, or there. */
export interface Export {
  id: string;
  release: string;
  format: string;
  images: "none" | "copy";
  /** The work that makes it. */
  job: string;
  state: WorkState;
  progress: number;
  error: string | null;
  created_at: string;
  ended_at: string | null;
  outcome: null | {
    inputs: number;
    objects: number;
    files: number;
    bytes: number;
    pictures_placed: number;
    pictures_missing: number;
    losses: Loss[];
    faults: number;
  };
}

export interface ExportRequest {
  format: string;
  images: "none" | "copy";
  split?: Record<string, number>;
  seed?: number;
}

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;
const wire = api as unknown as {
  GET<T>(path: string, options: unknown): Answer<T>;
  POST<T>(path: string, options: unknown): Answer<T>;
};

const one = (releaseId: string) => ({ params: { path: { releaseId } } });

export const exportsQuery = (releaseId: string) =>
  queryOptions({
    queryKey: ["releases", releaseId, "exports"],
    queryFn: ({ signal }) => ask(wire.GET<{ items: Export[] }>("/api/v1/releases/{releaseId}/exports", { ...one(releaseId), signal })),
    select: page => page.items,
    refetchInterval: query => (query.state.data?.items.some(each => isActive(each.state)) ? 700 : false),
  });

export const startExport = (releaseId: string, request: ExportRequest): Promise<Export> =>
  ask(wire.POST<Export>("/api/v1/releases/{releaseId}/exports", { ...one(releaseId), body: request }));
