import { useId } from "react";
import { count, day } from "../../components/format";
import { project as m } from "../../messages/en/project";
import css from "./PacePlot.module.css";
import type { Pace } from "./pace";

const height = 96;
const width = 640;

/** Responses a day: thin bars from an honest zero, the mean as a line with its number, the ends named directly. */
export function PacePlot({ pace }: { pace: Pace }) {
  const title = useId();
  const most = Math.max(1, ...pace.days.map(each => each.responses));
  const step = width / pace.days.length;
  const y = (value: number) => height - (value / most) * (height - 8);
  const workingDays = pace.days.filter(each => each.responses > 0).length;
  // The mean of one day is that day.
  const mean = workingDays > 1 ? pace.perDay : null;
  const first = pace.days[0];
  const last = pace.days.at(-1);
  return (
    <figure className={css.plot}>
      <svg viewBox={`0 0 ${width} ${height + 1}`} preserveAspectRatio="none" role="img" aria-labelledby={title}>
        <title id={title}>{m.pace.plot(count(pace.days.reduce((sum, each) => sum + each.responses, 0)), pace.days.length)}</title>
        <line x1="0" x2={width} y1={height + 0.5} y2={height + 0.5} className={css.zero} />
        {pace.days.map((each, i) => (
          <rect
            key={each.day}
            x={i * step + 1}
            width={step - 2}
            y={y(each.responses)}
            height={height - y(each.responses)}
            className={css.bar}
          >
            <title>{m.pace.ofDay(day(each.day), count(each.responses))}</title>
          </rect>
        ))}
        {mean !== null && <line x1="0" x2={width} y1={y(mean)} y2={y(mean)} className={css.mean} />}
      </svg>
      <figcaption className={css.ends}>
        <span>{first && day(first.day)}</span>
        <span>
          {m.pace.most(count(most))}
          {mean !== null && <span className={css.key}>{m.pace.mean(count(Math.round(mean)))}</span>}
        </span>
        <span>{last && m.pace.today}</span>
      </figcaption>
    </figure>
  );
}
