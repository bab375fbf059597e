import { api, ask, type Schemas } from "../../api/client";

export type QualityBody = Schemas["ProjectQualityBody"];
export type QuestionAgreement = QualityBody["questions"][number];
export type Confusion = Schemas["ConfusionBody"];
export type OverlapFigures = Schemas["OverlapBody"];
export type CostFigures = Schemas["LabelCostBody"];
export type ContributorQuality = Schemas["ContributorQualityRow"];
export type StandingState = Schemas["StandingWord"];
export type StandingChoice = Schemas["StandingChoice"];
export type Suspect = Schemas["SuspectBody"];
export type Requeued = Schemas["RequeueSuspectsRequeueReceipt"];
export type Withdrawn = Schemas["WithdrawRequeueWithdrawReceipt"];

const within = (projectId: string) => ({ path: { projectId } });

export const getQuality = (project: string, signal?: AbortSignal) =>
  ask(api.GET("/api/v1/projects/{projectId}/quality", { params: within(project), signal: signal ?? null }));

/** All of them, page by page: who came last is not to be missed. */
export async function getContributorsQuality(project: string, signal?: AbortSignal): Promise<ContributorQuality[]> {
  const found: ContributorQuality[] = [];
  let after: string | null = "";
  while (after !== null) {
    const page: Schemas["PageOfContributorQualityRow"] = await ask(
      api.GET("/api/v1/projects/{projectId}/contributors/quality", {
        params: { ...within(project), query: { limit: "500", ...(after ? { after } : {}) } },
        signal: signal ?? null,
      }),
    );
    found.push(...page.items);
    after = page.next ?? null;
  }

  return found;
}

export const getContributorQuality = (projectId: string, contributorId: string, signal?: AbortSignal) =>
  ask(
    api.GET("/api/v1/projects/{projectId}/contributors/{contributorId}/quality", {
      params: { path: { projectId, contributorId } },
      signal: signal ?? null,
    }),
  );

export const decideStanding = (projectId: string, contributorId: string, body: { choice: StandingChoice; tasks?: number; note?: string }) =>
  ask(
    api.POST("/api/v1/projects/{projectId}/contributors/{contributorId}/standing", {
      params: { path: { projectId, contributorId } },
      body,
    }),
  );

export const getSuspects = (project: string, query: { after?: string; limit?: string; question?: string }, signal?: AbortSignal) =>
  ask(api.GET("/api/v1/projects/{projectId}/suspects", { params: { ...within(project), query }, signal: signal ?? null }));

export const requeue = (project: string, tasks: readonly string[]) =>
  ask(api.POST("/api/v1/projects/{projectId}/suspects/requeue", { params: within(project), body: { tasks: [...tasks] } }));

export const withdrawRequeue = (project: string, tasks: readonly string[]) =>
  ask(api.POST("/api/v1/projects/{projectId}/suspects/requeue/withdraw", { params: within(project), body: { tasks: [...tasks] } }));
