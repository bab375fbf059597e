import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ask, type Schemas } from "../../api/client";
import { ApiProblem } from "../../api/problem";
import { session } from "../../api/session";

export type Me = Schemas["Me"];

const rank = { contributor: 0, reviewer: 1, manager: 2, owner: 3 } as const;

export const mayManage = (me: Me) => rank[me.role] >= rank.manager;
export const mayReview = (me: Me) => rank[me.role] >= rank.reviewer;
export const isOwner = (me: Me) => me.role === "owner";

/** Who sits here; null for nobody. */
export function useMe() {
  return useQuery({
    queryKey: ["me"],
    staleTime: 5 * 60_000,
    queryFn: async ({ signal, client }): Promise<Me | null> => {
      try {
        return await ask(api.GET("/api/v1/me", { signal }));
      } catch (failure) {
        if (!(failure instanceof ApiProblem) || failure.status !== 401) throw failure;
        // Whoever was here keeps the page and is asked to sign in again above it.
        const before = client.getQueryData<Me | null>(["me"]) ?? null;
        if (before) session.expire();
        return before;
      }
    },
  });
}

/** Takes somebody in: what another person saw here is forgotten. */
function useEnter() {
  const client = useQueryClient();
  return (me: Me) => {
    const before = client.getQueryData<Me | null>(["me"]);
    if (before && before.contributor_id !== me.contributor_id) client.clear();
    client.setQueryData(["me"], me);
    session.restore();
    void client.invalidateQueries({ predicate: query => query.queryKey[0] !== "me" });
  };
}

export function useSignIn() {
  const enter = useEnter();
  return useMutation({
    mutationFn: (body: Schemas["SignInRequest"]) => ask(api.POST("/api/v1/session", { body })),
    onSuccess: enter,
  });
}

export function useAcceptLink() {
  const enter = useEnter();
  return useMutation({
    mutationFn: (body: Schemas["AcceptLinkRequest"]) => ask(api.POST("/api/v1/session/link", { body })),
    onSuccess: enter,
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => ask(api.DELETE("/api/v1/session")),
    onSettled: async () => {
      client.clear();
      (await import("../tasks/thumbnails")).forgetThumbnails();
      client.setQueryData(["me"], null);
    },
  });
}
