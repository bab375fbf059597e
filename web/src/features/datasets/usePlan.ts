import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ontologyQuery, type ProjectView } from "../project/queries";
import { type ClassLooks, classesOf } from "../tasks/drawable";
import { firstPlan, type OwnClass, planOf, withProposals } from "./plan";
import { type Dataset, type Plan, refresh, runImport, survey } from "./server";

/**
 * The plan as it stands on the page: what was changed since the last job, else that job's, else what the files most surely are. What was changed and not
 * yet tried out is kept by the browser until it is; everything else the server keeps.
 */
export function usePlan(project: ProjectView, dataset: Dataset) {
  const client = useQueryClient();
  const key = `touchstone-plan-${dataset.id}`;
  const [changed, setChanged] = useState<Plan | null>(() => kept(key));
  useEffect(() => {
    if (changed) sessionStorage.setItem(key, JSON.stringify(changed));
    else sessionStorage.removeItem(key);
  }, [key, changed]);
  const looks = useOwnClasses(project);
  const base = changed ?? planOf(dataset) ?? (dataset.found?.[0] ? firstPlan(dataset.found[0]) : null);
  const report = base && dataset.survey?.format === base.format && dataset.survey.place === base.place ? dataset.survey : null;
  const own: OwnClass[] = [...looks].map(([id, each]) => ({ id, title: each.title }));
  const onStarted = async (started: Dataset) => {
    await refresh(client, started);
    setChanged(null);
  };
  return {
    plan: base && report ? withProposals(base, report, own) : base,
    /** What the files hold, read as the plan says. */
    report,
    looks,
    own,
    /** Whether something was changed since the last job. */
    isChanged: changed !== null,
    setPlan: setChanged,
    survey: useMutation({ mutationFn: (plan: Plan) => survey(dataset.id, plan), onSuccess: onStarted }),
    runImport: useMutation({ mutationFn: (plan: Plan) => runImport(dataset.id, plan), onSuccess: onStarted }),
  };
}

export type Planning = ReturnType<typeof usePlan>;

function useOwnClasses(project: ProjectView): ClassLooks {
  const ontology = useQuery(ontologyQuery(project.id, project.ontology_version));
  return classesOf(ontology.data?.ontology);
}

function kept(key: string): Plan | null {
  const text = sessionStorage.getItem(key);
  return text === null ? null : (JSON.parse(text) as Plan);
}
