import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./problem";

/**
 * The query cache's habits, in one place. Server data lives here and nowhere else; a key begins with the noun of its route and goes on with ids, so that
 * `invalidateQueries({ queryKey: ["projects", id] })` means everything of that project.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        gcTime: 10 * 60_000,
        // What the server refuses stays refused; only what may pass is tried again.
        retry: (count, failure) => count < 2 && failure instanceof ApiProblem && failure.isPassing,
        retryDelay: count => Math.min(500 * 2 ** count, 4_000),
        refetchOnWindowFocus: true,
        throwOnError: false,
      },
      mutations: { retry: false },
    },
  });
}
