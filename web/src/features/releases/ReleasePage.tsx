import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask, type Schemas } from "../../api/client";
import { Figure, Figures } from "../../components/Figure";
import { bytes, count, enDash, percent, points } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Markdown } from "../../components/Markdown";
import { Section } from "../../components/Page";
import { Panel, Waiting } from "../../components/Panel";
import { isMissing, Problem } from "../../components/Problem";
import { Streak } from "../../components/Streak";
import { Table } from "../../components/Table";
import { Time } from "../../components/Time";
import { audits } from "../../messages/en/audits";
import { releases as m } from "../../messages/en/releases";
import { StrataTable } from "../audits/StrataTable";
import { ProjectFrame } from "../project/ProjectFrame";
import { projectQuery } from "../project/queries";
import { useClassColours } from "../tasks/drawable";
import { Exports } from "./Exports";
import { basisOf } from "./figures";
import { Lineage } from "./Lineage";
import css from "./ReleasePage.module.css";
import { ReleaseState } from "./ReleasesPage";
import { type AuditorFigure, cardQuery, releaseFileQuery } from "./releaseFile";

type Release = Schemas["ReleaseBody"];

/** One release: what it holds, how far it can be trusted, what it does not know, and the lineage of each label. */
export default function ReleasePage({ projectId, releaseId }: { projectId: string; releaseId: string }) {
  // Taken apart here: what is read only within the frame would not bring this page up to date.
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["projects", projectId, "releases", releaseId],
    queryFn: ({ signal }) => ask(api.GET("/api/v1/releases/{releaseId}", { params: { path: { releaseId } }, signal })),
    refetchInterval: query => (query.state.data?.state === "building" ? 1_000 : false),
  });
  return (
    <ProjectFrame
      projectId={projectId}
      title={data ? m.number(data.number) : m.one}
      lead={data && <Lead release={data} />}
      action={() =>
        data?.state === "published" && (
          <Button component="a" href={`/api/v1/releases/${releaseId}/archive`} download leftSection={<Icon name="download" size={16} />}>
            {m.download}
          </Button>
        )
      }
    >
      {() => (
        <>
          <Problem problem={error} retry={isMissing(error) ? undefined : () => refetch()} />
          {isPending && <Waiting rows={4} height={64} label={m.loading} />}
          {data?.state === "building" && <Panel>{m.building}</Panel>}
          {data?.state === "failed" && (
            <Panel>
              <strong>{m.failed}</strong>
              <p>{data.error}</p>
            </Panel>
          )}
          {data?.summary && <Published projectId={projectId} release={data} summary={data.summary} />}
        </>
      )}
    </ProjectFrame>
  );
}

function Lead({ release }: { release: Release }) {
  return (
    <>
      <ReleaseState release={release} />
      <Time at={release.published_at ?? release.created_at} />
      {release.digest && <code className={css.digest}>{release.digest}</code>}
    </>
  );
}

function Published({ projectId, release, summary }: { projectId: string; release: Release; summary: Schemas["ReleaseSummary"] }) {
  const classes = useClassColours(projectId, useQuery(projectQuery(projectId)).data?.ontology_version);
  const file = useQuery(releaseFileQuery(release.id));
  const card = useQuery(cardQuery(release.id));
  const counts = file.data?.content.counts;
  return (
    <>
      <Section title={m.assay}>
        {summary.figures.length === 0 ? (
          <Panel>
            <strong>{m.unassayed}</strong>
            <p className="soft">{file.data?.content.assay.reason}</p>
          </Panel>
        ) : (
          <AssayTable figures={summary.figures} label={m.assay} />
        )}
        {file.data?.content.assay.audit && (
          <p className="meta">
            {m.audit(
              count(file.data.content.assay.audit.judged),
              count(file.data.content.assay.audit.sampled),
              count(file.data.content.assay.audit.population),
            )}
          </p>
        )}
        {(file.data?.content.assay.audit?.strata?.length ?? 0) > 0 && (
          <details className={css.card}>
            <summary>{audits.parts}</summary>
            <StrataTable strata={file.data?.content.assay.audit?.strata ?? []} />
          </details>
        )}
      </Section>
      {(file.data?.content.assay.auditors?.length ?? 0) > 0 && <Auditors figures={file.data?.content.assay.auditors ?? []} />}
      {summary.gold_figures.length > 0 && (
        <Section title={m.gold}>
          <AssayTable figures={summary.gold_figures} label={m.gold} />
          <p className="meta">{m.goldNote}</p>
        </Section>
      )}
      <Section title={m.notKnown}>
        <Problem problem={file.error} retry={() => file.refetch()} />
        {file.isPending && <Waiting rows={3} label={m.loading} />}
        {file.data && (
          <Panel>
            <ul className={css.caveats}>
              {file.data.content.assay.not_known.map(caveat => (
                <li key={caveat.code}>{m.caveat(caveat, classes)}</li>
              ))}
            </ul>
          </Panel>
        )}
      </Section>
      <Section title={m.holdsTitle}>
        <Figures>
          <Figure label={m.counts.labels} value={count(summary.labels)} />
          <Figure label={m.counts.images} value={count(summary.images)} />
          <Figure label={m.counts.shapes} value={count(summary.shapes)} />
          {counts && <Figure label={m.counts.responses} value={count(counts.responses)} note={m.counts.by(count(counts.contributors))} />}
          {counts && <Figure label={m.counts.reviewed} value={count(counts.reviewed)} note={m.counts.edited(count(counts.edited))} />}
          <Figure
            label={m.counts.human}
            value={summary.labels > 0 ? percent(summary.origin.human / summary.labels, 0) : m.none}
            note={originNote(summary)}
          />
        </Figures>
      </Section>
      <Exports releaseId={release.id} />
      <Lineage projectId={projectId} releaseId={release.id} />
      <Section title={m.card}>
        <Problem problem={card.error} retry={() => card.refetch()} />
        {card.data && (
          <details className={css.card}>
            <summary>{m.showCard}</summary>
            <Markdown text={card.data} />
          </details>
        )}
      </Section>
      {file.data && <Files releaseId={release.id} files={file.data.content.files} />}
    </>
  );
}

