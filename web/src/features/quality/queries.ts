import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { getContributorQuality, getContributorsQuality, getQuality, getSuspects } from "./server";

export const qualityQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "quality"],
    queryFn: ({ signal }) => getQuality(projectId, signal),
    staleTime: 30_000,
  });

export const contributorsQualityQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "quality", "contributors"],
    queryFn: ({ signal }) => getContributorsQuality(projectId, signal),
    // A proposal that waits is to be seen while the page stands open.
    refetchInterval: 30_000,
  });

export const contributorQualityQuery = (projectId: string, contributor: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "quality", "contributors", contributor],
    queryFn: ({ signal }) => getContributorQuality(projectId, contributor, signal),
  });

export const suspectsQuery = (projectId: string, question: string | null) =>
  infiniteQueryOptions({
    queryKey: ["projects", projectId, "quality", "suspects", question],
    queryFn: ({ signal, pageParam }) =>
      getSuspects(projectId, { limit: "50", ...(question ? { question } : {}), ...(pageParam ? { after: pageParam } : {}) }, signal),
    initialPageParam: "",
    getNextPageParam: page => page.next,
  });
