import { Link } from "wouter";
import { Figure, Figures } from "../../components/Figure";
import { count, enDash, percent } from "../../components/format";
import { Section } from "../../components/Page";
import { CountBars } from "../../components/plots/CountBars";
import { csvOf } from "../../components/plots/csv";
import { PlotFrame } from "../../components/plots/PlotFrame";
import { quality as m } from "../../messages/en/quality";
import type { OverlapFigures } from "./server";

/** What it saves to ask only as many people as a task needs. */
export function Savings({ projectId, project, overlap }: { projectId: string; project: string; overlap: OverlapFigures }) {
  const { min, max, confidence } = overlap;
  // Settings may have changed since: what was saved is measured against those of its time.
  const isOneFixed = overlap.fixed_responses === max * overlap.tasks_done;
  if (max <= min && isOneFixed) {
    return (
      <Section title={m.overlap.title} aside={<Link href={`/projects/${projectId}/settings`}>{m.overlap.settings}</Link>}>
        <p className="soft">{m.overlap.none}</p>
      </Section>
    );
  }
  return (
    <Section title={m.overlap.title}>
      <Figures>
        <Figure
          label={m.overlap.saved}
          value={overlap.saved === null ? enDash : percent(overlap.saved)}
          note={isOneFixed ? m.overlap.savedNote(max) : m.overlap.savedOfTheirTime}
        />
        <Figure label={m.overlap.responses} value={count(overlap.responses)} note={m.overlap.forTasks(count(overlap.tasks_done))} />
        <Figure
          label={m.overlap.each}
          value={overlap.tasks_done > 0 ? (overlap.responses / overlap.tasks_done).toFixed(2) : enDash}
          note={m.overlap.range(min, max, percent(confidence, confidence > 0.99 ? 1 : 0))}
        />
        <Figure
          label={m.overlap.fixed}
          value={count(overlap.fixed_responses)}
          note={isOneFixed ? m.overlap.fixedNote(max) : m.overlap.fixedOfTheirTime}
        />
      </Figures>
      {overlap.by_responses.length > 0 && (
        <PlotFrame
          title={m.overlap.plot}
          file={m.file(project, "overlap")}
          csv={() =>
            csvOf(
              ["responses", "tasks"],
              overlap.by_responses.map(each => [each.responses, each.tasks]),
            )
          }
        >
          {width => (
            <CountBars
              width={width}
              label={m.overlap.plot}
              xLabel={m.overlap.axis}
              bars={overlap.by_responses.map(each => ({ x: each.responses, count: each.tasks }))}
              mark={{ x: max, text: m.overlap.mark(max) }}
            />
          )}
        </PlotFrame>
      )}
    </Section>
  );
}
