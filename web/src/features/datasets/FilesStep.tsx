import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { bytes, count, duration } from "../../components/format";
import { Icon } from "../../components/Icon";
import { Meter } from "../../components/Meter";
import { Section } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { datasets as m } from "../../messages/en/datasets";
import { imports } from "../../messages/en/imports";
import { DropZone } from "../import/DropZone";
import type { Refused } from "../import/importRun";
import type { Dropped } from "../import/sources";
import css from "./DatasetPage.module.css";
import { type Dataset, datasetQuery, isBusy } from "./server";
import type { UploadRun, UploadState } from "./uploadRun";
import { unfinished, uploads } from "./uploads";

/** The files of a data set: on their way, interrupted, or all here. */
export function FilesStep({ dataset, onNext }: { dataset: Dataset; onNext: () => void }) {
  const client = useQueryClient();
  const run = useSyncExternalStore(uploads.subscribe, () => uploads.of(dataset.id));
  const phase = useSyncExternalStore(run?.subscribe ?? nothing, () => run?.get().phase ?? null);
  const [failure, setFailure] = useState<unknown>(null);
  const ended = phase === "done" || phase === "cancelled";
  const missing = run ? null : unfinished.of(dataset.id);
  useEffect(() => {
    if (ended) void client.invalidateQueries({ queryKey: datasetQuery(dataset.id).queryKey });
  }, [ended, client, dataset.id]);
  const add = async (from: Promise<Dropped> | Dropped) => {
    setFailure(null);
    try {
      const dropped = await from;
      await uploads.begin(dataset.id, [...dropped.others, ...dropped.sources]);
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <>
      {run && <Uploading dataset={dataset} run={run} />}
      {!run && missing === null && dataset.files > 0 && (
        <Panel>
          <p>{m.holdsFiles(count(dataset.files), bytes(dataset.bytes))}</p>
        </Panel>
      )}
      {missing !== null && (
        <div className={css.notice} role="status">
          <Icon name="warning" />
          <div>
            <strong>{m.interrupted(count(dataset.files), count(missing))}</strong>
            <p className="soft">{m.interruptedText}</p>
          </div>
          {dataset.files > 0 && (
            <Button
              variant="default"
              onClick={() => {
                uploads.dismiss(dataset.id);
                onNext();
              }}
            >
              {m.goWithout}
            </Button>
          )}
        </div>
      )}
      {(!run || ended) &&
        (isBusy(dataset) ? (
          <p className="soft">{m.busy}</p>
        ) : (
          <DropZone
            small={dataset.files > 0 && missing === null}
            title={dataset.files > 0 ? m.add : m.drop}
            text={m.addText}
            onDropped={add}
          />
        ))}
      <Problem problem={failure} />
      {missing === null && (
        <div className={css.foot}>
          <Button onClick={onNext} disabled={(run !== null && !ended) || dataset.files === 0}>
            {m.next}
          </Button>
        </div>
      )}
    </>
  );
}

const nothing = () => () => undefined;

function Uploading({ dataset, run }: { dataset: Dataset; run: UploadRun }) {
  const state = useSyncExternalStore(run.subscribe, run.get);
  const ended = state.phase === "done" || state.phase === "cancelled";
  const title = state.phase === "done" ? m.uploaded : state.phase === "cancelled" ? m.uploadCancelled : m.uploading;
  return (
    <Section title={title}>
      <Panel>
        <div className={css.stack}>
          <div className={css.line} role="status">
            <strong>{m.ofFiles(count(state.sent + state.present), count(state.total))}</strong>
            <span className="soft">{m.uploadPhases[state.phase]}</span>
            <span className="soft">{state.phase === "running" && leftOf(state)}</span>
          </div>
          <Meter share={state.bytesTotal === 0 ? 1 : state.bytesDone / state.bytesTotal} label={title} />
          <ul className={css.figures}>
            <li>{m.ofBytes(bytes(state.bytesDone), bytes(state.bytesTotal))}</li>
            {state.present > 0 && <li>{m.there(count(state.present))}</li>}
          </ul>
          <Refusals refused={state.refused} />
          {!ended && (
            <div className={css.choices}>
              <Button
                variant="default"
                leftSection={<Icon name={state.phase === "paused" ? "play" : "pause"} size={16} />}
                onClick={() => (state.phase === "paused" ? run.goOn() : run.pause())}
              >
                {state.phase === "paused" ? m.resume : m.pause}
              </Button>
              <Button variant="subtle" onClick={() => run.cancel()}>
                {m.cancel}
              </Button>
            </div>
          )}
          {ended && run.retryable().length > 0 && (
            <div>
              <Button variant="default" onClick={() => uploads.retry(dataset.id)}>
                {m.retry}
              </Button>
            </div>
          )}
        </div>
      </Panel>
    </Section>
  );
}

function leftOf(state: UploadState): string {
  const spent = Date.now() - state.startedAt;
  if (spent < 3_000 || state.bytesDone === 0) return "";
  return m.left(duration((spent * (state.bytesTotal - state.bytesDone)) / state.bytesDone));
}

const listedMax = 200;

function Refusals({ refused }: { refused: readonly Refused[] }) {
  if (refused.length === 0) return null;
  return (
    <details className={css.refused} open={refused.length <= 20}>
      <summary>{m.notSent(count(refused.length))}</summary>
      <ul>
        {refused.slice(0, listedMax).map(each => (
          <li key={each.path}>
            <code dir="auto">{each.path}</code> <span>{imports.reason(each.code, each.text)}</span>
          </li>
        ))}
        {refused.length > listedMax && <li>{m.more(count(refused.length - listedMax))}</li>}
      </ul>
    </details>
  );
}
