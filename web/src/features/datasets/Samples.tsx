import { ActionIcon } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { Dialog } from "../../components/Dialog";
import { count } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Section } from "../../components/Page";
import { Picture } from "../../components/Picture";
import { datasets as m } from "../../messages/en/datasets";
import type { ClassLooks } from "../tasks/drawable";
import css from "./DatasetPage.module.css";
import { shapesOf } from "./looks";
import { type Dataset, type Plan, pictureAddress, type Report, type Sample } from "./server";

interface Shown {
  dataset: Dataset;
  report: Report;
  plan: Plan;
  looks: ClassLooks;
}

/** The first samples with their shapes over them: whether a format was understood is seen at once. */
export function Samples({ dataset, report, plan, looks }: Shown) {
  const [open, setOpen] = useState<number | null>(null);
  const sample = open === null ? undefined : report.samples[open];
  const move = (by: number) => setOpen(now => (now === null ? null : Math.min(Math.max(now + by, 0), report.samples.length - 1)));
  return (
    <Section title={m.samples}>
      <p className="soft">{report.samples.length > 0 ? m.samplesText : m.noShapes}</p>
      <ul className={css.samples}>
        {report.samples.map((each, i) => (
          <li key={each.name} title={each.name}>
            <button
              type="button"
              className={css.sample}
              onClick={() => setOpen(i)}
              aria-label={m.sample(each.name, count(each.shapes.length))}
            >
              <span className={css.tile}>
                <Drawn dataset={dataset} report={report} plan={plan} looks={looks} sample={each} />
                {!each.has_picture && <span className={css.missing}>{m.noPicture}</span>}
              </span>
              <span className={css.sampleName} dir="auto">
                {fileOf(each.name)}
              </span>
              <span className="meta numbers">{count(each.shapes.length)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Dialog open={sample !== undefined} onClose={() => setOpen(null)} title={sample?.name ?? ""} width={1080}>
        {sample && open !== null && (
          <Large
            sample={sample}
            shown={{ dataset, report, plan, looks }}
            onPrevious={open > 0 ? () => move(-1) : null}
            onNext={open < report.samples.length - 1 ? () => move(1) : null}
          />
        )}
      </Dialog>
    </Section>
  );
}

/** Where all lie in one folder, its name tells nothing. */
const fileOf = (name: string) => name.slice(name.lastIndexOf("/") + 1) || name;

function Drawn({ sample, ...shown }: Shown & { sample: Sample }) {
  const { width_px, height_px } = sample;
  if (width_px <= 0 || height_px <= 0) return <Icon name="image" size={24} />;
  return (
    <Picture
      asset={null}
      {...(sample.has_picture ? { source: pictureAddress(shown.dataset.id, sample.name) } : {})}
      name={sample.name}
      width={width_px}
      height={height_px}
      shapes={shapesOf(sample, shown.report.classes, shown.plan, shown.looks)}
    />
  );
}

function Large(props: { sample: Sample; shown: Shown; onPrevious: (() => void) | null; onNext: (() => void) | null }) {
  const { sample, shown, onPrevious, onNext } = props;
  const [chosen, setChosen] = useState<string | null>(null);
  const shapes = shapesOf(sample, shown.report.classes, shown.plan, shown.looks);
  const selected = shapes.some(shape => shape.id === chosen) ? chosen : null;
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.key === "ArrowLeft" ? onPrevious : event.key === "ArrowRight" ? onNext : null;
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys do what the buttons within do
    <div className={css.stack} onKeyDown={onKeyDown}>
      <div className={css.large}>
        {sample.width_px > 0 && (
          <Picture
            asset={null}
            {...(sample.has_picture ? { source: pictureAddress(shown.dataset.id, sample.name) } : {})}
            name={sample.name}
            width={sample.width_px}
            height={sample.height_px}
            shapes={shapes}
            selected={selected}
            onSelect={setChosen}
          />
        )}
      </div>
      <div className={css.line}>
        <ActionIcon variant="default" size="lg" aria-label={m.previous} disabled={!onPrevious} onClick={() => onPrevious?.()}>
          <Icon name="back" />
        </ActionIcon>
        <ActionIcon variant="default" size="lg" aria-label={m.following} disabled={!onNext} onClick={() => onNext?.()} data-first>
          <Icon name="right" />
        </ActionIcon>
        {!sample.has_picture && <span className="soft">{m.noPicture}</span>}
        {shapes.length < sample.shapes.length && <span className="soft">{m.notDrawn(count(sample.shapes.length - shapes.length))}</span>}
      </div>
      <ul className={css.chips} aria-label={m.classes}>
        {shapes.map(shape => (
          <li key={shape.id}>
            <button type="button" aria-pressed={shape.id === selected} onClick={() => setChosen(shape.id === selected ? null : shape.id)}>
              <span className={css.dot} style={{ background: shape.colour }} />
              <span dir="auto">{shape.className}</span>
              {shape.dashed && <span className="soft">{m.leftOutHere}</span>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
