import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { api, ask } from "../../api/client";
import { count, duration } from "../../components/format";
import { Page } from "../../components/Page";
import { Empty, Panel, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { State } from "../../components/State";
import { training } from "../../messages/en/training";
import { work as m } from "../../messages/en/work";
import { type Me, mayManage, mayReview } from "../sign-in/me";
import { trainingOf } from "../training/server";
import { useWorkbenchAhead } from "./useWorkbenchAhead";
import css from "./WorkPage.module.css";

/** What one may work on, and what one did today. */
export default function WorkPage({ me }: { me: Me }) {
  const projects = useQuery({ queryKey: ["work", "projects"], queryFn: ({ signal }) => ask(api.GET("/api/v1/work/projects", { signal })) });
  const today = useQuery({ queryKey: ["work", "mine"], queryFn: ({ signal }) => ask(api.GET("/api/v1/me/work", { signal })) });
  useWorkbenchAhead(projects.data?.items.some(row => row.has_open) ?? false);
  return (
    <Page
      title={m.title}
      lead={today.data && <span>{m.today(count(today.data.responses), duration(today.data.active_milliseconds))}</span>}
    >
      {projects.isPending && <Waiting rows={3} height={72} label={m.loading} />}
      <Problem problem={projects.error} retry={() => projects.refetch()} />
      {projects.data?.items.length === 0 && (
        <Empty title={m.empty} action={mayManage(me) && <Link href="/projects">{m.toProjects}</Link>}>
          <p>{mayManage(me) ? m.emptyManager : m.emptyText}</p>
        </Empty>
      )}
      {projects.data && projects.data.items.length > 0 && (
        <Panel flush>
          <ul className={css.list}>
            {projects.data.items.map(row => (
              <li key={row.project} className={css.row}>
                <div className={css.about}>
                  <strong dir="auto">{row.name}</strong>
                  {row.description && (
                    <span className="soft" dir="auto">
                      {row.description}
                    </span>
                  )}
                  <TrainingWaits of={trainingOf(row)} />
                  <span className="meta">{m.given(count(row.responses))}</span>
                </div>
                <div className={css.ways}>
                  {trainingOf(row) ? (
                    <Link href={`/work/${row.project}/training`} className={css.way}>
                      {training.start}
                    </Link>
                  ) : row.has_open ? (
                    <Link href={`/work/${row.project}`} className={css.way}>
                      {m.label}
                    </Link>
                  ) : (
                    <State tone="plain">{m.nothingOpen}</State>
                  )}
                  {mayReview(me) && row.has_reviews && (
                    <Link href={`/projects/${row.project}/review`} className={css.way}>
                      {m.review}
                    </Link>
                  )}
                </div>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Page>
  );
}

/** That training comes before the work, openly. */
function TrainingWaits({ of }: { of: { left: number; of: number } | null }) {
  return of && <State tone="attention">{training.waits(of.left, of.of)}</State>;
}
