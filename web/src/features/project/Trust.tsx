import { Button, NumberInput } from "@mantine/core";
import "@mantine/core/styles/NumberInput.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "wouter";
import { api, ask, type Schemas } from "../../api/client";
import { Dialog, DialogActions } from "../../components/Dialog";
import { count, enDash, percent } from "../../components/format";
import { Section } from "../../components/Page";
import { Panel, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { Streak } from "../../components/Streak";
import { Time } from "../../components/Time";
import { project as m } from "../../messages/en/project";
import { shell } from "../../messages/en/shell";
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
        progress.done > 0 && (
          <Button variant="default" size="compact-sm" onClick={() => setDrawing(true)}>
            {m.audit.draw}
          </Button>
        )
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
      <DrawAudit project={project} progress={progress} open={drawing} onClose={() => setDrawing(false)} />
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
  return (
    <span className={css.release}>
      <span>{m.audit.judged(count(audit.answered), count(audit.size))}</span>
      <span className="soft">
        {m.audit.drawn(count(audit.population))} <Time at={audit.created_at} />
      </span>
    </span>
  );
}

function DrawAudit({ project, progress, open, onClose }: { project: ProjectView; progress: Progress; open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const suggested = Math.max(1, Math.round(progress.done * (project.settings?.audit.share || 0.05)));
  const [size, setSize] = useState<number | null>(null);
  const wanted = Math.min(size ?? suggested, progress.done);
  const draw = useMutation({
    mutationFn: () =>
      ask(api.POST("/api/v1/projects/{projectId}/audits", { params: { path: { projectId: project.id } }, body: { size: wanted } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["projects", project.id] });
      onClose();
    },
  });
  // Half-width at 95 % for an accuracy near nine in ten, without clustering: a feel for the size, not a promise.
  const half = 1.96 * Math.sqrt((0.9 * 0.1) / Math.max(wanted, 1)) * Math.sqrt(Math.max(1 - wanted / Math.max(progress.done, 1), 0));
  return (
    <Dialog open={open} onClose={onClose} title={m.audit.draw}>
      <p className="soft">{m.audit.explain}</p>
      <NumberInput
        label={m.audit.size}
        description={m.audit.of(count(progress.done))}
        min={1}
        max={progress.done}
        value={wanted}
        onChange={value => setSize(typeof value === "number" ? value : Number.parseInt(value, 10) || null)}
      />
      <p className="meta">{m.audit.halfWidth(percent(half))}</p>
      <Problem problem={draw.error} />
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {shell.cancel}
        </Button>
        <Button onClick={() => draw.mutate()} loading={draw.isPending}>
          {m.audit.drawNow(count(wanted))}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
