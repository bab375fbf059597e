import { queryOptions } from "@tanstack/react-query";
import { api, ask, type Schemas } from "../../api/client";
import { isActive } from "../datasets/server";

/** A release on its way into another format, or there. */
export type Export = Schemas["ExportBody"];

export type ExportRequest = Schemas["ExportReleaseRequest"];

const one = (releaseId: string) => ({ params: { path: { releaseId } } });

export const exportsQuery = (releaseId: string) =>
  queryOptions({
    queryKey: ["releases", releaseId, "exports"],
    queryFn: ({ signal }) => ask(api.GET("/api/v1/releases/{releaseId}/exports", { ...one(releaseId), signal })),
    select: page => page.items,
    refetchInterval: query => (query.state.data?.items.some(each => isActive(each.state)) ? 700 : false),
  });

export const startExport = (releaseId: string, request: ExportRequest): Promise<Export> =>
  ask(api.POST("/api/v1/releases/{releaseId}/exports", { ...one(releaseId), body: request }));
