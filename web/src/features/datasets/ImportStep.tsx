import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "wouter";
import { Figure, Figures } from "../../components/Figure";
import { count } from "../../components/format";
import { Losses } from "../../components/Losses";
import { Section } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { datasets as m } from "../../messages/en/datasets";
import { formats as words } from "../../messages/en/formats";
import { Faults, isTried } from "./ContentsStep";
import css from "./DatasetPage.module.css";
import { JobEnd, JobPanel } from "./JobPanel";
import { leftOut } from "./plan";
import { type Dataset, formatsQuery, isActive, type Plan, type Report } from "./server";
import type { Planning } from "./usePlan";

/** What will be lost, then the import and its outcome. */
export function ImportStep(props: { projectId: string; dataset: Dataset; planning: Planning; plan: Plan; onMapping: () => void }) {
  const { projectId, dataset, planning, plan, onMapping } = props;
  const { job } = dataset;
  const importing = job?.kind === "import_dataset" ? job : null;
  useRefreshProject(projectId, importing?.state === "done");
  if (isActive(job?.state)) return <JobPanel dataset={dataset} title={importing ? m.importing : m.checking} />;
  if (importing?.state === "done" && dataset.imported && !planning.isChanged)
    return <Outcome projectId={projectId} report={dataset.imported} onMapping={onMapping} />;
  const tried = isTried(dataset, plan) ? dataset.survey : null;
  return (
    <>
      {importing && (importing.state === "failed" || importing.state === "cancelled") && (
        <JobEnd
          title={importing.state === "failed" ? m.importFailed : m.importCancelled}
          text={[importing.error, m.importFailedText].filter(Boolean).join(" ")}
          again={m.again}
          onAgain={() => planning.runImport.mutate(plan)}
        />
      )}
      {job?.kind === "survey_dataset" && job.state === "failed" && (
        <JobEnd title={m.readFailed} text={job.error} again={m.readAgain} onAgain={() => planning.survey.mutate(plan)} />
      )}
      {tried && <WillBring report={tried} plan={plan} />}
      {!tried && !importing && job?.state !== "failed" && (
        <Panel>
          <div className={css.stack}>
            <strong>{m.notChecked}</strong>
            <p className="soft">{m.notCheckedText}</p>
            <div>
              <Button loading={planning.survey.isPending} onClick={() => planning.survey.mutate(plan)}>
                {m.preview}
              </Button>
            </div>
          </div>
        </Panel>
      )}
      <Problem problem={planning.survey.error ?? planning.runImport.error} />
      {tried && (
        <div className={css.foot}>
          <Button loading={planning.runImport.isPending} onClick={() => planning.runImport.mutate(plan)}>
            {m.importNow(count(tried.inputs - tried.pictures_missing))}
          </Button>
        </div>
      )}
    </>
  );
}

/** What was imported shows on the project's pages at once. */
function useRefreshProject(projectId: string, done: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (done) void client.invalidateQueries({ queryKey: ["projects", projectId] });
  }, [done, client, projectId]);
}

function WillBring({ report, plan }: { report: Report; plan: Plan }) {
  const formats = useQuery(formatsQuery);
  const format = formats.data?.find(each => each.id === plan.format)?.name ?? plan.format;
  const out = leftOut(plan, report);
  const people = report.contributors.filter(row => row.name !== "" && row.inputs > 0).length;
  return (
    <>
      <Section
        title={m.willBring}
        aside={<span className="meta">{[m.readAsFormat(format), m.asKind(m.asKinds[plan.as])].join(", ")}</span>}
      >
        <Figures>
          <Figure
            label={m.willTasks}
            value={count(report.inputs - report.pictures_missing)}
            note={report.pictures_missing > 0 ? m.figures.missing(count(report.pictures_missing)) : m.figures.allThere}
          />
          {plan.as !== "tasks" && plan.as !== "prelabels" && (
            <Figure
              label={m.asKinds[plan.as]}
              value={count(report.answers)}
              note={
                plan.as === "responses"
                  ? [m.figures.by(count(people)), m.outcome.repeated(count(report.responses_repeated ?? 0))].filter(Boolean).join(", ")
                  : undefined
              }
            />
          )}
          {(["prelabels", "drafts", "skips"] as const)
            .filter(what => (report[what] ?? 0) > 0 || what === plan.as)
            .map(what => (
              <Figure key={what} label={m.besides[what]} value={count(report[what] ?? 0)} />
            ))}
          {plan.as !== "tasks" && report.pictures_missing === 0 && (
            <Figure
              label={m.willObjects}
              value={count(report.objects - out.objects)}
              note={out.objects > 0 ? m.ofObjects(count(out.objects)) : m.nothingLeft}
            />
          )}
        </Figures>
      </Section>
      <Section title={words.losses}>
        <Losses losses={report.losses} label={words.losses} />
      </Section>
      <Faults report={report} />
    </>
  );
}

function Outcome({ projectId, report, onMapping }: { projectId: string; report: Report; onMapping: () => void }) {
  const o = m.outcome;
  const { tasks_imported = 0, tasks_repeated = 0, responses_imported = 0, responses_repeated = 0, gold_imported = 0 } = report;
  const isGold = report.as === "gold";
  const besides = [
    ["prelabels", report.prelabels_imported ?? 0],
    ["drafts", report.drafts_imported ?? 0],
    ["skips", report.skips_imported ?? 0],
  ] as const;
  const new_ = tasks_imported + responses_imported + besides.reduce((sum, [, number]) => sum + number, 0);
  const isNothingNew = new_ === 0 && tasks_repeated + responses_repeated + (report.besides_repeated ?? 0) > 0;
  return (
    <>
      <Section title={m.imported}>
        <Figures>
          <Figure
            label={o.tasks}
            value={count(tasks_imported)}
            note={o.repeated(count(tasks_repeated))}
            href={`/projects/${projectId}/tasks`}
          />
          {report.as !== "tasks" && report.as !== "prelabels" && (
            <Figure
              label={m.asKinds[report.as]}
              value={count(isGold ? gold_imported : responses_imported)}
              note={isGold ? undefined : o.repeated(count(responses_repeated))}
            />
          )}
          {besides
            .filter(([what, number]) => number > 0 || what === report.as)
            .map(([what, number]) => (
              <Figure key={what} label={m.besides[what]} value={count(number)} />
            ))}
          <Figure label={o.faults} value={count(report.faults)} note={report.faults > 0 ? o.faultsNote : o.faultsNone} />
        </Figures>
        {isNothingNew && <p className="soft">{m.nothingNew}</p>}
        <p className="soft">{m.importedNote}</p>
        <div className={css.choices}>
          <Button component={Link} href={`/projects/${projectId}/tasks`}>
            {m.seeTasks}
          </Button>
          <Button variant="default" onClick={onMapping}>
            {m.differently}
          </Button>
          <Button component={Link} variant="subtle" href={`/projects/${projectId}/import/dataset`}>
            {m.importMore}
          </Button>
        </div>
      </Section>
      <Section title={words.lost}>
        <Losses losses={report.losses} label={words.lost} />
      </Section>
      <Faults report={report} title={o.faultsTitle} />
    </>
  );
}
