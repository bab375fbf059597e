import type { components } from "./schema";

type Body = components["schemas"]["Problem"];

export type ProblemError = NonNullable<Body["errors"]>[number];

/** A refusal of the server, or that it did not answer at all (status 0, code "unreachable"). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly ProblemError[];
  readonly traceId: string | undefined;
  /** Everything that the refusal brought: some codes have members of their own. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    const problem = body as Partial<Body>;
    super(typeof problem.detail === "string" ? problem.detail : (problem.title ?? ""));
    this.name = "ApiProblem";
    this.status = status;
    this.code = typeof problem.code === "string" ? problem.code : "refused";
    this.errors = Array.isArray(problem.errors) ? problem.errors : [];
    this.traceId = typeof problem.trace_id === "string" ? problem.trace_id : undefined;
    this.body = body;
  }

  static unreachable(cause: unknown): ApiProblem {
    const problem = new ApiProblem(0, { code: "unreachable", detail: cause instanceof Error ? cause.message : "" });
    problem.cause = cause;
    return problem;
  }

  get isUnreachable(): boolean {
    return this.status === 0;
  }

  /** Worth trying again as it is: the network or the server failed, not the request. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** What is wrong at a JSON pointer, for showing it beside the field. */
  at(pointer: string): ProblemError | undefined {
    return this.errors.find(error => error.pointer === pointer);
  }
}
