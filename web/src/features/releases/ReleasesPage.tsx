import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { count, short } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Empty, Panel, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { State } from "../../components/State";
import { Streak } from "../../components/Streak";
import { Time } from "../../components/Time";
import { useListKeys } from "../../components/useListKeys";
import { releases as m } from "../../messages/en/releases";
import { ProjectFrame } from "../project/ProjectFrame";
import { releasesQuery } from "../project/queries";
import { basisOf, headlineOf } from "./figures";
import { PublishDialog } from "./PublishDialog";
import css from "./ReleasesPage.module.css";

type Release = Schemas["ReleaseBody"];

/** What a project has published, each with its assay. */
export default function ReleasesPage({ projectId }: { projectId: string }) {
  const releases = useQuery(releasesQuery(projectId));
  const [publishing, setPublishing] = useState(false);
  const keys = useListKeys();
  const publish = (
    <Button leftSection={<Icon name="release" size={16} />} onClick={() => setPublishing(true)}>
      {m.publish}
    </Button>
  );
  return (
    <ProjectFrame projectId={projectId} title={m.title} action={() => (releases.data?.length ?? 0) > 0 && publish}>
      {project => (
        <>
          <Problem problem={releases.error} retry={() => releases.refetch()} />
          {releases.isPending && <Waiting rows={3} height={72} label={m.loading} />}
          {releases.data?.length === 0 && (
            <Empty title={m.empty} action={publish}>
              <p>{m.emptyText}</p>
            </Empty>
          )}
          {releases.data && releases.data.length > 0 && (
            <Panel flush>
              <ul className={css.list} {...keys}>
                {releases.data.map(release => (
                  <li key={release.id}>
                    <Link href={`/projects/${projectId}/releases/${release.id}`} className={css.row} data-row>
                      <Row release={release} />
                    </Link>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
          <PublishDialog project={project} open={publishing} onClose={() => setPublishing(false)} />
        </>
      )}
    </ProjectFrame>
  );
}

function Row({ release }: { release: Release }) {
  const headline = release.summary && headlineOf(release.summary);
  return (
    <>
      <span className={css.name}>
        <strong>{m.number(release.number)}</strong>
        <ReleaseState release={release} />
        <span className="meta">
          <Time at={release.published_at ?? release.created_at} />
        </span>
      </span>
      <span className={css.facts}>
        {release.summary && <span>{m.holds(count(release.summary.labels), count(release.summary.shapes))}</span>}
        {release.digest && <code title={release.digest}>{short(release.digest, 12)}</code>}
        {release.error && <span>{release.error}</span>}
      </span>
      {headline ? <Streak {...headline} basis={basisOf(headline)} /> : release.summary && <span className="soft">{m.unassayed}</span>}
    </>
  );
}

export function ReleaseState({ release }: { release: Release }) {
  switch (release.state) {
    case "building":
      return (
        <State tone="plain" icon="wait">
          {m.states.building}
        </State>
      );
    case "failed":
      return (
        <State tone="wrong" icon="cross">
          {m.states.failed}
        </State>
      );
    case "published":
      return release.summary?.assay === "measured" ? (
        <State tone="good" icon="check">
          {m.states.measured}
        </State>
      ) : (
        <State tone="attention" icon="warning">
          {m.states.unassayed}
        </State>
      );
  }
}
