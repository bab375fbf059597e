import { api, ask, type Schemas } from "../../api/client";
import type { Ontology } from "../../engine";
import { type Lease, workServer } from "../work/server";
import type { ReviewLease } from "./sides";

export type Decision = Schemas["DecideReviewRequest"];
export type OpenCase = Schemas["ListOpenReviewsRow"];

/** What the review page asks of the server. Everything throws an ApiProblem. */
export interface ReviewServer {
  open(project: string, after?: string): Promise<{ items: readonly OpenCase[]; next: string | null }>;
  next(project: string, task: string | null): Promise<{ lease: ReviewLease | null; reason: string | null }>;
  lease(token: string): Promise<ReviewLease>;
  ontology(lease: ReviewLease): Promise<Ontology>;
  picture(lease: ReviewLease): Promise<Blob | null>;
  decide(token: string, decision: Decision): Promise<Schemas["DecideReviewReceipt"]>;
}

/** A review has no answers of one's own to correct; of what is to be looked at it says the same. */
const asWork = (lease: ReviewLease): Lease => ({ ...lease, state: "live", correction: null, prelabel: null });

const patience = () => AbortSignal.timeout(15_000);

export const reviewServer: ReviewServer = {
  async open(projectId, after) {
    const query = { limit: "50", ...(after === undefined ? {} : { after }) };
    return await ask(api.GET("/api/v1/projects/{projectId}/reviews/open", { params: { path: { projectId }, query }, signal: patience() }));
  },
  next(projectId, task) {
    const params = { path: { projectId }, query: task === null ? {} : { task } };
    return ask(api.POST("/api/v1/projects/{projectId}/reviews/next", { params, signal: patience() }));
  },
  lease: token => ask(api.GET("/api/v1/reviews/{token}", { params: { path: { token } }, signal: patience() })),
  ontology: lease => workServer.ontology(asWork(lease)),
  picture: lease => workServer.picture(asWork(lease)),
  decide: (token, body) => ask(api.PUT("/api/v1/reviews/{token}", { params: { path: { token } }, body, signal: patience() })),
};
