import { count, percent } from "../../components/format";
import { csvOf } from "../../components/plots/csv";
import { PlotFrame } from "../../components/plots/PlotFrame";
import { clipped } from "../../components/plots/text";
import { corpora as m } from "../../messages/en/corpora";
import { flowOf } from "./flow";
import type { Report } from "./server";

type Unit = "documents" | "words";

/** What each step drops, by reason, as a stream from top to bottom. */
export function FlowPlot({ report, unit }: { report: Report; unit: Unit }) {
  return (
    <PlotFrame title={m.flowOf[unit]} file={`${report.name}-${unit}`} csv={() => csvOfFlow(report)} note={m.flowNote[unit]}>
      {width => <Drawing report={report} unit={unit} width={width} />}
    </PlotFrame>
  );
}

function Drawing({ report, unit, width }: { report: Report; unit: Unit; width: number }) {
  const all = report.read[unit];
  const band = Math.round(Math.min(160, width * 0.3));
  const labelX = band + 28;
  const flow = flowOf(
    all,
    report.steps.map(step => ({
      id: step.id,
      note: m.dropsNone + (step.edited > 0 ? m.changes(count(step.edited)) : ""),
      dropped: step.dropped.map(({ reason, amount }) => ({ reason, count: amount[unit] })),
    })),
    band,
  );
  return (
    <svg className="plot" width={width} height={flow.height} viewBox={`0 0 ${width} ${flow.height}`} role="img" aria-label={m.flowOf[unit]}>
      <text className="plot-strong" x="0" y="14">
        {m.readOf(count(all), m.units[unit])}
      </text>
      {flow.bands.map(at => (
        <rect key={at.top} className="plot-flow" x="0" y={at.top} width={at.width} height={at.end - at.top} />
      ))}
      {flow.pieces.map(piece => (
        <g key={`${piece.step} ${piece.reason}`}>
          <title>{`${piece.reason}: ${count(piece.count)}, ${percent(all === 0 ? 0 : piece.count / all, 2)}`}</title>
          <path className={piece.step % 2 === 0 ? "plot-drop" : "plot-drop-other"} d={ribbon(piece, labelX - 4)} />
          <Label
            x={labelX}
            y={piece.label}
            text={piece.reason}
            amount={count(piece.count) + (width < 420 ? "" : `, ${percent(all === 0 ? 0 : piece.count / all)}`)}
            width={width - labelX}
          />
        </g>
      ))}
      {flow.heads.map(head => (
        <g key={`${head.y} ${head.id}`}>
          <text className="plot-strong" x={labelX} y={head.y}>
            {clipped(head.id, width - labelX)}
          </text>
          {head.note && (
            <text className="plot-soft" x={labelX} y={head.y + 18}>
              {clipped(head.note, width - labelX)}
            </text>
          )}
        </g>
      ))}
      <text className="plot-strong" x="0" y={flow.height - 6}>
        {m.keptOf(count(report.kept[unit]), percent(all === 0 ? 0 : report.kept[unit] / all))}
      </text>
    </svg>
  );
}

function Label({ x, y, text, amount, width }: { x: number; y: number; text: string; amount: string; width: number }) {
  const room = width - amount.length * 6.6 - 8;
  return (
    <text x={x} y={y}>
      {clipped(text, room)} <tspan className="plot-soft">{amount}</tspan>
    </text>
  );
}

function ribbon({ from, to, top, end, leaves }: { from: number; to: number; top: number; end: number; leaves: number }, x: number): string {
  const r = (value: number) => Math.round(value * 100) / 100;
  return `M${r(from)} ${r(leaves)}Q${r(from)} ${r(end)} ${x} ${r(end)}V${r(top)}Q${r(to)} ${r(top)} ${r(to)} ${r(leaves)}Z`;
}

export const csvOfFlow = (report: Report): string =>
  csvOf(
    ["step", "reason", "documents", "words", "characters", "bytes"],
    [
      ["", "read", report.read.documents, report.read.words, report.read.characters, report.read.bytes ?? null],
      ...report.steps.flatMap(step =>
        step.dropped.map(({ reason, amount }) => [
          step.id,
          reason,
          amount.documents,
          amount.words,
          amount.characters,
          amount.bytes ?? null,
        ]),
      ),
      ["", "kept", report.kept.documents, report.kept.words, report.kept.characters, report.kept.bytes ?? null],
    ],
  );
