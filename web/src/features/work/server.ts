import { api, ask, type Schemas } from "../../api/client";
import type { JsonObject, Ontology } from "../../engine";
import { type Draft, type DraftContent, draftOf } from "./draft";

export type Lease = Schemas["LeaseBody"];
export type Next = Schemas["NextBody"];

/** What the workbench asks of the server. Everything throws an ApiProblem. */
export interface WorkServer {
  mine(): Promise<{ responses: number; activeMilliseconds: number; held: readonly string[] }>;
  next(project: string): Promise<Next>;
  lease(token: string): Promise<Lease>;
  ontology(lease: Lease): Promise<Ontology>;
  picture(lease: Lease): Promise<Blob | null>;
  draft(token: string): Promise<Draft>;
  saveDraft(token: string, base: number, content: DraftContent): Promise<{ version: number; expiresAt: string }>;
  heartbeat(token: string): Promise<string>;
  submit(token: string, answers: JsonObject, activeMilliseconds: number): Promise<Schemas["ReceiptBody"]>;
  skip(token: string, reason: string): Promise<void>;
  giveBack(token: string): Promise<void>;
}

/** A server that has not answered after so long does not answer. */
const PATIENCE = 15_000;
const PICTURE_PATIENCE = 120_000;

const patience = (milliseconds = PATIENCE) => AbortSignal.timeout(milliseconds);
const at = (token: string) => ({ params: { path: { token } }, signal: patience() });

const ontologies = new Map<string, Promise<Ontology>>();

export const workServer: WorkServer = {
  async mine() {
    const mine = await ask(api.GET("/api/v1/me/work", { signal: patience() }));
    return { responses: mine.responses, activeMilliseconds: mine.active_milliseconds, held: mine.held.map(String) };
  },
  next: projectId => ask(api.POST("/api/v1/projects/{projectId}/work/next", { params: { path: { projectId } }, signal: patience() })),
  lease: token => ask(api.GET("/api/v1/leases/{token}", at(token))),
  ontology(lease) {
    // A version never changes, so it is asked for once.
    const name = `${lease.project}/${lease.ontology_version}`;
    const known = ontologies.get(name);
    if (known) return known;
    const path = { projectId: lease.project, number: lease.ontology_version };
    const asked = ask(api.GET("/api/v1/projects/{projectId}/ontologies/{number}", { params: { path }, signal: patience() })).then(
      view => view.ontology as Ontology,
    );
    ontologies.set(name, asked);
    asked.catch(() => ontologies.delete(name));
    return asked;
  },
  async picture(lease) {
    if (!lease.inputs.some(input => input.kind === "image")) return null;
    const path = { token: lease.token, index: lease.inputs.findIndex(input => input.kind === "image") };
    const asked = api.GET("/api/v1/leases/{token}/inputs/{index}", {
      params: { path },
      parseAs: "blob",
      signal: patience(PICTURE_PATIENCE),
    });
    return (await ask(asked)) as unknown as Blob;
  },
  async draft(token) {
    return draftOf(await ask(api.GET("/api/v1/leases/{token}/draft", at(token))));
  },
  async saveDraft(token, base, content) {
    const saved = await ask(api.PUT("/api/v1/leases/{token}/draft", { ...at(token), body: { base_version: base, body: content } }));
    return { version: saved.version, expiresAt: saved.expires_at };
  },
  async heartbeat(token) {
    return (await ask(api.POST("/api/v1/leases/{token}/heartbeat", at(token)))).expires_at;
  },
  submit: (token, answers, active) =>
    ask(
      api.PUT("/api/v1/leases/{token}/response", {
        params: { path: { token }, query: { next: true } },
        body: { answers, active_milliseconds: active },
        signal: patience(),
      }),
    ),
  async skip(token, reason) {
    await ask(api.POST("/api/v1/leases/{token}/skip", { ...at(token), body: { reason } }));
  },
  async giveBack(token) {
    // It is also sent while the page goes.
    await ask(api.POST("/api/v1/leases/{token}/return", { ...at(token), keepalive: true }));
  },
};
