import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { Figure, Figures } from "../../components/Figure";
import { count, duration, enDash, percent } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Parts } from "../../components/Meter";
import { Section } from "../../components/Page";
import { Empty, Panel, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { State } from "../../components/State";
import { Time } from "../../components/Time";
import { project as m } from "../../messages/en/project";
import { ContributorTable } from "../contributors/ContributorTable";
import { type Progress, partsOf } from "../projects/progress";
import { Attention } from "./Attention";
import { PacePlot } from "./PacePlot";
import { ProjectFrame } from "./ProjectFrame";
import css from "./ProjectPage.module.css";
import { type Pace, paceOf } from "./pace";
import { activityDays, activityQuery, contributorsQuery, type ProjectView, progressQuery, useLiveProgress } from "./queries";
import { Trust } from "./Trust";

/** One project: is it on track, can I trust it, what needs me, who is working, what does it take. */
export default function ProjectPage({ projectId }: { projectId: string }) {
  return (
    <ProjectFrame
      projectId={projectId}
      action={project =>
        project.state !== "archived" && (
          <Button component={Link} href={`/projects/${projectId}/import`} leftSection={<Icon name="upload" size={16} />}>
            {m.importData}
          </Button>
        )
      }
    >
      {project => <Overview project={project} />}
    </ProjectFrame>
  );
}

function Overview({ project }: { project: ProjectView }) {
  const connection = useLiveProgress(project.id);
  const progress = useQuery(progressQuery(project.id));
  const activity = useQuery(activityQuery(project.id));
  if (progress.error) return <Problem problem={progress.error} retry={() => progress.refetch()} />;
  if (!progress.data || !activity.data) {
    return activity.error ? (
      <Problem problem={activity.error} retry={() => activity.refetch()} />
    ) : (
      <Waiting rows={4} height={88} label={m.loading} />
    );
  }

  if (progress.data.tasks === 0) {
    return (
      <Empty
        title={m.empty}
        action={
          <Button component={Link} href={`/projects/${project.id}/import`} leftSection={<Icon name="upload" size={16} />}>
            {m.importData}
          </Button>
        }
      >
        <p>{m.emptyText}</p>
      </Empty>
    );
  }

  const pace = paceOf(activity.data, progress.data, activityDays);
  return (
    <>
      <OnTrack project={project} progress={progress.data} pace={pace} live={connection === "live"} />
      <Trust project={project} progress={progress.data} />
      <Attention project={project} progress={progress.data} />
      <Who projectId={project.id} />
      <Effort projectId={project.id} progress={progress.data} />
    </>
  );
}

function OnTrack({ project, progress, pace, live }: { project: ProjectView; progress: Progress; pace: Pace; live: boolean }) {
  const tasks = `/projects/${project.id}/tasks`;
  return (
    <Section
      title={m.onTrack}
      aside={
        <State tone={live ? "good" : "plain"} icon={live ? "check" : "wait"}>
          {live ? m.live : m.notLive}
        </State>
      }
    >
      <Panel>
        <div className={css.progress}>
          <Parts parts={partsOf(progress)} label={m.byState} />
          <p>
            <strong>{percent(progress.done / progress.tasks)}</strong>{" "}
            <span className="soft">{m.doneOf(count(progress.done), count(progress.tasks))}</span>
          </p>
        </div>
      </Panel>
      <Figures>
        <Figure label={m.states.done} value={count(progress.done)} href={`${tasks}?state=done`} />
        <Figure label={m.states.in_review} value={count(progress.in_review)} href={`${tasks}?state=in_review`} />
        <Figure label={m.states.open} value={count(progress.open)} href={`${tasks}?state=open`} />
        <Figure label={m.pace.todayLabel} value={count(pace.today)} note={<Last at={progress.last_response_at} />} />
        <Figure label={m.pace.perDay} value={pace.perDay === null ? enDash : count(Math.round(pace.perDay))} note={m.pace.perDayNote} />
        <Figure
          label={m.pace.left}
          value={leftText(pace, progress)}
          note={pace.daysLeft === null || progress.open === 0 ? undefined : m.pace.leftNote}
        />
      </Figures>
      <PacePlot pace={pace} />
    </Section>
  );
}

function Last({ at }: { at: string | null }) {
  return at ? (
    <>
      {m.pace.last} <Time at={at} />
    </>
  ) : (
    m.pace.none
  );
}

function leftText(pace: Pace, progress: Progress): string {
  if (progress.open === 0) return m.pace.nothingLeft;
  return pace.daysLeft === null ? enDash : duration(Math.max(pace.daysLeft, 1 / 24) * 86_400_000);
}

function Who({ projectId }: { projectId: string }) {
  const contributors = useQuery(contributorsQuery(projectId));
  const rows = contributors.data?.toSorted((a, b) => (b.last_response_at ?? "").localeCompare(a.last_response_at ?? "")) ?? [];
  return (
    <Section
      title={m.who}
      aside={rows.length > 6 && <Link href={`/projects/${projectId}/contributors`}>{m.allContributors(count(rows.length))}</Link>}
    >
      <Problem problem={contributors.error} retry={() => contributors.refetch()} />
      {contributors.isPending && <Waiting rows={4} label={m.loading} />}
      {contributors.data && rows.length === 0 && <p className="soft">{m.nobodyYet}</p>}
      {rows.length > 0 && <ContributorTable projectId={projectId} rows={rows.slice(0, 6)} />}
    </Section>
  );
}

function Effort({ projectId, progress }: { projectId: string; progress: Progress }) {
  const contributors = useQuery(contributorsQuery(projectId));
  const active = contributors.data?.reduce((sum, row) => sum + row.active_milliseconds, 0) ?? 0;
  const responses = contributors.data?.reduce((sum, row) => sum + row.responses, 0) ?? 0;
  if (active === 0) return null;
  return (
    <Section title={m.effort}>
      <Figures>
        <Figure label={m.activeTime} value={duration(active)} note={m.activeNote} />
        <Figure label={m.perResponse} value={duration(active / Math.max(responses, 1))} />
        <Figure label={m.perTask} value={progress.done > 0 ? duration(active / progress.done) : enDash} />
        <Figure label={m.skips} value={count(progress.skips)} />
      </Figures>
    </Section>
  );
}
