import { percent, points } from "../format";
import { linear, shareStart, ticks } from "./scales";
import { clipped } from "./text";

export interface BarRow {
  key: string;
  label: string;
  value: number;
  /** Ends of the 95 % interval, where there is one. */
  low?: number | null;
  high?: number | null;
}

const ROW = 26;
const AXIS = 24;

/** Shares as thin bars from an honest start, each with its interval as a whisker and its numbers in text. */
export function IntervalBars({ rows, width, label }: { rows: readonly BarRow[]; width: number; label: string }) {
  const isNarrow = width < 520;
  const left = Math.min(200, Math.round(width * (isNarrow ? 0.46 : 0.26)));
  const right = isNarrow ? 58 : 150;
  const least = Math.min(...rows.map(row => row.low ?? row.value));
  // Bars begin at zero: their length is what is read. Agreement can be below it.
  const from = Math.min(0, shareStart(least));
  const x = linear([from, 1], [left, width - right]);
  const height = rows.length * ROW + AXIS;
  return (
    <svg className="plot" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {ticks(from, 1, isNarrow ? 2 : 5).map(tick => (
        <g key={tick}>
          <line className={tick === 0 ? "plot-axis" : "plot-grid"} x1={x(tick)} x2={x(tick)} y1="0" y2={rows.length * ROW} />
          <text className="plot-soft" x={x(tick)} y={height - 6} textAnchor="middle">
            {percent(tick, 0)}
          </text>
        </g>
      ))}
      {rows.map((row, i) => (
        <Row key={row.key} row={row} y={i * ROW} x={x} left={left} width={width} isNarrow={isNarrow} />
      ))}
    </svg>
  );
}

function Row(props: { row: BarRow; y: number; x: (value: number) => number; left: number; width: number; isNarrow: boolean }) {
  const { row, y, x, left, width, isNarrow } = props;
  const middle = y + ROW / 2;
  const { value, low, high } = row;
  const hasEnds = low !== null && low !== undefined && high !== null && high !== undefined;
  const ends = hasEnds ? `${points(low)}–${points(high)}` : "";
  return (
    <g>
      <title>{`${row.label}: ${percent(value)}${ends && ` (${ends})`}`}</title>
      <text x="0" y={middle + 4}>
        {clipped(row.label, left - 12)}
      </text>
      <rect className="plot-bar" x={Math.min(x(0), x(value))} width={Math.abs(x(value) - x(0))} y={middle - 5} height="10" />
      {hasEnds && (
        <g>
          <line className="plot-whisker" x1={x(low)} x2={x(high)} y1={middle} y2={middle} />
          <line className="plot-whisker" x1={x(low)} x2={x(low)} y1={middle - 4} y2={middle + 4} />
          <line className="plot-whisker" x1={x(high)} x2={x(high)} y1={middle - 4} y2={middle + 4} />
        </g>
      )}
      <text className="plot-strong" x={isNarrow ? width : width - 88} y={middle + 4} textAnchor="end">
        {percent(value)}
      </text>
      {!isNarrow && (
        <text className="plot-soft" x={width} y={middle + 4} textAnchor="end">
          {ends}
        </text>
      )}
    </g>
  );
}
