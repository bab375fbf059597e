import { api, ask, type Schemas } from "../../api/client";

/** A decision that stands as an example in a project's instructions. */
export type Example = Schemas["ListExamplesBody"]["items"][number];

export const listExamples = (projectId: string, signal?: AbortSignal) =>
  ask(api.GET("/api/v1/projects/{projectId}/examples", { params: { path: { projectId } }, signal: signal ?? null }));

export const makeExample = (reviewId: string, caption: string) =>
  ask(api.POST("/api/v1/reviews/{reviewId}/example", { params: { path: { reviewId } }, body: { caption } }));

export const removeExample = (exampleId: string) => ask(api.DELETE("/api/v1/examples/{exampleId}", { params: { path: { exampleId } } }));

export const exampleInput = (id: string) => `/api/v1/examples/${id}/input`;
