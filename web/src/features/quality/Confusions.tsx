import { Select } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { percent } from "../../components/format";
import { Section } from "../../components/Page";
import { csvOf } from "../../components/plots/csv";
import { HeatMap } from "../../components/plots/HeatMap";
import { PlotFrame } from "../../components/plots/PlotFrame";
import { quality as m } from "../../messages/en/quality";
import type { ClassLooks } from "../tasks/drawable";
import css from "./QualityPage.module.css";
import type { Confusion } from "./server";

/** What is mistaken for what, of one question or attribute at a time. */
export function Confusions({ project, confusion, looks }: { project: string; confusion: readonly Confusion[]; looks: ClassLooks }) {
  const known = confusion.filter(each => each.labels.length > 1);
  const [key, setKey] = useState<string | null>(null);
  const shown = known.find(each => each.key === key) ?? known[0];
  if (!shown) return null;
  return (
    <Section title={m.confusion.title}>
      <p className="soft">{m.confusion.explain}</p>
      <ConfusionPlot
        key={shown.key}
        project={project}
        confusion={shown}
        looks={looks}
        aside={
          known.length > 1 && (
            <Select
              aria-label={m.confusion.what}
              size="xs"
              value={shown.key}
              onChange={setKey}
              data={known.map(each => ({ value: each.key, label: each.key }))}
              allowDeselect={false}
            />
          )
        }
      />
    </Section>
  );
}

export function ConfusionPlot(props: { project: string; confusion: Confusion; looks: ClassLooks; aside?: React.ReactNode }) {
  const { project, confusion, looks, aside } = props;
  const { labels, rows, shares } = confusion;
  const names = labels.map(label => looks.get(label)?.title ?? label);
  const [here, setHere] = useState<readonly [number, number] | null>(null);
  /** How common a class is, where that is known. */
  const shareOf = (row: number) => (shares[row] === undefined ? "" : m.confusion.rowShare(names[row] ?? "", percent(shares[row])));
  const titleOf = (row: number, column: number) => {
    const share = percent(rows[row]?.[column] ?? 0);
    const truth = names[row] ?? "";
    return row === column ? m.confusion.right(truth, share) : m.confusion.wrong(truth, names[column] ?? "", share);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = moves[event.key];
    if (!by) return;
    event.preventDefault();
    const within = (value: number) => Math.min(Math.max(value, 0), labels.length - 1);
    setHere(here ? [within(here[0] + by[0]), within(here[1] + by[1])] : [0, 0]);
  };
  const title = m.confusion.heat(confusion.key);
  return (
    <PlotFrame
      title={title}
      file={m.file(project, `confusion ${confusion.key}`)}
      csv={() =>
        csvOf(
          ["true", "said", "share_of_true", "share_of_all_true"],
          labels.flatMap((truth, i) => labels.map((said, j) => [truth, said, rows[i]?.[j] ?? null, shares[i] ?? null])),
        )
      }
      aside={aside}
      note={
        <span role="status" className={css.readout}>
          {here ? [titleOf(...here), shareOf(here[0])].join(" ") : m.confusion.hint}
        </span>
      }
    >
      {width => (
        // biome-ignore lint/a11y/useSemanticElements: a set of fields is something else
        <div
          className={css.heat}
          role="group"
          aria-label={m.confusion.keys}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: its cells are walked by arrow keys
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          <HeatMap
            width={Math.min(width, 760)}
            labels={names}
            rows={rows}
            label={title}
            trueLabel={m.confusion.true}
            saidLabel={m.confusion.said}
            titleOf={titleOf}
            here={here}
            onHere={(row, column) => setHere([row, column])}
          />
        </div>
      )}
    </PlotFrame>
  );
}

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
