import { points } from "../format";
import { clipped } from "./text";

const LABELS = 84;

/**
 * A square of shares: rows are the truth, columns what was said, each row a whole. The diagonal is right, the rest are mistakes; the number stands in
 * each cell, so that the colour only repeats it.
 */
export function HeatMap(props: {
  labels: readonly string[];
  rows: readonly (readonly number[])[];
  width: number;
  label: string;
  trueLabel: string;
  saidLabel: string;
  here?: readonly [number, number] | null;
  titleOf: (row: number, column: number) => string;
  onHere?: (row: number, column: number) => void;
}) {
  const { labels, rows, width, label, trueLabel, saidLabel, here, titleOf, onHere } = props;
  const left = Math.min(160, Math.round(width * 0.26));
  const cell = Math.max(14, Math.min(52, Math.floor((width - left - LABELS * 0.6) / Math.max(labels.length, 1))));
  const top = LABELS;
  const height = top + cell * labels.length + 4;
  const shownWidth = Math.max(width, left + cell * labels.length);
  return (
    <svg className="plot" width={shownWidth} height={height} viewBox={`0 0 ${shownWidth} ${height}`} role="img" aria-label={label}>
      <text className="plot-soft" x="0" y={top - 8}>
        {trueLabel}
      </text>
      <text className="plot-soft" x={left} y="10">
        {saidLabel}
      </text>
      {labels.map((name, column) => (
        <text key={name} transform={`translate(${left + cell * (column + 0.5) + 3} ${top - 6}) rotate(-40)`} x="0" y="0">
          {clipped(name, LABELS - 4)}
        </text>
      ))}
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the matrix is its place
        <g key={i}>
          <text x={left - 8} y={top + cell * (i + 0.5) + 4} textAnchor="end">
            {clipped(labels[i] ?? "", left - 12)}
          </text>
          {row.map((share, j) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell of the matrix is its place
            <g key={j} onPointerEnter={onHere && (() => onHere(i, j))}>
              <title>{titleOf(i, j)}</title>
              <rect className="plot-empty" x={left + cell * j} y={top + cell * i} width={cell - 1} height={cell - 1} />
              <rect
                className={i === j ? "plot-right" : "plot-wrong"}
                fillOpacity={Math.round(Math.sqrt(share) * 700) / 1000}
                x={left + cell * j}
                y={top + cell * i}
                width={cell - 1}
                height={cell - 1}
              />
              {cell >= 22 && share >= 0.0005 && (
                <text
                  {...(cell < 30 ? { style: { fontSize: 10 } } : {})}
                  x={left + cell * (j + 0.5)}
                  y={top + cell * (i + 0.5) + 4}
                  textAnchor="middle"
                >
                  {points(share, cell >= 40 && share < 0.9995 ? 1 : 0)}
                </text>
              )}
            </g>
          ))}
        </g>
      ))}
      {here && <rect className="plot-here" x={left + cell * here[1]} y={top + cell * here[0]} width={cell - 1} height={cell - 1} />}
    </svg>
  );
}
