import { useSearchParams } from "wouter";
import { Figure, Figures } from "../../components/Figure";
import { bytes, count, duration, enDash, percent, short } from "../../components/format";
import { Section } from "../../components/Page";
import { Table } from "../../components/Table";
import { corpora as m } from "../../messages/en/corpora";
import { FlowPlot } from "./FlowPlot";
import { LengthPlot } from "./LengthPlot";
import css from "./Overview.module.css";
import { StepReasons } from "./StepReasons";
import type { Report, ReportStep } from "./server";

const shareOf = (part: number, whole: number): string => (whole > 0 ? percent(part / whole) : enDash);

/** What a run did, in figures, streams and a table of its steps. */
export function Overview({ report, corpusId }: { report: Report; corpusId: string }) {
  return (
    <>
      <Totals report={report} corpusId={corpusId} />
      <Section title={m.flow}>
        <div className={css.two}>
          <FlowPlot report={report} unit="documents" />
          <FlowPlot report={report} unit="words" />
        </div>
      </Section>
      <Section title={m.lengths}>
        <LengthPlot report={report} />
      </Section>
      <Steps report={report} corpusId={corpusId} />
    </>
  );
}

function Totals({ report, corpusId }: { report: Report; corpusId: string }) {
  const { read, kept, usage } = report;
  return (
    <Figures>
      <Figure label={m.figures.read} value={count(read.documents)} note={m.figures.ofSource(bytes(report.source.bytes))} />
      <Figure label={m.figures.kept} value={count(kept.documents)} note={m.figures.share(shareOf(kept.documents, read.documents))} />
      <Figure label={m.figures.words} value={count(kept.words)} note={m.figures.share(shareOf(kept.words, read.words))} />
      {typeof kept.bytes === "number" && (
        <Figure
          label={m.figures.bytes}
          value={bytes(kept.bytes)}
          note={typeof read.bytes === "number" && m.figures.share(shareOf(kept.bytes, read.bytes))}
        />
      )}
      <Figure
        label={m.figures.faults}
        value={count(report.faults.total)}
        href={report.faults.total > 0 ? `/corpora/${corpusId}/files` : undefined}
      />
      <Figure
        label={m.figures.cores}
        value={usage.core_seconds.toFixed(usage.core_seconds < 100 ? 1 : 0)}
        note={`${m.figures.time(duration(usage.wall_seconds * 1000))}, ${m.figures.workers(count(usage.workers))}`}
      />
      {typeof usage.joules === "number" && (
        <Figure label={m.figures.energy} value={`${count(Math.round(usage.joules))} J`} note={m.figures.wholeMachine} />
      )}
    </Figures>
  );
}

function Steps({ report, corpusId }: { report: Report; corpusId: string }) {
  const [params, setParams] = useSearchParams();
  const open = params.get("step");
  return (
    <Section title={m.steps} aside={<code title={report.pipeline}>{`${m.pipeline} ${short(report.pipeline, 12)}`}</code>}>
      <Table label={m.steps}>
        <thead>
          <tr>
            <th scope="col">{m.step.name}</th>
            <th scope="col" data-number data-wide>
              {m.step.entered}
            </th>
            <th scope="col" data-number>
              {m.step.dropped}
            </th>
            <th scope="col" data-number>
              {m.step.share}
            </th>
            <th scope="col" data-number data-wide>
              {m.step.changed}
            </th>
            <th scope="col" data-number data-wide>
              {m.step.cut}
            </th>
          </tr>
        </thead>
        <tbody>
          {report.steps.map((step, index) => (
            <StepRows
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the pipeline
              key={index}
              step={step}
              corpusId={corpusId}
              isOpen={open === String(index + 1)}
              onOpen={isOpen => setParams(isOpen ? { step: String(index + 1) } : {}, { replace: true })}
            />
          ))}
        </tbody>
      </Table>
      {report.counted.length > 0 && (
        <p className="meta">
          {m.counted}: {report.counted.map(each => `${each.name} ${count(each.count)}`).join(", ")}
        </p>
      )}
    </Section>
  );
}

function StepRows(props: { step: ReportStep; corpusId: string; isOpen: boolean; onOpen: (isOpen: boolean) => void }) {
  const { step, corpusId, isOpen, onOpen } = props;
  const dropped = step.dropped.reduce((sum, { amount }) => sum + amount.documents, 0);
  return (
    <>
      <tr>
        <td data-clip>
          <button type="button" className={css.open} aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
            {step.id}
          </button>
        </td>
        <td data-number data-wide>
          {count(step.entered.documents)}
        </td>
        <td data-number>{dropped > 0 ? count(dropped) : enDash}</td>
        <td data-number>{dropped > 0 ? shareOf(dropped, step.entered.documents) : enDash}</td>
        <td data-number data-wide>
          {step.edited > 0 ? count(step.edited) : enDash}
        </td>
        <td data-number data-wide>
          {step.words_cut !== 0 ? count(step.words_cut) : enDash}
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={6} data-wrap>
            <StepReasons step={step} corpusId={corpusId} />
          </td>
        </tr>
      )}
    </>
  );
}
