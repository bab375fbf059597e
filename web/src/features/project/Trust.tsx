import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "wouter";
import type { Schemas } from "../../api/client";
import { count, enDash, percent } from "../../components/format";
import { Section } from "../../components/Page";
import { Panel, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { Streak } from "../../components/Streak";
import { Time } from "../../components/Time";
import { audits as words } from "../../messages/en/audits";
import { orders } from "../../messages/en/orders";
import { project as m } from "../../messages/en/project";
import { DrawAuditDialog } from "../audits/DrawAuditDialog";
import { StrataTable } from "../audits/StrataTable";
import type { Progress } from "../projects/progress";
import { basisOf, headlineOf } from "../releases/figures";
import { auditsQuery, type ProjectView, releasesQuery } from "./queries";
import css from "./Trust.module.css";

/** Can I trust it: agreement before any truth, then what an audit measured. */
export function Trust({ project, progress }: { project: ProjectView; progress: Progress }) {
  const releases = useQuery(releasesQuery(project.id));
  const audits = useQuery(auditsQuery(project.id));
  const [params, setParams] = useSearchParams();
  const drawing = params.has("audit") && progress.done > 0;
  const setDrawing = (now: boolean) => setParams(now ? { audit: "" } : {}, { replace: true });
  const latest = releases.data?.find(release => release.state === "published");
  return (
    <Section
      title={m.trust}
      aside={
        <span className={css.ways}>
          <Button component={Link} href={`/projects/${project.id}/quality/orders`} variant="default" size="compact-sm">
            {orders.title}
          </Button>
          {progress.done > 0 && (
            <Button variant="default" size="compact-sm" onClick={() => setDrawing(true)}>
              {words.draw}
            </Button>
          )}
        </span>
      }
    >
      <Problem problem={releases.error ?? audits.error} />
      {releases.isPending || audits.isPending ? (
        <Waiting rows={3} label={m.loading} />
      ) : (
        <Panel>
          <dl className={css.answers}>
            <div>
              <dt>{m.agreement}</dt>
              <dd>
                <Link href={`/projects/${project.id}/tasks?agreement_max=0.6`} className={css.plain}>
                  {progress.agreement === null ? enDash : percent(progress.agreement)}
                </Link>{" "}
                <span className="soft">{m.agreementNote}</span>
              </dd>
            </div>
            <div>
              <dt>{m.latestRelease}</dt>
              <dd>{latest ? <LatestRelease release={latest} /> : <span className="soft">{m.noRelease}</span>}</dd>
            </div>
            <div>
              <dt>{m.audit.title}</dt>
              <dd>
                <AuditLine audits={audits.data ?? []} />
              </dd>
            </div>
          </dl>
        </Panel>
      )}
      <DrawAuditDialog project={project} progress={progress} open={drawing} onClose={() => setDrawing(false)} />
    </Section>
  );
}

function LatestRelease({ release }: { release: Schemas["ReleaseBody"] }) {
  const headline = release.summary && headlineOf(release.summary);
  return (
    <span className={css.release}>
      <Link href={`/projects/${release.project}/releases/${release.id}`}>{m.releaseNumber(release.number)}</Link>
      {headline ? <Streak {...headline} basis={basisOf(headline)} /> : <span className="soft">{m.unassayed}</span>}
    </span>
  );
}

function AuditLine({ audits }: { audits: readonly Schemas["AuditBody"][] }) {
  const audit = audits[0];
  if (!audit) return <span className="soft">{m.audit.none}</span>;
  const { strata, twice, judged_twice } = audit;
  return (
    <>
      <span className={css.release}>
        <span>{m.audit.judged(count(audit.answered), count(audit.size))}</span>
        {twice ? <span>{words.judgedTwice(count(judged_twice), count(twice))}</span> : null}
        <span className="soft">
          {m.audit.drawn(count(audit.population))} <Time at={audit.created_at} />
        </span>
      </span>
      {strata && strata.length > 0 && (
        <details className={css.parts}>
          <summary>{words.showParts}</summary>
          <StrataTable strata={strata} />
        </details>
      )}
    </>
  );
}
