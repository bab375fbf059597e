import { infiniteQueryOptions } from "@tanstack/react-query";
import { type GoldRow, listGold } from "./server";

export const goldQuery = (projectId: string, kind: GoldRow["kind"]) =>
  infiniteQueryOptions({
    queryKey: ["projects", projectId, "gold", kind],
    queryFn: ({ signal, pageParam }) => listGold(projectId, kind, pageParam, signal),
    initialPageParam: "",
    getNextPageParam: page => page.next,
  });
