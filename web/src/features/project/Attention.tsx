import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { count } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Section } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { project as m } from "../../messages/en/project";
import type { Progress } from "../projects/progress";
import { proposalsOf } from "../quality/proposals";
import { contributorsQualityQuery } from "../quality/queries";
import css from "./Attention.module.css";
import { auditsQuery, batchesQuery, type ProjectView, releasesQuery } from "./queries";

interface Need {
  key: string;
  text: string;
  href: string;
  action: string;
}

/** What needs me: each with the way to do it. */
export function Attention({ project, progress }: { project: ProjectView; progress: Progress }) {
  const audits = useQuery(auditsQuery(project.id)).data ?? [];
  const releases = useQuery(releasesQuery(project.id)).data ?? [];
  const batches = useQuery(batchesQuery(project.id)).data ?? [];
  const proposals = proposalsOf(useQuery(contributorsQualityQuery(project.id)).data ?? []).length;
  const needs = needsOf(project, progress, audits, releases, batches, proposals);
  return (
    <Section title={m.needs.title}>
      {needs.length === 0 ? (
        <Line>
          <Icon name="check" /> {m.needs.nothing}
        </Line>
      ) : (
        <Panel flush>
          <ul className={css.list}>
            {needs.map(need => (
              <li key={need.key}>
                <Link href={need.href} className={css.need}>
                  <Icon name="warning" />
                  <span>{need.text}</span>
                  <span className={css.action}>
                    {need.action}
                    <Icon name="right" size={14} />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Section>
  );
}

function Line({ children }: { children: ReactNode }) {
  return <p className={css.nothing}>{children}</p>;
}

export function needsOf(
  project: ProjectView,
  progress: Progress,
  audits: readonly Schemas["AuditBody"][],
  releases: readonly Schemas["ReleaseBody"][],
  batches: readonly Schemas["BatchRow"][],
  proposals = 0,
): readonly Need[] {
  const base = `/projects/${project.id}`;
  const needs: Need[] = [];
  if (project.state === "paused") needs.push({ key: "paused", text: m.needs.paused, href: `${base}/settings`, action: m.needs.toSettings });
  if (progress.in_review > 0)
    needs.push({ key: "review", text: m.needs.review(count(progress.in_review)), href: `${base}/review`, action: m.needs.toReview });
  const waiting = audits.reduce((sum, audit) => sum + audit.size - audit.answered, 0);
  if (waiting > 0) needs.push({ key: "audit", text: m.needs.audit(count(waiting)), href: "/work", action: m.needs.toWork });
  if (proposals > 0)
    needs.push({ key: "proposed", text: m.needs.proposed(count(proposals)), href: `${base}/quality`, action: m.needs.toQuality });
  const refused = batches.filter(batch => batch.refused > 0);
  const worst = refused[0];
  if (worst) {
    const lines = refused.reduce((sum, batch) => sum + batch.refused, 0);
    needs.push({ key: "refused", text: m.needs.refused(count(lines)), href: `${base}/import?batch=${worst.id}`, action: m.needs.toBatch });
  }

  const last = releases[0];
  if (last?.state === "failed")
    needs.push({ key: "failed", text: m.needs.releaseFailed(last.number), href: `${base}/releases/${last.id}`, action: m.needs.toRelease });
  if (progress.done > 0 && audits.length === 0)
    needs.push({ key: "unmeasured", text: m.needs.unmeasured, href: `${base}?audit`, action: m.needs.toAudit });
  if (progress.done > 0 && progress.open === 0 && progress.in_review === 0 && releases.length === 0)
    needs.push({ key: "release", text: m.needs.release, href: `${base}/releases`, action: m.needs.toReleases });
  return needs;
}
