import { api, ask, type Schemas } from "../../api/client";

/** Money is in the smallest unit of the currency. */
export type OrderTerms = Required<
  Pick<Schemas["OrderTerms"], "accuracy" | "confidence" | "budget_minor" | "answer_cost_minor" | "audit_cost_minor">
>;
export type OrderPlan = Schemas["OrderPlanBody"];
export type OrderProgress = Schemas["OrderProgress"];
export type Order = Schemas["OrderBody"];

/** Times the audit is looked at, at most. */
const LOOKS = 4;

const within = (projectId: string) => ({ path: { projectId } });
const ofOrder = (orderId: string) => ({ params: { path: { orderId } } });

export const planOrder = (project: string, body: OrderTerms) =>
  ask(api.POST("/api/v1/projects/{projectId}/orders/plan", { params: within(project), body: { looks: LOOKS, ...body } })).then(
    answer => answer.plan,
  );

export const placeOrder = (project: string, body: OrderTerms) =>
  ask(api.POST("/api/v1/projects/{projectId}/orders", { params: within(project), body: { looks: LOOKS, ...body } }));

export const listOrders = (project: string, signal?: AbortSignal) =>
  ask(api.GET("/api/v1/projects/{projectId}/orders", { params: { ...within(project), query: { limit: "50" } }, signal: signal ?? null }));

/** Judges what was audited so far; ends the order, or draws the tasks of its next look. */
export const takeLook = (id: string) => ask(api.POST("/api/v1/orders/{orderId}/look", ofOrder(id)));

export const cancelOrder = (id: string) => ask(api.DELETE("/api/v1/orders/{orderId}", ofOrder(id)));
