import { streak as m } from "../messages/en/streak";
import { percent, points } from "./format";
import css from "./Streak.module.css";

export interface Interval {
  /** In [0, 1], like its ends and the target. */
  estimate: number;
  lower: number;
  upper: number;
}

/**
 * The signature graphic: a thin scale, a soft gold band for the 95 % interval, a crisp tick for the estimate and a hollow one for the target. The numbers
 * always stand beside it, so that nothing hangs on colour. The scale begins at 90 % where the interval fits there, else at the next round share below.
 */
export function Streak(props: Interval & { target?: number; basis?: string; width?: number; from?: number }) {
  const { estimate, lower, upper, target, basis, width = 160 } = props;
  const from = props.from ?? scaleStart(Math.min(lower, target ?? 1));
  const at = (share: number) => `${(((Math.min(Math.max(share, from), 1) - from) / (1 - from)) * 100).toFixed(2)}%`;
  return (
    <span className={css.streak}>
      <svg className={css.graphic} width={width} height="16" aria-hidden="true" focusable="false">
        <line x1="0" x2="100%" y1="8" y2="8" className={css.scale} />
        <line x1="0.5" x2="0.5" y1="5" y2="11" className={css.scale} />
        <line x1="100%" x2="100%" y1="5" y2="11" className={css.scale} transform="translate(-0.5 0)" />
        <rect
          x={at(lower)}
          width={`${Math.max(parseFloat(at(upper)) - parseFloat(at(lower)), 0.5).toFixed(2)}%`}
          y="4"
          height="8"
          rx="2"
          className={css.band}
        />
        {target !== undefined && <circle cx={at(target)} cy="8" r="3" className={css.target} />}
        <line x1={at(estimate)} x2={at(estimate)} y1="1" y2="15" className={css.tick} />
      </svg>
      <span className={css.numbers}>
        <strong>{percent(estimate)}</strong>
        <span className={css.ends}>
          {m.interval(points(lower), points(upper))}
          {basis ? `, ${basis}` : ""}
        </span>
      </span>
    </span>
  );
}

/** Where the scale begins: 90 %, or the next of 75, 50 and 0 % that shows the whole interval. */
export function scaleStart(least: number): number {
  return [0.9, 0.75, 0.5].find(start => least >= start) ?? 0;
}
