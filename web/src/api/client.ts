import createClient, { type Middleware } from "openapi-fetch";
import { ApiProblem } from "./problem";
import type { components, paths } from "./schema";
import { session } from "./session";

export type Schemas = components["schemas"];

/** Names of packs and of a release's files hold slashes, which are part of the path. */
const slashed = new Set(["packName", "path"]);

function pathSerializer(pattern: string, values: Record<string, unknown>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const text = encodeURIComponent(String(values[name]));
    return slashed.has(name) ? text.replaceAll("%2F", "/") : text;
  });
}

/** Every route of the server, typed by its description. Answers are unwrapped by `ask`. */
export const api = createClient<paths>({ baseUrl: location.origin, credentials: "same-origin", pathSerializer });

/** Routes for which "not signed in" is an ordinary answer. */
const openRoutes = ["/api/v1/session", "/api/v1/me"];

const watchSession: Middleware = {
  onResponse({ request, response }) {
    if (response.status === 401 && !openRoutes.some(route => new URL(request.url).pathname.startsWith(route))) session.expire();
  },
};

api.use(watchSession);

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The body of a good answer; anything else is thrown as an ApiProblem. */
export async function ask<T>(request: Promise<Answer<T>>): Promise<T> {
  return (await askWhole(request)).data;
}

/** The same with what the headers say, such as the ETag that a change must name. */
export async function askWhole<T>(request: Promise<Answer<T>>): Promise<{ data: T; response: Response; etag: string | null }> {
  let answer: Answer<T>;
  try {
    answer = await request;
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === "AbortError") throw failure;
    throw ApiProblem.unreachable(failure);
  }

  if (!answer.response.ok) throw new ApiProblem(answer.response.status, isRecord(answer.error) ? answer.error : {});
  return { data: answer.data as T, response: answer.response, etag: answer.response.headers.get("ETag") };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
