import type { Schemas } from "../../api/client";

/** What the grid shows, as it stands in the address. */
export interface TaskFilters {
  state: Schemas["TaskState"] | null;
  purpose: Schemas["TaskPurpose"] | null;
  className: string | null;
  contributor: string | null;
  agreementMax: number | null;
  prefix: string;
  batch: string | null;
}

const states: readonly string[] = ["open", "in_review", "done", "withdrawn"] satisfies Schemas["TaskState"][];
const purposes: readonly string[] = ["label", "audit", "gold", "training"];

export function filtersOf(params: URLSearchParams): TaskFilters {
  const agreement = Number.parseFloat(params.get("agreement_max") ?? "");
  const one = (name: string, among: readonly string[]) => (among.includes(params.get(name) ?? "") ? params.get(name) : null);
  return {
    state: one("state", states) as TaskFilters["state"],
    purpose: one("purpose", purposes) as TaskFilters["purpose"],
    className: params.get("class"),
    contributor: params.get("contributor"),
    agreementMax: agreement >= 0 && agreement <= 1 ? agreement : null,
    prefix: params.get("q") ?? "",
    batch: params.get("batch"),
  };
}

/** What the route is asked with. */
export function queryOf(filters: TaskFilters) {
  return {
    ...(filters.state ? { state: filters.state } : {}),
    ...(filters.purpose ? { purpose: filters.purpose } : {}),
    ...(filters.className ? { class: filters.className } : {}),
    ...(filters.contributor ? { contributor: filters.contributor } : {}),
    ...(filters.agreementMax === null ? {} : { agreement_max: filters.agreementMax }),
    ...(filters.prefix ? { external_id_prefix: filters.prefix } : {}),
    ...(filters.batch ? { batch: filters.batch } : {}),
  };
}

/** The address with one thing changed; nothing takes it out. */
export function withParam(params: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(params);
  if (value === null || value === "") next.delete(name);
  else next.set(name, value);
  return next;
}