/** Auditors err too: how often, as far as two of them judged the same. */
function Auditors({ figures }: { figures: readonly AuditorFigure[] }) {
  return (
    <Section title={m.auditors.title}>
      <Table label={m.auditors.title}>
        <thead>
          <tr>
            <th scope="col">{m.auditors.figure}</th>
            <th scope="col" data-number>
              {m.auditors.error}
            </th>
            <th scope="col" data-number>
              {m.auditors.differing}
            </th>
            <th scope="col" data-number data-wide>
              {m.auditors.asJudged}
            </th>
            <th scope="col" data-number>
              {m.auditors.widened}
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map(each => (
            <tr key={each.figure}>
              <td>{m.figure(each.figure)}</td>
              <td data-number>
                {percent(each.error)} <span className="meta">{m.auditors.ends(points(each.low), points(each.high))}</span>
              </td>
              <td data-number>{m.auditors.of(count(each.differing), count(each.judged_twice))}</td>
              <td data-number data-wide>
                {each.as_judged === undefined ? enDash : percent(each.as_judged)}
              </td>
              <td data-number>{m.auditors.points(points(each.widened_by, 2))}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="meta">{m.auditors.note}</p>
    </Section>
  );
}

function originNote(summary: Schemas["ReleaseSummary"]): string {
  return [
    summary.origin.simulated > 0 ? m.counts.simulated(count(summary.origin.simulated)) : "",
    summary.origin.model > 0 ? m.counts.model(count(summary.origin.model)) : "",
    summary.origin.synthetic_assets > 0 ? m.counts.synthetic(count(summary.origin.synthetic_assets)) : "",
  ]
    .filter(Boolean)
    .join(", ");
}

function AssayTable({ figures, label }: { figures: readonly Schemas["AssayFigure"][]; label: string }) {
  const from =
    Math.min(...figures.map(figure => figure.lower)) >= 0.9 ? 0.9 : Math.min(...figures.map(figure => figure.lower)) >= 0.5 ? 0.5 : 0;
  return (
    <Panel>
      <dl className={css.figures} aria-label={label}>
        {figures.map(figure => (
          <div key={figure.name}>
            <dt>
              {m.figure(figure.name)}
              <span className="meta">{m.figureHelp(figure.name)}</span>
            </dt>
            <dd>
              <Streak {...figure} from={from} basis={basisOf(figure)} width={220} />
            </dd>
          </div>
        ))}
      </dl>
      <p className={css.scale}>{m.scale(percent(from, 0))}</p>
    </Panel>
  );
}

function Files({ releaseId, files }: { releaseId: string; files: readonly { path: string; bytes: number; sha256: string }[] }) {
  const shown = files.filter(file => !file.path.startsWith("images/"));
  return (
    <Section title={m.files}>
      <Table label={m.files}>
        <thead>
          <tr>
            <th scope="col">{m.file}</th>
            <th scope="col" data-number>
              {m.size}
            </th>
            <th scope="col" data-wide>
              SHA-256
            </th>
          </tr>
        </thead>
        <tbody>
          {[{ path: "release.json", bytes: 0, sha256: "" }, ...shown].map(file => (
            <tr key={file.path}>
              <td>
                <a href={`/api/v1/releases/${releaseId}/files/${file.path}`} download>
                  {file.path}
                </a>
              </td>
              <td data-number>{file.bytes > 0 ? bytes(file.bytes) : enDash}</td>
              <td data-wide>{file.sha256 ? <code title={file.sha256}>{file.sha256.slice(0, 16)}</code> : enDash}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {files.length > shown.length && <p className="meta">{m.andImages(count(files.length - shown.length))}</p>}
      <p className="meta">{m.verify}</p>
    </Section>
  );
}
