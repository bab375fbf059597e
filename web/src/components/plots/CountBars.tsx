import { count } from "../format";
import { linear, wholeTicks } from "./scales";

const LEFT = 48;
const TOP = 24;
const BOTTOM = 40;
const HEIGHT = 220;

/** How many of each: bars from zero, each with its number; a dashed line stands where something else would have stood. */
export function CountBars(props: {
  bars: readonly { x: number; count: number }[];
  width: number;
  label: string;
  xLabel: string;
  mark?: { x: number; text: string };
}) {
  const { bars, width, label, xLabel, mark } = props;
  const first = Math.min(...bars.map(bar => bar.x));
  const last = Math.max(mark?.x ?? 0, ...bars.map(bar => bar.x));
  const most = Math.max(1, ...bars.map(bar => bar.count));
  const x = linear([first - 0.5, last + 0.5], [LEFT, width - 8]);
  const y = linear([0, most], [HEIGHT - BOTTOM, TOP]);
  const thick = Math.min(48, (x(first + 1) - x(first)) * 0.7);
  const places = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return (
    <svg className="plot" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
      {wholeTicks(most).map(tick => (
        <g key={tick}>
          <line className={tick === 0 ? "plot-axis" : "plot-grid"} x1={LEFT} x2={width - 8} y1={y(tick)} y2={y(tick)} />
          <text className="plot-soft" x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
            {count(tick)}
          </text>
        </g>
      ))}
      {bars.map(bar => (
        <g key={bar.x}>
          <title>{`${xLabel} ${bar.x}: ${count(bar.count)}`}</title>
          <rect className="plot-bar" x={x(bar.x) - thick / 2} width={thick} y={y(bar.count)} height={y(0) - y(bar.count)} />
          <text x={x(bar.x)} y={y(bar.count) - 5} textAnchor="middle">
            {count(bar.count)}
          </text>
        </g>
      ))}
      {places
        .filter((_, i) => places.length <= 16 || i % Math.ceil(places.length / 12) === 0)
        .map(place => (
          <text key={place} className="plot-soft" x={x(place)} y={HEIGHT - BOTTOM + 16} textAnchor="middle">
            {place}
          </text>
        ))}
      {mark && (
        <g>
          <line
            className="plot-mark"
            x1={x(mark.x)}
            x2={x(mark.x)}
            y1={16}
            y2={Math.max(16, y(bars.find(bar => bar.x === mark.x)?.count ?? 0) - 18)}
          />
          <text className="plot-mark-text" x={Math.min(x(mark.x) + thick / 2, width)} y="10" textAnchor="end">
            {mark.text}
          </text>
        </g>
      )}
      <text className="plot-soft" x={(LEFT + width) / 2} y={HEIGHT - 6} textAnchor="middle">
        {xLabel}
      </text>
    </svg>
  );
}
