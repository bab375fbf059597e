import { count } from "../../components/format";
import { csvOf } from "../../components/plots/csv";
import { PlotFrame } from "../../components/plots/PlotFrame";
import { linear, wholeTicks } from "../../components/plots/scales";
import { corpora as m } from "../../messages/en/corpora";
import { binsOf } from "./lengths";
import type { Report } from "./server";

const LEFT = 56;
const TOP = 12;
const BOTTOM = 42;
const HEIGHT = 240;

/** How long documents are: bars of what was read, and within them of what was kept. */
export function LengthPlot({ report }: { report: Report }) {
  const bins = binsOf(report.read_words, report.kept_words);
  return (
    <PlotFrame
      title={m.lengthsLabel}
      file={`${report.name}-lengths`}
      csv={() =>
        csvOf(
          ["words_from", "words_to", "read", "kept"],
          bins.map(bin => [bin.from, bin.to, bin.read, bin.kept]),
        )
      }
      note={m.lengthsNote}
    >
      {width => <Drawing bins={bins} width={width} />}
    </PlotFrame>
  );
}

function Drawing({ bins, width }: { bins: ReturnType<typeof binsOf>; width: number }) {
  const most = Math.max(1, ...bins.map(bin => Math.max(bin.read, bin.kept)));
  const x = linear([0, bins.length], [LEFT, width - 4]);
  const y = linear([0, most], [HEIGHT - BOTTOM, TOP]);
  const step = x(1) - x(0);
  const thick = Math.min(56, step * 0.72);
  const every = Math.max(1, Math.ceil(34 / step));
  return (
    <svg className="plot" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={m.lengthsLabel}>
      {wholeTicks(most).map(tick => (
        <g key={tick}>
          <line className={tick === 0 ? "plot-axis" : "plot-grid"} x1={LEFT} x2={width - 4} y1={y(tick)} y2={y(tick)} />
          <text className="plot-soft" x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
            {count(tick)}
          </text>
        </g>
      ))}
      {bins.map((bin, i) => (
        <g key={bin.from}>
          <title>{m.bar(count(bin.from), count(bin.to), count(bin.read), count(bin.kept))}</title>
          <rect className="plot-pale" x={x(i + 0.5) - thick / 2} width={thick} y={y(bin.read)} height={y(0) - y(bin.read)} />
          <rect className="plot-flow" x={x(i + 0.5) - thick / 2} width={thick} y={y(bin.kept)} height={y(0) - y(bin.kept)} />
          {i % every === 0 && (
            <text className="plot-soft" x={x(i + 0.5)} y={HEIGHT - BOTTOM + 16} textAnchor="middle">
              {bin.label}
            </text>
          )}
        </g>
      ))}
      <text className="plot-soft" x={(LEFT + width) / 2} y={HEIGHT - 6} textAnchor="middle">
        {m.lengthsAxis}
      </text>
    </svg>
  );
}
