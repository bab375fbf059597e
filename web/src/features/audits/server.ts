import { api, ask, type Schemas } from "../../api/client";

export type Stratification = "none" | "class_and_confidence";
export type AuditStratum = Schemas["AuditStratumBody"];
export type AuditPlan = Schemas["PlanAuditPlan"];

export const planAudit = (
  projectId: string,
  body: { accuracy: number; confidence: number; strata: Stratification },
  signal?: AbortSignal,
) => ask(api.POST("/api/v1/projects/{projectId}/audits/plan", { params: { path: { projectId } }, body, signal: signal ?? null }));

export const drawAudit = (projectId: string, body: { size: number; strata: Stratification; twice: number }) =>
  ask(api.POST("/api/v1/projects/{projectId}/audits", { params: { path: { projectId } }, body }));
