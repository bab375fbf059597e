import { useElementSize } from "@mantine/hooks";
import { type ReactNode, useId, useRef } from "react";
import { plots as m } from "../../messages/en/plots";
import { download } from "./download";
import css from "./PlotFrame.module.css";
import "./plots.css";
import "./theme.css";
import { standaloneSvg } from "./svg";

/** A plot with its title, what it says in words, and its two exports. Drawn as wide as there is room, so that its text keeps its size. */
export function PlotFrame(props: {
  title: string;
  /** What files are called, without their ending. */
  file: string;
  csv: () => string;
  note?: ReactNode;
  aside?: ReactNode;
  children: (width: number) => ReactNode;
}) {
  const { title, file, csv, note, aside, children } = props;
  const { ref, width } = useElementSize<HTMLDivElement>();
  const drawing = useRef<HTMLDivElement>(null);
  const heading = useId();
  const saveSvg = () => {
    const svg = drawing.current?.querySelector("svg.plot");
    if (svg) download(`${file}.svg`, "image/svg+xml", standaloneSvg(new XMLSerializer().serializeToString(svg), title));
  };
  return (
    <figure className={css.frame} aria-labelledby={heading}>
      <div className={css.head}>
        <h3 id={heading}>{title}</h3>
        {aside}
        <span className={css.saves}>
          <button type="button" aria-label={m.saveSvg(title)} onClick={saveSvg}>
            {m.svg}
          </button>
          <button type="button" aria-label={m.saveCsv(title)} onClick={() => download(`${file}.csv`, "text/csv;charset=utf-8", csv())}>
            {m.csv}
          </button>
        </span>
      </div>
      <div ref={ref} className={css.room}>
        <div ref={drawing}>{width > 0 && children(Math.floor(width))}</div>
      </div>
      {note && <figcaption className={css.note}>{note}</figcaption>}
    </figure>
  );
}
