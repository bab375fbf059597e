import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";

/** A project as whoever works in it may know it. */
export function useWorkProject(projectId: string) {
  const projects = useQuery({
    queryKey: ["work", "projects"],
    staleTime: 60_000,
    queryFn: ({ signal }) => ask(api.GET("/api/v1/work/projects", { signal })),
  });
  return projects.data?.items.find(row => row.project === projectId);
}
