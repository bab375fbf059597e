import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { bytes, count, percent } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Losses } from "../../components/Losses";
import { Meter } from "../../components/Meter";
import { Section } from "../../components/Page";
import { Empty, Waiting } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { State, type Tone } from "../../components/State";
import { Time } from "../../components/Time";
import { exports_ as m } from "../../messages/en/exports";
import { formats as words } from "../../messages/en/formats";
import { cancelJob, formatsQuery, isActive } from "../datasets/server";
import { ExportDialog } from "./ExportDialog";
import css from "./Exports.module.css";
import { type Export, exportsQuery } from "./exports";

/** A release in other tools' formats: what was made of it before, with what each lost, and one more. */
export function Exports({ releaseId }: { releaseId: string }) {
  const exports = useQuery(exportsQuery(releaseId));
  const formats = useQuery(formatsQuery);
  const [open, setOpen] = useState(false);
  const button = (
    <Button variant="default" leftSection={<Icon name="release" size={16} />} onClick={() => setOpen(true)}>
      {m.export}
    </Button>
  );
  const rows = exports.data ?? [];
  return (
    <Section title={m.title} id="exports" aside={rows.length > 0 && button}>
      <Problem problem={exports.error} retry={() => exports.refetch()} />
      {exports.isPending && <Waiting rows={2} height={64} label={m.loading} />}
      {exports.data && rows.length === 0 && (
        <Empty title={m.empty} action={button}>
          <p>{m.emptyText}</p>
        </Empty>
      )}
      {rows.length > 0 && <p className="soft">{m.text}</p>}
      {rows.length > 0 && (
        <ul className={css.exports}>
          {rows.map((row, i) => (
            <Row
              key={row.id}
              row={row}
              format={formats.data?.find(format => format.id === row.format)?.name ?? row.format}
              isNewest={i === 0}
              releaseId={releaseId}
            />
          ))}
        </ul>
      )}
      <ExportDialog releaseId={releaseId} open={open} onClose={() => setOpen(false)} />
    </Section>
  );
}

const tones: Record<Export["state"], Tone> = { queued: "plain", running: "plain", done: "good", failed: "wrong", cancelled: "attention" };

function Row({ row, format, isNewest, releaseId }: { row: Export; format: string; isNewest: boolean; releaseId: string }) {
  // The newest shows what it lost; those before show it when asked to.
  const [shown, setShown] = useState<boolean | null>(null);
  const isOpen = shown ?? isNewest;
  return (
    <li>
      <details open={isOpen} onToggle={event => event.currentTarget.open !== isOpen && setShown(event.currentTarget.open)}>
        <summary>
          <strong>{format}</strong>
          <State
            tone={tones[row.state]}
            {...(row.state === "done" ? { icon: "check" } : row.state === "failed" ? { icon: "warning" } : {})}
          >
            {m.states[row.state]}
          </State>
          {row.outcome && <span className="soft">{lossLine(row.outcome)}</span>}
          <span className={css.when}>
            <Time at={row.created_at} />
          </span>
        </summary>
        <div className={css.body}>
          {isActive(row.state) && <Running row={row} format={format} releaseId={releaseId} />}
          {row.state === "failed" && (
            <p role="alert" className={css.failed}>
              {m.failed}. {row.error}
            </p>
          )}
          {row.state === "done" && row.outcome && <Done row={row} outcome={row.outcome} format={format} />}
        </div>
      </details>
    </li>
  );
}

type Outcome = NonNullable<Export["outcome"]>;

function lossLine(outcome: Outcome): string {
  if (outcome.losses.length === 0) return m.noLoss;
  return m.lossSummary(count(outcome.losses.length), count(outcome.losses.reduce((sum, loss) => sum + loss.count, 0)));
}

function Running({ row, format, releaseId }: { row: Export; format: string; releaseId: string }) {
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelJob(row.job),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["jobs"] }),
        client.invalidateQueries({ queryKey: exportsQuery(releaseId).queryKey }),
      ]),
  });
  return (
    <div className={css.running} role="status">
      <Meter share={row.progress} label={format} />
      <span className="numbers">{percent(row.progress, 0)}</span>
      <Button variant="default" size="xs" aria-label={m.cancel} loading={cancel.isPending} onClick={() => cancel.mutate()}>
        {m.stop}
      </Button>
      <Problem problem={cancel.error} />
    </div>
  );
}

/** What it holds and what it lost, and only then the archive. */
function Done({ row, outcome, format }: { row: Export; outcome: Outcome; format: string }) {
  return (
    <>
      <p>
        {[
          m.holds(count(outcome.inputs), count(outcome.objects)),
          row.images === "copy" ? m.withPictures(count(outcome.pictures_placed)) : m.none.toLowerCase(),
          m.files(count(outcome.files), bytes(outcome.bytes)),
        ].join(" · ")}
      </p>
      {outcome.pictures_missing > 0 && <p className={css.failed}>{m.picturesMissing(count(outcome.pictures_missing))}.</p>}
      {outcome.faults > 0 && <p className={css.failed}>{m.faulty(count(outcome.faults))}.</p>}
      <Losses losses={outcome.losses} label={words.lost} />
      <div>
        <Button
          component="a"
          variant="default"
          href={`/api/v1/exports/${row.id}/archive`}
          download
          leftSection={<Icon name="download" size={16} />}
        >
          {m.download(format)}
        </Button>
      </div>
    </>
  );
}
