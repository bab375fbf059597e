import { Select } from "@mantine/core";
import { useState } from "react";
import { count, day, exact, percent, points } from "../../components/format";
import { Section } from "../../components/Page";
import { csvOf } from "../../components/plots/csv";
import { IntervalBars } from "../../components/plots/IntervalBars";
import { LineInterval } from "../../components/plots/LineInterval";
import { PlotFrame } from "../../components/plots/PlotFrame";
import { quality as m } from "../../messages/en/quality";
import css from "./QualityPage.module.css";
import { StandingTable } from "./StandingTable";
import type { ContributorQuality } from "./server";

/** Who is reliable: all with their intervals, and one over time. */
export function People({ projectId, project, rows }: { projectId: string; project: string; rows: readonly ContributorQuality[] }) {
  const graded = rows.filter(row => row.right !== null).toSorted((a, b) => (a.right ?? 0) - (b.right ?? 0));
  const [chosen, setChosen] = useState<string | null>(null);
  const alarmed = rows.find(row => row.drift.alarm) ?? graded[0];
  const shown = rows.find(row => row.contributor === chosen) ?? alarmed;
  return (
    <Section title={m.people.title}>
      <p className="soft">{graded.length === 0 ? m.people.empty : m.people.explain}</p>
      {graded.length > 0 && (
        <div className={css.pair}>
          <PlotFrame
            title={m.people.now}
            file={m.file(project, "contributors")}
            csv={() =>
              csvOf(
                ["contributor", "name", "graded", "right", "low_95", "high_95", "gate", "drift_alarm", "standing"],
                rows.map(row => [
                  row.contributor,
                  row.display_name,
                  row.graded,
                  row.right,
                  row.low,
                  row.high,
                  row.gate.verdict,
                  String(row.drift.alarm),
                  row.standing.state,
                ]),
              )
            }
          >
            {width => (
              <IntervalBars
                width={width}
                label={m.people.now}
                rows={graded.slice(0, MOST).map(row => ({
                  key: row.contributor,
                  label: row.display_name,
                  value: row.right ?? 0,
                  low: row.low,
                  high: row.high,
                }))}
              />
            )}
          </PlotFrame>
          {shown && (
            <OverTime
              project={project}
              row={shown}
              aside={
                <Select
                  aria-label={m.people.choose}
                  size="xs"
                  searchable
                  value={shown.contributor}
                  onChange={setChosen}
                  data={rows.map(row => ({ value: row.contributor, label: row.display_name }))}
                  allowDeselect={false}
                />
              }
            />
          )}
        </div>
      )}
      {rows.length > 0 && <StandingTable projectId={projectId} rows={rows} />}
    </Section>
  );
}

/** More bars than this are a table's business. */
const MOST = 24;

export function OverTime({ project, row, aside }: { project: string; row: ContributorQuality; aside?: React.ReactNode }) {
  let answers = 0;
  const drawn = row.points.map(point => {
    answers += point.answers;
    const ends = `${points(point.low)}–${points(point.high)}`;
    return {
      ...point,
      x: answers,
      value: point.right,
      title: m.people.point(exact(point.from), exact(point.to), percent(point.right), ends, count(point.answers)),
    };
  });
  const first = row.points[0];
  const last = row.points.at(-1);
  const since = row.drift.alarm && row.drift.since ? Date.parse(row.drift.since) : null;
  const ringing = since === null ? undefined : (drawn.find(point => Date.parse(point.to) >= since) ?? drawn.at(-1));
  return (
    <PlotFrame
      title={m.people.over(row.display_name)}
      file={m.file(project, `reliability ${row.display_name}`)}
      csv={() =>
        csvOf(
          ["contributor", "from", "to", "answers", "right", "low_95", "high_95"],
          row.points.map(point => [row.contributor, point.from, point.to, point.answers, point.right, point.low, point.high]),
        )
      }
      aside={aside}
      note={row.drift.alarm ? row.drift.reason : row.gate.reason}
    >
      {width =>
        drawn.length === 0 ? (
          <p className="soft">{m.people.noPoints}</p>
        ) : (
          <LineInterval
            width={width}
            points={drawn}
            label={m.people.over(row.display_name)}
            xLabel={m.people.axis}
            {...(first && last && width > 420 ? { ends: [day(first.from), day(last.to)] as const } : {})}
            mark={ringing ? { x: ringing.x, text: m.people.alarm } : null}
          />
        )
      }
    </PlotFrame>
  );
}
