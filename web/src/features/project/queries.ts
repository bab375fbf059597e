import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { api, ask, askWhole, type Schemas } from "../../api/client";
import { type Connection, useEvents } from "../../api/useEvents";
import type { Progress } from "../projects/progress";

/** Everything of one project begins with ["projects", id]. */

/** The project with the tag that a change must name. */
export const projectQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "self"],
    queryFn: async ({ signal }) => {
      const { data, etag } = await askWhole(api.GET("/api/v1/projects/{projectId}", { params: { path: { projectId } }, signal }));
      return { ...data, etag: etag ?? "*" };
    },
  });

export const progressQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "progress"],
    queryFn: ({ signal }) => ask(api.GET("/api/v1/projects/{projectId}/progress", { params: { path: { projectId } }, signal })),
  });

export const activityQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "activity"],
    queryFn: ({ signal }) =>
      ask(api.GET("/api/v1/projects/{projectId}/activity", { params: { path: { projectId }, query: { days: activityDays } }, signal })),
    refetchInterval: 60_000,
  });

export const activityDays = 30;

export const contributorsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "contributors"],
    queryFn: ({ signal }) =>
      ask(api.GET("/api/v1/projects/{projectId}/contributors", { params: { path: { projectId }, query: { limit: "500" } }, signal })),
    select: page => page.items,
  });

export const releasesQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "releases"],
    queryFn: ({ signal }) =>
      ask(api.GET("/api/v1/projects/{projectId}/releases", { params: { path: { projectId }, query: { limit: "100" } }, signal })),
    select: page => page.items,
    refetchInterval: query => (query.state.data?.items.some(release => release.state === "building") ? 1_500 : false),
  });

export const auditsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "audits"],
    queryFn: ({ signal }) =>
      ask(api.GET("/api/v1/projects/{projectId}/audits", { params: { path: { projectId }, query: { limit: "50" } }, signal })),
    select: page => page.items,
    // What is judged changes under other people's hands, and whether a release is measured hangs on it.
    staleTime: 0,
    refetchInterval: 5_000,
  });

export const batchesQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "batches"],
    queryFn: ({ signal }) =>
      ask(api.GET("/api/v1/projects/{projectId}/batches", { params: { path: { projectId }, query: { limit: "100" } }, signal })),
    select: page => page.items,
  });

/** The ontology that new tasks get. */
export const ontologyQuery = (projectId: string, number: number) =>
  queryOptions({
    queryKey: ["projects", projectId, "ontologies", number],
    queryFn: ({ signal }) =>
      ask(api.GET("/api/v1/projects/{projectId}/ontologies/{number}", { params: { path: { projectId, number } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Keeps a project's figures as the server tells them; what hangs on them is asked for again, but not more than once in a while. */
export function useLiveProgress(projectId: string): Connection {
  const client = useQueryClient();
  const onEvent = useCallback(
    (progress: Progress) => {
      const before = client.getQueryData(progressQuery(projectId).queryKey);
      client.setQueryData(progressQuery(projectId).queryKey, progress);
      if (before && before.responses !== progress.responses)
        void client.invalidateQueries({ queryKey: ["projects", projectId, "contributors"] });
      if (
        before &&
        (before.audit_tasks !== progress.audit_tasks || (progress.audit_tasks > 0 && before.last_response_at !== progress.last_response_at))
      )
        void client.invalidateQueries({ queryKey: ["projects", projectId, "audits"] });
    },
    [client, projectId],
  );
  return useEvents<Progress>(`/api/v1/projects/${projectId}/events`, "progress", onEvent);
}

export type ProjectView = Schemas["ProjectView"] & { etag: string };
