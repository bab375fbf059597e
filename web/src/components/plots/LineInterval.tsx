import { percent } from "../format";
import { linear, shareStart, ticks, wholeTicks } from "./scales";

export interface LinePoint {
  /** Where it stands, such as the number of answers so far. */
  x: number;
  value: number;
  low: number;
  high: number;
  title: string;
}

const LEFT = 48;
const RIGHT = 56;
const TOP = 16;
const BOTTOM = 42;

/** A share over a run of answers: a line, its 95 % interval shaded, what happened as a dashed line with its word. */
export function LineInterval(props: {
  points: readonly LinePoint[];
  width: number;
  height?: number;
  label: string;
  xLabel: string;
  /** Dates at the two ends, beneath the axis. */
  ends?: readonly [string, string];
  mark?: { x: number; text: string } | null;
}) {
  const { points, width, height = 220, label, xLabel, ends, mark } = props;
  const last = points.at(-1);
  const most = Math.max(1, last?.x ?? 1);
  const from = shareStart(Math.min(...points.map(point => point.low)));
  const x = linear([0, most], [LEFT, width - RIGHT]);
  const y = linear([from, 1], [height - BOTTOM, TOP]);
  const there = points.map(point => `${r(x(point.x))},${r(y(point.high))}`);
  const back = points.toReversed().map(point => `${r(x(point.x))},${r(y(point.low))}`);
  return (
    <svg className="plot" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {ticks(from, 1, 4).map(tick => (
        <g key={tick}>
          <line className="plot-grid" x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
          <text className="plot-soft" x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
            {percent(tick, 0)}
          </text>
        </g>
      ))}
      {wholeTicks(most, width < 520 ? 3 : 6).map(tick => (
        <text key={tick} className="plot-soft" x={x(tick)} y={height - BOTTOM + 16} textAnchor="middle">
          {tick}
        </text>
      ))}
      <line className="plot-axis" x1={LEFT} x2={width - RIGHT} y1={height - BOTTOM} y2={height - BOTTOM} />
      {points.length > 1 && <polygon className="plot-band" points={[...there, ...back].join(" ")} />}
      {mark && (
        <g>
          <line className="plot-mark" x1={x(mark.x)} x2={x(mark.x)} y1={TOP} y2={height - BOTTOM} />
          <text
            className="plot-mark-text"
            x={x(mark.x) + (x(mark.x) > width / 2 ? -6 : 6)}
            y={TOP + 10}
            textAnchor={x(mark.x) > width / 2 ? "end" : "start"}
          >
            {mark.text}
          </text>
        </g>
      )}
      <polyline className="plot-line" points={points.map(point => `${r(x(point.x))},${r(y(point.value))}`).join(" ")} />
      {points.map(point => (
        <g key={point.x}>
          <title>{point.title}</title>
          {points.length === 1 && <line className="plot-whisker" x1={x(point.x)} x2={x(point.x)} y1={y(point.low)} y2={y(point.high)} />}
          <circle className="plot-dot" cx={r(x(point.x))} cy={r(y(point.value))} r={points.length > 30 ? 1.5 : 2.5} />
        </g>
      ))}
      {last && (
        <text className="plot-strong" x={x(last.x) + 8} y={y(last.value) + 4}>
          {percent(last.value, 0)}
        </text>
      )}
      {ends && (
        <text className="plot-soft" x={LEFT} y={height - 6}>
          {ends[0]}
        </text>
      )}
      <text className="plot-soft" x={(LEFT + width - RIGHT) / 2} y={height - 6} textAnchor="middle">
        {xLabel}
      </text>
      {ends && (
        <text className="plot-soft" x={width - RIGHT} y={height - 6} textAnchor="end">
          {ends[1]}
        </text>
      )}
    </svg>
  );
}

const r = (value: number) => Math.round(value * 100) / 100;
