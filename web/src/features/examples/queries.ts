import { queryOptions } from "@tanstack/react-query";
import { listExamples } from "./server";

export const examplesQuery = (projectId: string) =>
  queryOptions({
    queryKey: ["projects", projectId, "examples"],
    queryFn: ({ signal }) => listExamples(projectId, signal),
    staleTime: 60_000,
  });
